"""Text from addresses and forms → values of the GraphQL types that a document declares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_input_type,
    parse,
    type_from_ast,
)
from madang_frontend.money import read_won
from madang_frontend.times import read_day, read_moment

_PEOPLE = re.compile(r"(?<=\d)\s*(?:명|개|people|persons?)$")
_SEOUL = "Asia/Seoul"
_YES, _NO = {"true", "on", "1", "yes"}, {"false", "off", "0", "no"}


class UnreadableValueError(ValueError):
    """A text is no value of the type; `problem` is a word of the frontend's list of problems."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables that a document declares, with their types."""

    types: Mapping[str, GraphQLInputType]

    @classmethod
    def of(cls, document: str, schema: GraphQLSchema) -> Variables:
        """Read the variables of the first operation in the document."""
        types: dict[str, GraphQLInputType] = {}
        for definition in _declared(document):
            found = type_from_ast(schema, definition.type)
            if found is not None and is_input_type(found):
                types[definition.variable.name.value] = found
        return cls(types)

    def type_at(self, place: str) -> GraphQLInputType | None:
        """Return the type at a place, as in `where.kind.in`, or None when the document has no such place."""
        name, *fields = place.split(".")
        found = self.types.get(name)
        for each in fields:
            inner = get_named_type(found)
            if not isinstance(inner, GraphQLInputObjectType) or each not in inner.fields:
                return None
            found = inner.fields[each].type
        return found


@lru_cache(maxsize=1024)
def _declared(document: str) -> tuple[VariableDefinitionNode, ...]:
    """Return the variables of the first operation in a document of a page: there are as many documents as pages."""
    operation = next(d for d in parse(document).definitions if isinstance(d, OperationDefinitionNode))
    return tuple(operation.variable_definitions or ())


def read_value(raw: Sequence[str], kind: GraphQLInputType) -> object:
    """Return the value of a type that the texts stand for.

    Args:
        raw: what was sent under one name; a single value reads the last one, as a checkbox after its hidden "false".
        kind: the type; lists read every text that is not empty.
    Returns: the value; None for an empty text, [] for a list without texts.
    Raises: UnreadableValueError: a text is no value of the type.
    """
    plain = get_nullable_type(kind)
    if isinstance(plain, GraphQLList):
        inner: GraphQLInputType = plain.of_type
        return [_read_one(text, inner) for text in raw if text.strip()]
    return _read_one(raw[-1], kind) if raw and raw[-1].strip() else None


def needed(kind: GraphQLInputType) -> bool:
    """True when a value must be given."""
    return isinstance(kind, GraphQLNonNull)


def place_value(variables: dict[str, object], place: str, value: object) -> None:
    """Put a value at a place, as in `where.kind.in`, making the objects on the way."""
    *way, last = place.split(".")
    spot = variables
    for name in way:
        inner = spot.get(name)
        # Copied, not shared: a row's fixed variables serve every request.
        spot[name] = spot = dict(inner) if isinstance(inner, dict) else {}
    spot[last] = value


def _read_one(text: str, kind: object) -> object:
    named = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(named, GraphQLEnumType):
        if text not in named.values:
            raise UnreadableValueError("choice")
        return text
    if not isinstance(named, GraphQLScalarType):
        raise UnreadableValueError("choice")
    if named.name == "Boolean":
        return _boolean(text)
    if named.name in {"Int", "Won"}:
        return _whole(text, named.name)
    if named.name in {"String", "ID"}:
        return text.replace("\r\n", "\n").strip()
    return _moment(text.strip(), named.name)


def _moment(text: str, scalar: str) -> str:
    """A day or an instant. The API takes them as text and trusts their form."""
    try:
        if scalar == "Date":
            return read_day(text)
        if scalar == "Instant":
            return _instant(text)
    except ValueError as error:
        raise UnreadableValueError("date" if scalar == "Date" else "moment") from error
    raise UnreadableValueError("value")


def _instant(text: str) -> str:
    """Addresses carry instants with their zone; people write a day and an hour of Seoul."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return read_moment(text, _SEOUL)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _boolean(text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise UnreadableValueError("choice")
    return word in _YES


def _whole(text: str, scalar: str) -> int:
    limit = 2**53 if scalar == "Won" else 2**31
    try:
        number = read_won(text) if scalar == "Won" else _count(text)
    except ValueError as error:
        raise UnreadableValueError("amount" if scalar == "Won" else "whole-number") from error
    if not -limit <= number < limit:
        raise UnreadableValueError("too-large")
    return number


def _count(text: str) -> int:
    """A number of things; thousands may be separated, and "12명" is 12."""
    return int(_PEOPLE.sub("", unicodedata.normalize("NFKC", text).strip()).replace(",", "")[:40])
