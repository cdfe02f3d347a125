"""What the page of answers works out of its answer: what is asked, what was said, and how many verdicts wait for it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang_frontend.matches import missing_of

Row = Mapping[str, Any]
STATEMENT = "statement:"
_TAKES_SOON = frozenset({"OPEN", "UPCOMING"})
_AMONG_RULES = re.compile(r"^(?:다음 중 하나|One of these): ")
"""What stands before a condition among rules; a question is asked by itself."""
_ASKED_HERE = frozenset(
    {"FLAG", "DAY", "COUNT", "WON", "SHARE", "CHOICE", "CODE", "CODES", "CERTIFICATES", "INVESTMENTS"}
)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together."""

    name: str
    fields: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A field that verdicts wait for."""

    name: str
    label: str
    calls: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A question of one notice, with what was answered to it."""

    name: str
    asked: str
    value: str | None
    calls: Sequence[Row]
    """Calls whose verdict waits for it: id, name."""
    soon: bool
    """True: one of them can be applied for now or soon."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers as their page sees them."""

    groups: Sequence[Group]
    said: Mapping[str, Row]
    """Field → what is stored: value, source, on."""
    waiting: Sequence[Waiting]
    """Fields without an answer, most awaited first."""
    statements: Sequence[Statement]
    """What calls ask that can be applied for now or soon, first."""

    @property
    def awaited(self) -> int:
        """How many answers would settle a verdict that matters now."""
        return len(self.waiting) + sum(each.soon for each in self.statements)


def facts_of(fields: Sequence[Row], saved: Mapping[str, Any]) -> Facts:
    """Read the page `facts/edit`.

    Args:
        fields: `factFields`.
        saved: the organisation: facts, waiting (edges of its list whose verdict is CHECK).
    """
    here = fields_here(fields)
    said = {fact["name"]: fact for fact in saved["facts"]}
    edges = saved["waiting"]["edges"]
    counts = Counter(name for edge in edges for name in set(missing_of(edge)))
    names = {field["name"]: field["label"] for field in here}
    waiting = [Waiting(name, names[name], calls) for name, calls in counts.most_common() if name in names]
    return Facts(grouped(here), said, waiting, _statements(edges, said))


def fields_here(fields: Sequence[Row]) -> list[Row]:
    """Return the fields that a form of answers asks; the others are part of the profile or of the ledger."""
    return [field for field in fields if not field["ofProfile"] and field["type"] in _ASKED_HERE]


def grouped(fields: Sequence[Row]) -> list[Group]:
    """Return the fields by group, both in the order given."""
    names = dict.fromkeys(field["group"] for field in fields)
    return [Group(name, [field for field in fields if field["group"] == name]) for name in names]


def groups_of(fields: Sequence[Row], besides: Sequence[str]) -> list[Group]:
    """Return every field that a form can ask, by group, but those that are asked above."""
    asked = (field for field in fields if field["type"] in _ASKED_HERE and field["name"] not in besides)
    return grouped(list(asked))


def _statements(edges: Sequence[Row], said: Mapping[str, Row]) -> list[Statement]:
    words = {name: name.removeprefix(STATEMENT).replace("_", " ") for name in said if name.startswith(STATEMENT)}
    calls: dict[str, list[Row]] = {name: [] for name in words}
    for edge in edges:
        for condition in edge["conditions"]:
            for name in condition["missing"]:
                if name.startswith(STATEMENT):
                    words[name] = _AMONG_RULES.sub("", condition["required"])
                    calls.setdefault(name, []).append(edge["node"])
    found = [
        Statement(
            name,
            words[name],
            said[name]["value"] if name in said else None,
            list({each["id"]: each for each in asking}.values()),
            any(each["state"] in _TAKES_SOON for each in asking),
        )
        for name, asking in calls.items()
    ]
    return sorted(found, key=lambda each: not each.soon)


def rows_of(text: str | None) -> list[dict[str, Any]]:
    """Return the entries of a list that is written as JSON text; none where it is no such list."""
    try:
        found: object = json.loads(text) if text else []
    except ValueError:
        return []
    if not isinstance(found, list):
        return []
    return [row for row in found if isinstance(row, dict)]  # pyright: ignore[reportUnknownVariableType]
