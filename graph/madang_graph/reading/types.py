"""The types a readable field may have: scalars, closed word lists, and values made of other values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Scalar(StrEnum):
    """A scalar of the API, by its GraphQL name."""

    ID = "ID"
    STRING = "String"
    INT = "Int"
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    DATE = "Date"
    INSTANT = "Instant"
    WON = "Won"
    GEOJSON = "GeoJSON"


@dataclass(frozen=True, slots=True)
class Words:
    """A closed list of stored words; the API shows them in capitals."""

    name: str
    words: tuple[str, ...]
    description: str

    @property
    def shown(self) -> Mapping[str, str]:
        """Stored word → name in the API."""
        return {word: word.upper() for word in self.words}


@dataclass(frozen=True, slots=True)
class ValueField:
    """One field of a value: read from the key (of a tuple, the index) `key`, or, when `localised`, from `key_ko` and
    `key_en` by language."""

    name: str
    type: Scalar | Words | Value
    key: str | int
    description: str
    nullable: bool = True
    localised: bool = False
    many: bool = False
    """True: a list of texts or of values; empty where the key is missing."""


@dataclass(frozen=True, slots=True)
class Value:
    """An object without identity, kept inside a property: a reason, a condition, an edge of a drawn graph."""

    name: str
    description: str
    fields: tuple[ValueField, ...]

    def field(self, name: str) -> ValueField | None:
        return next((f for f in self.fields if f.name == name), None)


FieldType = Scalar | Words | Value
Json = Any
"""What orjson reads and writes."""
