"""What a call is, put together from what its notices state. Pure: jobs and pages get the same from the same notices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang_graph.ids import stable_id
from madang_graph.name_starts import name_starts
from madang_graph.text import name_key, search_text

STATED: tuple[str, ...] = (
    "name_ko",
    "summary_ko",
    "purposes",
    "noticed_on",
    "opens_at",
    "closes_at",
    "rolling",
    "until_funds",
    "amount_max_won",
    "url",
    "source_note",
    "rules",
)
"""Properties of a call that notices state."""
_RANKS = {"k-startup": 0, "bizinfo": 1}
"""Whose word counts where notices differ: K-Startup has structured fields, Bizinfo free text; tables come last."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One notice of a call."""

    notice_id: str
    source_key: str
    source_id: str
    agency: str
    facts: Mapping[str, Any]
    """Properties of `STATED` with their values."""
    as_of: str | None
    """Day of the statement, YYYY-MM-DD."""
    withdrawn_on: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """A source stated these properties of the call."""

    source_id: str
    fields: tuple[str, ...]
    as_of: str | None


def own_call_id(source_key: str, key: str) -> str:
    """Return the id of the call that this notice announces when it is the first to."""
    return stable_id("call_", f"notice/{source_key}", key)


def notice_id(source_key: str, key: str) -> str:
    """Return the id of a notice."""
    return stable_id("ntc_", source_key, key)


def programme_id(agency: str, programme_key: str) -> str:
    """Return the id of the lasting programme of which notices are editions."""
    return stable_id("prg_", "notices", f"{name_key(agency, None)}\x1f{programme_key}")


def doubt_id(first: str, second: str) -> str:
    """Return the id of the doubt between two notices, in either order."""
    return stable_id("dbt_", *sorted((first, second)))


def combined(announcements: Sequence[Announcement], kept: Collection[str] = ()) -> dict[str, Any]:
    """Return the properties of the call; what no notice states is None, so that storing them clears it.

    Each property is the word of the highest in rank that states it; ties go to the lower notice id.
    Args: kept: properties that people have set on the call itself, which no notice changes.
    """
    stated: dict[str, Any] = {}
    ranked = _ranked(announcements)
    for each in ranked:
        for name in STATED:
            if name in each.facts:
                stated.setdefault(name, each.facts[name])
    found: dict[str, Any] = {name: stated.get(name) for name in STATED}
    found["rolling"] = bool(stated.get("rolling")) and not stated.get("closes_at")
    found["until_funds"] = bool(stated.get("until_funds"))
    agencies = dict.fromkeys(each.agency for each in ranked if each.agency)
    name = stated.get("name_ko")
    found |= {
        "name_key": name_key(name, None),
        "name_starts": name_starts(name, None),
        "search_text": search_text(name, *agencies),
        "withdrawn_on": _withdrawn(announcements),
        "as_of_year": _year(ranked),
        "synthetic": False,
        "demo_dates": False,
    }
    return {name: value for name, value in found.items() if name not in kept}


def provenances(announcements: Sequence[Announcement]) -> list[Provenance]:
    """Return which source stated which properties, one entry a source."""
    by_source: dict[str, tuple[set[str], str | None]] = {}
    for each in _ranked(announcements):
        fields, as_of = by_source.get(each.source_id, (set(), None))
        newest = max(filter(None, (as_of, each.as_of)), default=None)
        by_source[each.source_id] = (fields | (set(each.facts) & set(STATED)), newest)
    return [Provenance(source, tuple(sorted(fields)), as_of) for source, (fields, as_of) in sorted(by_source.items())]


def _ranked(announcements: Sequence[Announcement]) -> list[Announcement]:
    """Those that are still listed speak before withdrawn ones."""
    return sorted(
        announcements, key=lambda each: (each.withdrawn_on is not None, _RANKS.get(each.source_key, 9), each.notice_id)
    )


def _withdrawn(announcements: Sequence[Announcement]) -> str | None:
    """A call is withdrawn when all its notices are, on the day of the last."""
    days = [each.withdrawn_on for each in announcements]
    return max(day for day in days if day) if days and all(days) else None


def _year(ranked: Sequence[Announcement]) -> int | None:
    for each in ranked:
        for name in ("noticed_on", "opens_at", "closes_at"):
            if day := each.facts.get(name):
                return int(day[:4])
    return None
