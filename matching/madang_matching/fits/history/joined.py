"""Who joined which programme: the table that the evidence of history is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from madang_matching.records import Membership
from madang_matching.sparse import Floats

HALF_LIFE_YEARS = 2.0
"""A membership that began two years before another says half as much of who joins next."""


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """n members and p programmes, both in order of id."""

    members: tuple[str, ...]
    rows: Mapping[str, int]
    programmes: tuple[str, ...]
    columns: Mapping[str, int]
    table: Floats
    """Shape (n, p), 1 for a membership."""
    years: Floats
    """Shape (n, p), when it began, in years; NaN where unknown."""

    @property
    def dated(self) -> bool:
        """Return whether the beginnings tell memberships apart: at least two of them, known for most."""
        known = self.years[self.table > 0]
        seen = known[np.isfinite(known)]
        return len(seen) * 2 > len(known) and len(np.unique(seen)) > 1

    def freshness(self) -> Floats:
        """Return what each membership counts as a sign of who joins next, shape (n, p), 0 to 1.

        Halved by every two years that it is older than the latest one, where beginnings are known; else 1.
        """
        if not self.dated:
            return self.table
        age = np.nanmax(self.years) - np.where(np.isfinite(self.years), self.years, np.nanmin(self.years))
        return self.table * 0.5 ** (age / HALF_LIFE_YEARS)


def joined_of(memberships: Iterable[Membership], programmes: Iterable[str]) -> Joined:
    """Return the table of memberships.

    Args:
        memberships: those of programmes that are not in `programmes` are left out.
        programmes: ids of all programmes, with or without members.
    """
    names = tuple(sorted(set(programmes)))
    columns = {name: column for column, name in enumerate(names)}
    kept = [each for each in memberships if each.programme in columns]
    members = tuple(sorted({each.organisation for each in kept}))
    rows = {member: row for row, member in enumerate(members)}
    table = np.zeros((len(members), len(names)))
    years = np.full(table.shape, np.nan)
    for each in kept:
        place = rows[each.organisation], columns[each.programme]
        table[place] = 1.0
        if each.since:
            years[place] = np.fmin(years[place], _year(each.since))
    return Joined(members, rows, names, columns, table, years)


def _year(since: str) -> float:
    """Return a date of ISO day, month or year as a number of years."""
    year, month, day = (*(int(part) for part in since.split("-")), 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 365


def known_programmes(joined: Joined, organisation: str) -> NDArray[np.float64]:
    """Return the memberships of an organisation, shape (p,); zeros for one without any."""
    row = joined.rows.get(organisation)
    return np.zeros(len(joined.programmes)) if row is None else joined.table[row]
