"""Pairs of a seeker and another organisation: what partner features look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

import numpy as np

from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Organisation
from madang_matching.sparse import Floats, Ints, Sparse, dense_product, scaled_columns, take

T = TypeVar("T")

ROWS_AT_ONCE = 64
"""Rows of a product that are held dense at a time: 50 MB at 100,000 organisations."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """m pairs: does `others[i]` suit `seekers[i]`?

    One seeker beside many others (a list), many seekers beside one other (the same list from the other side), or the
    pairs of a whole training set: features do not care.
    """

    profiles: Profiles
    seekers: Ints
    """Rows of those who ask, shape (m,)."""
    others: Ints
    """Rows of those who may suit, shape (m,)."""
    memo: dict[str, object] = field(default_factory=dict[str, object])
    """What features computed for all pairs and need again for the sentences."""

    def __len__(self) -> int:
        return len(self.seekers)

    def turned(self) -> Pairs:
        """Return the same pairs seen from the other side."""
        return Pairs(self.profiles, self.others, self.seekers)

    def at(self, index: int) -> tuple[int, int]:
        """Return the rows of seeker and other of one pair."""
        return int(self.seekers[index]), int(self.others[index])

    def once(self, name: str, make: Callable[[Pairs], T]) -> T:
        """Return `make(self)`, computed at the first call only."""
        if name not in self.memo:
            self.memo[name] = make(self)
        return cast("T", self.memo[name])

    def paths(self, first: Sparse, middle: Floats, second: Sparse) -> Floats:
        """Return the sum over third parties k of first[seeker, k] · middle[k] · second[k, other], shape (m,).

        Args:
            first: shape (n, n), symmetric.
            middle: shape (n,), worth of each third party.
            second: shape (n, n), symmetric.

        Products are made for the side with fewer different rows, so that a turned list costs what the list costs.
        """
        seekers, others = self._unique
        if len(seekers[0]) <= len(others[0]):
            return _looked_up(seekers, self.others, scaled_columns(first, middle), second)
        return _looked_up(others, self.seekers, scaled_columns(second, middle), first)

    @cached_property
    def _unique(self) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
        first = np.unique(self.seekers, return_inverse=True)
        second = np.unique(self.others, return_inverse=True)
        return (first[0], first[1]), (second[0], second[1])


def dense_rows(left: Sparse, rows: Ints, right: Sparse) -> Floats:
    """Return some rows of left · right, dense, shape (len(rows), n)."""
    return dense_product(take(left, rows), right)


def _looked_up(unique: tuple[Ints, Ints], columns: Ints, left: Sparse, right: Sparse) -> Floats:
    rows, places = unique
    values = np.zeros(len(columns))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        here = np.flatnonzero((places >= start) & (places < start + ROWS_AT_ONCE))
        block = dense_rows(left, rows[start : start + ROWS_AT_ONCE], right)
        values[here] = block[places[here] - start, columns[here]]
    return values


def organisation_names(organisation: Organisation) -> tuple[str, str]:
    """Return the Korean and English name, each standing in for the other, else the id."""
    ko, en = organisation.name_ko.strip(), organisation.name_en.strip()
    return ko or en or organisation.id, en or ko or organisation.id


def technology_names(profiles: Profiles, column: int) -> tuple[str, str]:
    """Return the Korean and English name of a technology, each standing in for the other, else the id."""
    technology = profiles.technologies[column]
    ko, en = technology.name_ko.strip(), technology.name_en.strip()
    return ko or en or technology.id, en or ko or technology.id
