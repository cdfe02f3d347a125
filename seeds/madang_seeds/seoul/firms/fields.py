"""The fields of activity that invented organisations are made from, read from `seoul_fields.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from madang_seeds.packed import read_toml

Phrase = Sequence[str]
"""[Korean, English], for needs and offers also [technology, barrier]."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what its firms make, for whom, to what end, and what they look for."""

    key: str
    topic: Phrase
    startups: int
    industries: Sequence[str]
    technologies: Sequence[str]
    districts: Sequence[str]
    maturity: int
    """Mean digital maturity of its startups, 0 to 100."""
    suffixes: Sequence[Phrase]
    products: Sequence[Phrase]
    customers: Sequence[Phrase]
    outcomes: Sequence[Phrase]
    needs: Sequence[Phrase]
    offers: Sequence[Phrase]
    gu: Sequence[str] = ()
    smes: str = ""
    """`make` for goods, `serve` for services, empty: the field has none."""
    sme_count: int = 0
    sme_industries: Sequence[str] = ()
    sme_maturity: int = 0
    sme_suffixes: Sequence[Phrase] = ()
    sme_products: Sequence[Phrase] = ()


@cache
def all_fields() -> tuple[Field, ...]:
    """Return the fields in the order of the file."""
    return tuple(_field(entry) for entry in read_toml("seoul_fields.toml")["field"])


def _field(entry: dict[str, Any]) -> Field:
    return Field(**entry)
