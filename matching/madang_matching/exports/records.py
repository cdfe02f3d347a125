"""What an export says, as plain records. An empty text means unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

CandidateKind: TypeAlias = Literal["organisations", "programmes"]


class ExportedOrganisation(NamedTuple):
    """A row of organisations.csv."""

    id: str
    name: str
    kind: str
    """company, university, research, public, other, investor or empty."""
    country: str
    """ISO 3166, two letters, or empty."""
    place: str
    """City."""
    text: str
    tags: tuple[str, ...]


class ExportedProgramme(NamedTuple):
    """A row of programmes.csv."""

    id: str
    name: str
    text: str
    tags: tuple[str, ...]
    country: str
    place: str
    open_from: str
    """ISO day, month or year, or empty; so are all dates here."""
    open_until: str


class ExportedActivity(NamedTuple):
    """A row of activities.csv."""

    id: str
    name: str
    kind: str
    programme: str
    """Id of a programme, or empty."""
    tags: tuple[str, ...]
    started_on: str
    ended_on: str
    size_eur: float | None


class Participation(NamedTuple):
    """A row of participations.csv: an organisation in an activity, a programme or both."""

    organisation: str
    activity: str
    programme: str
    role: str
    started_on: str
    amount_eur: float | None


class Asked(NamedTuple):
    """A row of queries.csv."""

    id: str
    """Of an organisation."""
    group: str
    """Which candidates it may be shown."""
    as_of: str


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """All tables of an export, rows in the order of the files. Every id that a row names exists."""

    candidates: CandidateKind
    """The table that the ids of candidates belong to."""
    known_before: str
    """ISO day or month; what the tables tell was known before it."""
    ranks_read: int
    """Ranks of a query that count; 0: not said."""
    organisations: tuple[ExportedOrganisation, ...]
    programmes: tuple[ExportedProgramme, ...]
    activities: tuple[ExportedActivity, ...]
    participations: tuple[Participation, ...]
    queries: tuple[Asked, ...]
    groups: Mapping[str, tuple[str, ...]]
    """Candidate ids of each group."""
    excluded: Mapping[str, frozenset[str]]
    """By query id, what it may not be shown."""

    def shown(self, query: Asked) -> list[str]:
        """Return the ids that may be shown to a query, in the order of candidates.csv."""
        hidden = self.excluded.get(query.id, frozenset())
        return [each for each in self.groups[query.group] if each not in hidden]
