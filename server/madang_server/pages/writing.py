"""The generic form handler: fields → the mutation's input by its type → a redirect, or the page with the errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from graphql import GraphQLInputObjectType, GraphQLSchema, get_named_type
from madang_frontend.links import Links, split_language
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang_server.pages.coercion import UnreadableValueError, Variables, needed, read_value
from madang_server.pages.facts import FormState, Problem
from madang_server.pages.gathering import gather
from madang_server.pages.ports import Execute, Forgery
from madang_server.pages.reading import Reader, broken
from madang_server.pages.rows import FormRow
from madang_server.security.errors import RefusedError

# What the refusals of a mutation are in HTTP. Hidden and missing look the same.
_STATUS = {"ValidationFailed": 422, "Conflict": 409, "LimitReached": 429, "NotFound": 404, "NotPermitted": 404}
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Serves every form."""

    execute: Execute
    forgery: Forgery
    reader: Reader
    documents: Mapping[str, str]
    inputs: Mapping[str, GraphQLInputObjectType]
    """Input type by the name of the mutation's document."""

    @classmethod
    def create(
        cls, execute: Execute, schema: GraphQLSchema, forgery: Forgery, reader: Reader, documents: Mapping[str, str]
    ) -> Writer:
        """Read the input type of every mutation once."""
        inputs = {name: _input_type(document, schema) for name, document in documents.items()}
        return cls(execute, forgery, reader, documents, inputs)

    async def write(self, request: Request, row: FormRow) -> Response:
        """Take a form: go on when the mutation did it, else show the page with what was typed and what is wrong."""
        viewer = request.state.viewer
        language, _ = split_language(request.url.path)
        typed = await _typed(request)
        if row.login and not viewer.signed_in:
            back = Links(language).to("/sign-in") + "?" + urlencode({"next": row.then})
            return RedirectResponse(back, 303)
        name = (typed.get("form") or [row.mutation])[-1]
        try:
            self.forgery.check_form(request, viewer, {each: texts[-1] for each, texts in typed.items()})
        except RefusedError:
            return await self._again(
                request, row, FormState(name, "Forged", typed, (Problem("", word="form-too-old"),))
            )
        given, problems = self._input(row, request, typed)
        if problems:
            return await self._again(request, row, FormState(name, "ValidationFailed", typed, problems))
        address = request.client.host if request.client else ""
        answer = await self.execute(
            self.documents[row.mutation], {"input": given}, viewer.with_language(language), address=address
        )
        if answer.errors or not answer.data:
            return broken(request, answer)
        request.state.cookies.extend(answer.cookies)
        result = next(iter(answer.data.values()))
        if "path" in result:
            return await self._again(request, row, _refused(name, result, typed))
        if row.stays:
            form = FormState(name, result["__typename"], typed)
            return await self.reader.read(request, self.reader.rows[row.page], form=form, beside=answer.data)
        return _go_on(request, row, typed, result)

    async def _again(self, request: Request, row: FormRow, form: FormState) -> Response:
        shown = self.reader.rows[row.page]
        status = 403 if form.kind == "Forged" else _STATUS.get(form.kind, 422)
        return await self.reader.read(request, shown, form=form, status=status)

    def _input(self, row: FormRow, request: Request, typed: Typed) -> tuple[dict[str, object], tuple[Problem, ...]]:
        """The input of the mutation. Fields that the form does not have stay out, so they stay unchanged."""
        given: dict[str, object] = {}
        problems: list[Problem] = []
        for name, declared in self.inputs[row.mutation].fields.items():
            if name == row.gathers:
                given[name] = gather(typed, name)
                continue
            raw = [request.path_params[name]] if name in request.path_params else typed.get(name)
            try:
                value = None if raw is None else read_value(raw, declared.type)
            except UnreadableValueError as error:
                problems.append(Problem(name, word=error.problem))
                continue
            if needed(declared.type) and value is None:
                problems.append(Problem(name, word="missing"))
            elif raw is not None:
                given[name] = value
        return given, tuple(problems)


def _refused(name: str, result: Mapping[str, Any], typed: Typed) -> FormState:
    errors = result.get("problems") or [result]
    problems = tuple(Problem(_field(error.get("path") or ()), error["message"]) for error in errors)
    return FormState(name, result["__typename"], typed, problems)


def _field(path: Sequence[str]) -> str:
    """The field's name in a path such as ["input", "text"] or ["technologyIds", "2"]."""
    names = [part for part in path if part != "input"]
    return names[0] if names else ""


def _go_on(request: Request, row: FormRow, typed: Typed, result: Mapping[str, Any]) -> Response:
    language, _ = split_language(request.url.path)
    wanted = (typed.get("next") or [""])[-1]
    made = next((str(each["id"]) for each in result.values() if isinstance(each, dict) and "id" in each), "")
    target = wanted if is_local(wanted) else row.then.replace("{id}", made)
    if row.done:
        target += ("&" if "?" in target else "?") + urlencode({"done": row.done})
    return RedirectResponse(Links(language).to(target), 303)


def is_local(target: str) -> bool:
    """True for a path of this site without language; anything that a browser could read as another host is not."""
    parts = urlsplit(target)
    clean = not any(ord(sign) <= 32 or sign == "\\" for sign in target)
    return clean and target.startswith("/") and not target.startswith("//") and not parts.netloc and not parts.scheme


async def _typed(request: Request) -> Typed:
    form = await request.form(max_files=0, max_fields=300)
    typed: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if not isinstance(value, str):
            raise HTTPException(400)
        typed.setdefault(name, []).append(value)
    return typed


def _input_type(document: str, schema: GraphQLSchema) -> GraphQLInputObjectType:
    found = get_named_type(Variables.of(document, schema).types["input"])
    if not isinstance(found, GraphQLInputObjectType):
        raise TypeError("The variable $input of a mutation's document is an input object.")
    return found
