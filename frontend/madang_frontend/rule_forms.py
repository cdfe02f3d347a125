"""The form of one condition: the fields of its kind with what is saved in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ROWS = 3
"""Empty rows offered for bands of age."""


@dataclass(frozen=True, slots=True)
class RuleField:
    """One field as the template draws it."""

    name: str
    type: str
    label: str
    needed: bool
    options: Sequence[tuple[str, str]]
    saved: str | None
    chosen: Sequence[str]
    """Of a list of options, what is saved."""
    rows: Sequence[Mapping[str, Any]]
    """Of bands, what is saved and empty ones."""


def rule_fields(kinds: Sequence[Mapping[str, Any]], name: str, place: Mapping[str, Any] | None) -> list[RuleField]:
    """Return the fields of a kind, filled from a place of the tree if it is of that kind; of an unknown kind none."""
    kind = next((each for each in kinds if each["name"] == name), None)
    if kind is None:
        return []
    saved: dict[str, str] = {}
    if place is not None and place["kind"] == name:
        saved = {each["name"]: each["value"] for each in place["fields"]}
    return [_field(one, saved.get(one["name"])) for one in kind["inputs"]]


def _field(one: Mapping[str, Any], saved: str | None) -> RuleField:
    options = [(each["value"], each["label"]) for each in one["options"]]
    chosen = [word.strip() for word in (saved or "").split(",") if word.strip()]
    rows = [*_saved_rows(saved), *[{} for _ in range(_ROWS)]] if one["type"] == "bands" else []
    return RuleField(one["name"], one["type"], one["label"], one["needed"], options, saved, chosen, rows)


def _saved_rows(saved: str | None) -> list[Mapping[str, Any]]:
    try:
        found: object = json.loads(saved) if saved else []
    except ValueError:
        return []
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []  # pyright: ignore[reportUnknownVariableType]


def place_at(places: Sequence[Mapping[str, Any]], at: str) -> Mapping[str, Any] | None:
    """Return the condition at a place, or None."""
    return next((each for each in places if each["at"] == at and each["word"] == "kind"), None)


def inner_place(place: Mapping[str, Any] | None, name: str) -> Mapping[str, Any]:
    """Return the condition within another one, as `when` of a preference, as a place of its own; its kind may be empty.

    Its fields are those of the outer one whose names begin with the name and a dot.
    """
    fields = place["fields"] if place is not None else ()
    inner = {
        each["name"].removeprefix(f"{name}."): each["value"] for each in fields if each["name"].startswith(f"{name}.")
    }
    kind = inner.pop("kind", "")
    return {"kind": kind, "fields": [{"name": each, "value": value} for each, value in inner.items()]}
