"""A selection: what a reader asks for, as the compiler takes it. The API makes it from a GraphQL document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Const:
    """A value that stands in the document."""

    value: Any


@dataclass(frozen=True, slots=True)
class Var:
    """A value that comes with each request: a variable, or a part of one. `value` is what it was at compile time;
    only its shape may be used."""

    name: str
    path: tuple[str | int, ...]
    value: Any


Given = Const | Var | Mapping[str, "Given"] | Sequence["Given"]
"""An argument: constants and variables, with objects and lists around them."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One selected field."""

    key: str
    """Name in the answer."""
    name: str
    """Declared name, or `__typename`."""
    arguments: Mapping[str, Given] = field(default_factory=dict[str, Given])
    picks: Mapping[str, tuple[Pick, ...]] = field(default_factory=dict[str, "tuple[Pick, ...]"])
    """What is selected of its type; for a field of type Node, of each concrete type."""


def now(given: Given | None) -> Any:
    """Return the value at compile time of a scalar argument; only for what belongs to the shape."""
    return given.value if isinstance(given, Const | Var) else given


def is_absent(given: Given | None) -> bool:
    """True when the argument is missing or null."""
    return given is None or (isinstance(given, Const | Var) and given.value is None)


def entries(given: Given) -> list[tuple[str, Given]]:
    """Return the entries of an object that are not null, in order of their names, so that the order in a request
    changes nothing."""
    if isinstance(given, Const):
        items: list[tuple[str, Given]] = [(k, Const(v)) for k, v in given.value.items()]
    elif isinstance(given, Var):
        items = [(k, Var(given.name, (*given.path, k), v)) for k, v in given.value.items()]
    elif isinstance(given, Mapping):
        items = list(given.items())
    else:
        raise TypeError("not an object")
    return sorted(((k, v) for k, v in items if not is_absent(v)), key=lambda item: item[0])


def members(given: Given) -> list[Given]:
    """Return the members of a list; a single value counts as a list of one."""
    if isinstance(given, Const | Var):
        value: Any = given.value
        if not isinstance(value, list):
            return [given]
        values = cast("list[Any]", value)
        if isinstance(given, Const):
            return [Const(one) for one in values]
        return [Var(given.name, (*given.path, index), one) for index, one in enumerate(values)]
    return [given] if isinstance(given, Mapping) else list(given)
