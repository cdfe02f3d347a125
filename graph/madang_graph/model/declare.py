"""What may stand in the graph: nodes, properties and relationships, each declared once with its description."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a property is stored. Dates and instants are ISO text: their order as text is their order in time,
    so they need no conversion per row, and a cursor can carry them as they are."""

    TEXT = "text"
    TEXTS = "list of text"
    INT = "integer, 32 bit"
    INTS = "list of integers"
    WON = "whole won, 64 bit"
    FLOAT = "float"
    FLOATS = "list of floats"
    BOOL = "true or false"
    DATE = "date, YYYY-MM-DD"
    INSTANT = "UTC instant, YYYY-MM-DDTHH:MM:SSZ"
    JSON = "JSON text"
    VECTOR = "vector of 512 float32"
    POINT = "WGS84 point"


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship."""

    kind: Kind
    description: str
    values: tuple[str, ...] = ()
    """The allowed words, where the property is one of a closed list."""


@dataclass(frozen=True, slots=True)
class Node:
    """A label with its properties. `key` is unique and always present."""

    label: str
    description: str
    properties: dict[str, Property]
    key: str = "id"
    prefix: str = ""
    """Start of the public id, as in `org_`; empty for nodes without a public id."""
    search: bool = False
    """True: `search_text` is in the full-text index `named`."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type between two labels. `pattern` is drawn once, as `(:Organisation)-[:USES]->(:Technology)`."""

    pattern: str
    description: str
    properties: dict[str, Property]


def text(description: str, *values: str) -> Property:
    return Property(Kind.TEXT, description, values)


def texts(description: str) -> Property:
    return Property(Kind.TEXTS, description)


def integer(description: str) -> Property:
    return Property(Kind.INT, description)


def integers(description: str) -> Property:
    return Property(Kind.INTS, description)


def won(description: str) -> Property:
    return Property(Kind.WON, description)


def number(description: str) -> Property:
    return Property(Kind.FLOAT, description)


def numbers(description: str) -> Property:
    return Property(Kind.FLOATS, description)


def flag(description: str) -> Property:
    return Property(Kind.BOOL, description)


def date(description: str) -> Property:
    return Property(Kind.DATE, description)


def instant(description: str) -> Property:
    return Property(Kind.INSTANT, description)


def json(description: str) -> Property:
    return Property(Kind.JSON, description)


def vector(description: str) -> Property:
    return Property(Kind.VECTOR, description)


def point(description: str) -> Property:
    return Property(Kind.POINT, description)


def named(what: str) -> dict[str, Property]:
    """The properties every named thing has: two names, their sort key, the text that search reads."""
    return {
        "id": text(f"Public id of the {what}, stable over imports."),
        "name_ko": text("Name in Korean, empty when there is none."),
        "name_en": text("Name in English, empty when there is none."),
        "name_key": text("Sort key: the Korean name, else the English one, case-folded. Never empty."),
        "search_text": text("Names and keywords for the full-text index, with spaces where Hangul meets Latin."),
        "name_starts": text("What suggestions find the names by: every word's start and its Korean initials."),
        "synthetic": flag("True: invented for the demo district, and marked so wherever it is shown."),
    }
