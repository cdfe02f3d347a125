"""The generic read handler: a row of the table, the values of the address, one operation, one template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from graphql import GraphQLSchema
from madang_frontend import Page
from madang_frontend.links import Links, split_language
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang_server.operations.failures import failure_response
from madang_server.pages.coercion import UnreadableValueError, Variables, place_value, read_value
from madang_server.pages.facts import FormState
from madang_server.pages.ports import Answer, Clock, Execute
from madang_server.pages.rendering import Renderer
from madang_server.pages.rows import PageRow

# Codes of top-level errors that a value of the address causes, not a bug.
_FROM_ADDRESS = {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}
_AWAY = {"SERVICE_UNAVAILABLE", "TIMEOUT"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Serves every page."""

    execute: Execute
    clock: Clock
    renderer: Renderer
    pages: Mapping[str, Page]
    variables: Mapping[str, Variables]
    rows: Mapping[str, PageRow]
    """Rows by the name of their page."""

    @classmethod
    def create(
        cls,
        execute: Execute,
        *,
        schema: GraphQLSchema,
        clock: Clock,
        renderer: Renderer,
        pages: Mapping[str, Page],
        rows: tuple[PageRow, ...],
    ) -> Reader:
        """Read the variables of every page once."""
        return cls(
            execute,
            clock,
            renderer,
            pages,
            {name: Variables.of(page.document, schema) for name, page in pages.items()},
            {row.page: row for row in rows},
        )

    async def read(
        self,
        request: Request,
        row: PageRow,
        *,
        form: FormState | None = None,
        status: int = 200,
        wait_s: int = 0,
        beside: Mapping[str, object] | None = None,
    ) -> Response:
        """Answer a request with the row's page.

        Args:
            form: a form of the page that was refused, to be shown as typed.
            status: status of the answer when the page is found.
            beside: the answer of a mutation that the page shows beside its own.
            wait_s: seconds after which to try again, for pages that say so.
        Raises: HTTPException: 404 when the page's root object is missing or hidden.
        """
        viewer = request.state.viewer
        if row.login and not viewer.signed_in:
            return to_sign_in(request, request.url.path)
        if row.admin and not viewer.admin:
            raise HTTPException(404)
        variables, notices = self.asked(request, row)
        answer = await self._execute(request, row, variables)
        if answer.errors and is_of_address(answer) and request.query_params:
            variables, notices = self.asked(request, row, ignore_query=True)
            answer = await self._execute(request, row, variables)
            notices = ("address-not-understood",)
        if answer.errors:
            return broken(request, answer)
        if row.root and all(found_at(answer.data, place) is None for place in row.root.split()):
            raise HTTPException(404)
        template = self.pages[row.page].template
        # A form is sent to an address of its own, which only takes forms; links lead to that of the page.
        path = row.path.format_map(request.path_params) if form else ""
        return self.renderer.page(
            request,
            template,
            {**(answer.data or {}), **(beside or {})},
            path=path,
            form=form,
            notices=notices,
            status=status,
            wait_s=wait_s,
        )

    async def _execute(self, request: Request, row: PageRow, variables: Mapping[str, object]) -> Answer:
        language, _ = split_language(request.url.path)
        viewer = request.state.viewer.with_language(language)
        return await self.execute(self.pages[row.page].document, variables, viewer)

    def asked(
        self, request: Request, row: PageRow, *, ignore_query: bool = False
    ) -> tuple[dict[str, object], tuple[str, ...]]:
        """Return the variables that the address asks for, and words of notices about what was not understood."""
        types, variables = self.variables[row.page], dict(row.fixed)
        notices: tuple[str, ...] = ()
        for place, days in row.moments.items():
            moment = (self.clock() + timedelta(days=days)).replace(second=0, microsecond=0)
            place_value(variables, place, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        query: dict[str, list[str]] = {}
        if not ignore_query:
            for name, text in request.query_params.multi_items():
                query.setdefault(name, []).append(text)
        for name, places in row.values.items():
            try:
                for place in places.split():
                    _put(variables, types, place, query.get(name, []))
            except UnreadableValueError:
                notices = ("address-not-understood",)
        variables |= {name: text for name, text in request.path_params.items() if name in types.types}
        for name, value in row.given.items():
            variables[name] = any(text.strip() for text in query.get(value, []))
        return variables, notices


def broken(request: Request, answer: Answer) -> Response:
    """Answer for an operation that failed by no fault of the address: the graph is away, or a bug that is logged."""
    extensions = answer.errors[0].get("extensions") or {}
    if extensions.get("code") in _AWAY:
        return failure_response(request.scope, 503, extensions["code"])
    return failure_response(request.scope, 500, "INTERNAL_SERVER_ERROR", extensions.get("id"))


def _put(variables: dict[str, object], types: Variables, place: str, raw: list[str]) -> None:
    kind = types.type_at(place)
    if kind is None or not any(text.strip() for text in raw):
        return
    if any(len(text) > 500 for text in raw) or len(raw) > 50:
        raise UnreadableValueError("too-large")
    place_value(variables, place, read_value(raw, kind))


def is_of_address(answer: Answer) -> bool:
    """True when a value of the address caused the errors, not a bug."""
    codes = {(error.get("extensions") or {}).get("code") for error in answer.errors}
    return codes <= _FROM_ADDRESS


def found_at(data: object, place: str) -> object:
    """Return what stands at a place of an answer, as in `viewer.mine.nodes.0`; None when nothing does."""
    for name in place.split("."):
        if isinstance(data, list):
            data = data[int(name)] if int(name) < len(data) else None
        else:
            data = data.get(name) if isinstance(data, Mapping) else None
    return data


def to_sign_in(request: Request, path: str) -> Response:
    """Send the visitor to sign in, and back to the page afterwards."""
    language, path = split_language(path)
    back = path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(Links(language).to("/sign-in") + "?" + urlencode({"next": back}), 303)
