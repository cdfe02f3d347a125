"""How a mutation is declared: a row of a table, from which `mutations` makes the field, its union and its payload."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import MISSING, dataclass, field
from enum import Enum
from typing import Any

import strawberry
from madang_server.api.context import RequestContext
from madang_server.services.fields import KEEP, Keep


@dataclass(frozen=True, slots=True)
class Success:
    """What a mutation answers when it is done: an object with one field.

    With `reads`, the field is an entity, read like any other by the id that `run` returns; without, it is `true`.
    """

    name: str
    field: str
    reads: str | None
    description: str
    values: bool = False
    """True: `run` returns a list of plain values of the type `reads`, which has no id and is stored nowhere."""
    planned: str | None = None
    """Another entity that it may be; it is the field `planned…`, and of the two, the one that it is not is null."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One mutation. `input` is a plain dataclass whose annotations may name types of the read model."""

    name: str
    description: str
    input: type
    success: Success
    run: Callable[[RequestContext, Any], Awaitable[Any]]
    """Does it and returns the id of what is to be read, or the values. Raises DomainError."""


def said(description: str, default: Any = MISSING) -> Any:
    """Declare a field of an input with its description; UNSET as default makes it one that may be left out."""
    if default is MISSING:
        return field(metadata={"description": description})
    return field(default=default, metadata={"description": description})


def key() -> Any:
    """Declare `idempotency_key`, which every input has."""
    return said(
        "Any text that is new for this request, at most 200 characters. When the same key comes again with the same "
        "input, the answer is the same and nothing is done twice; with another input it is a conflict.",
        strawberry.UNSET,
    )


def kept(value: Any) -> Any:
    """Return KEEP for what the input leaves out, else the value."""
    return KEEP if value is strawberry.UNSET else value


def word(value: Any) -> Any:
    """Return the stored word of an enum's value; None, KEEP and what is left out stay what they are."""
    value = kept(value)
    if value is None or isinstance(value, Keep):
        return value
    return str(value.value if isinstance(value, Enum) else value).lower()


def given(value: Any) -> Any:
    """Return None for what the input leaves out, else the value."""
    return None if value is strawberry.UNSET else value
