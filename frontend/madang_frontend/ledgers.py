"""An organisation's own lists as pages show them: the entry that is being changed, and what a call asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Entry = Mapping[str, Any]


class Blank(dict[str, Any]):
    """The entry of a form that makes a new one: false, and every value of it is None."""

    def __missing__(self, key: str) -> None:
        return None


def entry_at(entries: Iterable[Entry], wanted: str) -> Entry:
    """Return the entry with the id, or a blank one."""
    return next((entry for entry in entries if entry["id"] == wanted), Blank())


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that a call asks for. `state`: HAVE, EXPIRES (before it is needed), EXPIRED or MISSING."""

    kind: str
    state: str
    expires_on: str | None = None


def checklist(kinds: Sequence[str], documents: Sequence[Entry], today: date, needed_on: str | None) -> list[Paper]:
    """Return the papers that a call asks for, in its order, each against the best that the organisation has.

    Args:    kinds: kinds of papers.  documents: {kind, expiresOn} each.
             today: the present day.  needed_on: last day of applying, as an ISO date or instant; None: not known.
    """
    last = max(today.isoformat(), (needed_on or "")[:10])
    return [
        _paper(kind, [each for each in documents if each["kind"] == kind], today.isoformat(), last) for kind in kinds
    ]


def _paper(kind: str, held: Sequence[Entry], today: str, last: str) -> Paper:
    if not held:
        return Paper(kind, "MISSING")
    if any(each["expiresOn"] is None for each in held):
        return Paper(kind, "HAVE")
    until = max(each["expiresOn"] for each in held)
    state = "EXPIRED" if until < today else "EXPIRES" if until < last else "HAVE"
    return Paper(kind, state, until)
