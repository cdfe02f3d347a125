"""What the page of one's own profile works out of its answer: what is empty, and how many verdicts wait for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang_frontend.matches import missing_of

Edge = Mapping[str, Any]

# Field of the form → property that rules of calls wait for.
_RULED = {
    "foundedOn": "founded_on",
    "employees": "employees",
    "revenueWon": "revenue_won",
    "industryId": "industry_code",
    "districtId": "region_codes",
}
_OTHERS = ("summary", "technologyIds", "stage", "trl", "homepage")
# Field of the form → name in the notes of where values came from.
_STATED = {
    "nameKo": "name_ko",
    "nameEn": "name_en",
    "summaryKo": "summary_ko",
    "summaryEn": "summary_en",
    "foundedOn": "founded_on",
    "revenueWon": "revenue_won",
    "industryId": "industry_code",
    "districtId": "location",
    "technologyIds": "technologies",
}
_FORM_NAMES = {name: field for field, name in _STATED.items()}


@dataclass(frozen=True, slots=True)
class Empty:
    """A field that is not filled in, and how many verdicts wait for it."""

    name: str
    """Field of the form; `summary` when neither language has one."""
    waiting: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as its page sees it."""

    filled: Sequence[bool]
    """One for each field that counts, in the order of the form."""
    empty: Sequence[Empty]
    """Those that most verdicts wait for first."""
    waiting: int
    """Entries of the list whose verdict waits for anything that is not filled in."""
    stated: Mapping[str, Edge]
    """Field of the form → the edge of the source that stated its value."""
    changed: Sequence[str]
    """Fields of the form that the last edit changed."""


def profile_of(saved: Mapping[str, Any]) -> Profile:
    """Read the organisation of the page `organisations/edit`."""
    waits = Counter(name for edge in saved["waiting"]["edges"] for name in set(missing_of(edge)))
    values = {
        "summary": saved["summaryKo"] or saved["summaryEn"],
        "industryId": saved["industry"],
        "districtId": saved["district"],
        "technologyIds": saved["technologies"]["nodes"],
    }
    names = (*_RULED, *_OTHERS)
    filled = [values.get(name, saved.get(name)) not in (None, "", []) for name in names]
    empty = [
        Empty(name, waits[_RULED.get(name, "")]) for name, is_filled in zip(names, filled, strict=True) if not is_filled
    ]
    stated = {field: edge for edge in reversed(saved["sources"]["edges"]) for field in map(_form_name, edge["fields"])}
    return Profile(
        filled,
        sorted(empty, key=lambda each: -each.waiting),
        sum(1 for edge in saved["waiting"]["edges"] if missing_of(edge)),
        stated,
        list(map(_form_name, saved["changedFields"] or ())),
    )


def _form_name(name: str) -> str:
    return _FORM_NAMES.get(name, name)
