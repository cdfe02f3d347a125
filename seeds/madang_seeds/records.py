"""Records: what an import writes, checked against the vocabulary of the graph before it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from typing import Any

from madang_graph.model import NODES, RELATIONSHIPS
from madang_graph.model.declare import Kind, Property
from madang_graph.name_starts import name_starts
from madang_graph.text import name_key, search_text
from neo4j.spatial import WGS84Point

DERIVED = frozenset(
    {
        "id",
        "key",
        "name_key",
        "name_starts",
        "search_text",
        "version",
        "updated_at",
        "synthetic",
        "visibility",
        "profiling",
        "demo_dates",
    }
)
"""Properties that no source states."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A source stated fields of a node. No fields: all that are not derived."""

    source_id: str
    as_of: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """A node to be there, with these properties."""

    label: str
    id: str
    properties: Mapping[str, Any]
    stated: tuple[Stated, ...] = ()

    @property
    def target(self) -> str:
        return self.label

    def row(self) -> list[object]:
        """Return the row that the statement takes; values that are None are left out."""
        given = {name: value for name, value in self.properties.items() if value is not None}
        if isinstance(place := given.get("location"), tuple):
            given["location"] = WGS84Point(place)
        names = sorted(name for name in given if name not in DERIVED)
        return [self.id, given, [[s.source_id, list(s.fields) or names, s.as_of] for s in self.stated]]


@dataclass(frozen=True, slots=True)
class EdgeRecord:
    """A relationship to be there. `pattern` is drawn as `madang_graph.model` draws it."""

    pattern: str
    start_id: str
    end_id: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return self.pattern

    def row(self) -> list[object]:
        """Return the row that the statement takes; values that are None are left out."""
        return [self.start_id, self.end_id, {k: v for k, v in self.properties.items() if v is not None}]


Record = NodeRecord | EdgeRecord


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was left out."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.value!r} — {self.reason}"


def edge(start: str, verb: str, end: str, start_id: str, end_id: str, **properties: Any) -> EdgeRecord:
    """Return the record of `(:start)-[:verb]->(:end)`."""
    return EdgeRecord(f"(:{start})-[:{verb}]->(:{end})", start_id, end_id, properties)


def named(name_ko: str | None, name_en: str | None, *keywords: str | None) -> dict[str, Any]:
    """Return the name properties of a named thing: both names, sort key, text for search. One name at least."""
    if not (name_ko or name_en):
        raise ValueError("a named thing needs a Korean or an English name")
    words = [word for word in (name_ko, name_en, *keywords) if word]
    return {
        "name_ko": name_ko or None,
        "name_en": name_en or None,
        "name_key": name_key(name_ko, name_en),
        "name_starts": name_starts(name_ko, name_en),
        "search_text": search_text(*words),
    }


@cache
def _declared() -> dict[str, Mapping[str, Property]]:
    declared: dict[str, Mapping[str, Property]] = {node.label: node.properties for node in NODES}
    return declared | {relationship.pattern: relationship.properties for relationship in RELATIONSHIPS}


_INT_MAX = 2**31 - 1
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _is_int(value: Any) -> bool:
    return type(value) is int and abs(value) <= _INT_MAX


def _all_text(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


_FITS = {
    Kind.TEXT: lambda v: isinstance(v, str),
    Kind.JSON: lambda v: isinstance(v, str),
    Kind.TEXTS: _all_text,
    Kind.INT: _is_int,
    Kind.WON: lambda v: type(v) is int and abs(v) < 2**63,
    Kind.FLOAT: lambda v: type(v) in {int, float} and isfinite(v),
    Kind.BOOL: lambda v: isinstance(v, bool),
    Kind.DATE: lambda v: isinstance(v, str) and _DATE.fullmatch(v) is not None,
    Kind.INSTANT: lambda v: isinstance(v, str) and _INSTANT.fullmatch(v) is not None,
    Kind.POINT: lambda v: isinstance(v, tuple) and len(v) == 2 and abs(v[0]) <= 180 and abs(v[1]) <= 90,
}


def problems(record: Record, line: int) -> list[Problem]:
    """Return what is wrong with the record: an undeclared property, a value of the wrong kind or out of its list."""
    declared = _declared().get(record.target)
    if declared is None:
        return [Problem(line, "", record.target, "is not declared in the vocabulary of the graph")]
    found: list[Problem] = []
    for name, value in record.properties.items():
        if value is None:
            continue
        wanted = declared.get(name)
        if wanted is None:
            found.append(Problem(line, name, str(value), f"{record.target} has no such property"))
        elif not _FITS[wanted.kind](value):
            found.append(Problem(line, name, str(value), f"must be {wanted.kind.value}"))
        elif wanted.values and value not in wanted.values:
            found.append(Problem(line, name, str(value), f"must be one of {', '.join(wanted.values)}"))
    return found
