"""The namespace in which the API's types refer to each other, and how one type is put into it.

Types are plain classes with string annotations that Strawberry resolves as attributes of this module, so that they may
refer to each other in cycles.
"""

from __future__ import annotations

import enum
import inspect
import keyword
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NewType, Optional  # noqa: F401 — the string annotations read them

import strawberry
from madang_graph.reading.declare import Argument
from madang_graph.reading.types import FieldType, Scalar, Value, ValueField, Words

made: dict[str, type] = {}
"""Every type by its name."""

Date = NewType("Date", str)
Instant = NewType("Instant", str)
Won = NewType("Won", int)
GeoJSON = NewType("GeoJSON", object)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"Expected ISO text, got {value!r}.")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise ValueError(f"Expected a whole number of won, got {value!r}.")
    return value


SCALARS: dict[object, Any] = {
    Date: strawberry.scalar(name="Date", description="A date, YYYY-MM-DD.", serialize=lambda v: v, parse_value=_text),
    Instant: strawberry.scalar(
        name="Instant", description="An instant in UTC, YYYY-MM-DDTHH:MM:SSZ.", serialize=lambda v: v, parse_value=_text
    ),
    Won: strawberry.scalar(
        name="Won", description="An amount in whole won, up to 64 bit.", serialize=lambda v: v, parse_value=_whole
    ),
    GeoJSON: strawberry.scalar(name="GeoJSON", description="A GeoJSON geometry, WGS84.", serialize=lambda v: v),
}

_PYTHON = {
    Scalar.ID: "strawberry.ID",
    Scalar.STRING: "str",
    Scalar.INT: "int",
    Scalar.FLOAT: "float",
    Scalar.BOOLEAN: "bool",
    Scalar.DATE: "Date",
    Scalar.INSTANT: "Instant",
    Scalar.WON: "Won",
    Scalar.GEOJSON: "GeoJSON",
}


def _keep(name: str, new: type) -> None:
    made[name] = new
    globals()[name] = new


def attribute(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def word_type(name: str, words: Iterable[str], description: str) -> str:
    if name not in made:
        plain: Any = enum.Enum(name, {word: word for word in words}, type=str, module=__name__)
        _keep(name, strawberry.enum(plain, description=description))
    return name


def add_type(
    name: str, description: str, members: dict[str, tuple[str, Any]], bases: tuple[type, ...] = (), make: Any = None
) -> str:
    namespace: dict[str, Any] = {"__module__": __name__, "__annotations__": {}}
    for name_, (annotation, field) in members.items():
        if annotation:
            namespace["__annotations__"][name_] = annotation
        namespace[name_] = field
    plain = type(name, bases, namespace)
    _keep(name, (make or strawberry.type)(plain, name=name, description=description))
    return name


def annotation_of(kind: FieldType, *, nullable: bool, many: bool) -> str:
    if isinstance(kind, Words):
        inner = word_type(kind.name, kind.shown.values(), kind.description)
    elif isinstance(kind, Value):
        inner = value_type(kind)
    else:
        inner = _PYTHON[kind]
    outer = f"list[{inner}]" if many else inner
    return f"Optional[{outer}]" if nullable else outer


def _never(*_arguments: Any, **_named: Any) -> Any:
    raise AssertionError("Reads are compiled; no resolver of a read runs.")


def unresolved(annotation: str, arguments: list[inspect.Parameter]) -> Callable[..., Any]:
    """Return a function that has the arguments and type of a field, and that nobody calls."""

    def stub(*given: Any, **named: Any) -> Any:
        return _never(*given, **named)

    stub.__signature__ = inspect.Signature(arguments, return_annotation=annotation)  # type: ignore[attr-defined]
    stub.__annotations__ = {"return": annotation, **{a.name: a.annotation for a in arguments}}
    stub.__module__ = __name__
    return stub


def parameter(name: str, annotation: str, description: str, default: Any) -> inspect.Parameter:
    declared = f"Annotated[{annotation}, strawberry.argument(name={name!r}, description={description!r})]"
    return inspect.Parameter(attribute(name), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=declared)


def declared_parameter(argument: Argument) -> inspect.Parameter:
    annotation = annotation_of(argument.type, nullable=not argument.required, many=argument.many)
    if argument.required:
        default = inspect.Parameter.empty
    else:
        default = strawberry.UNSET if argument.default is None else argument.default
    return parameter(argument.name, annotation, argument.description, default)


def member(name: str, annotation: str, description: str, arguments: list[inspect.Parameter]) -> tuple[str, Any]:
    if not arguments:
        return annotation, strawberry.field(name=name, description=description)
    return "", strawberry.field(name=name, description=description, resolver=unresolved(annotation, arguments))


def value_type(kind: Value) -> str:
    if kind.name not in made:
        members = {field.name: _value_member(field) for field in kind.fields}
        add_type(kind.name, kind.description, members)
    return kind.name


def _value_member(declared: ValueField) -> tuple[str, Any]:
    annotation = annotation_of(declared.type, nullable=declared.nullable, many=declared.many)
    arguments: list[inspect.Parameter] = []
    if declared.localised:
        language = word_type("Language", ("KO", "EN"), "A language of the platform.")
        note = "Language wanted; without it, that of the request."
        arguments.append(parameter("language", f"Optional[{language}]", note, strawberry.UNSET))
    return member(declared.name, annotation, declared.description, arguments)
