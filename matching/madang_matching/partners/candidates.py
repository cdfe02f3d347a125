"""Who comes into question for a seeker: a few hundred rows with some evidence, found without scoring everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from madang_matching.nearest import Excluded, batch_top
from madang_matching.partners.features.graph import rare_partners
from madang_matching.partners.pairs import ROWS_AT_ONCE, dense_rows
from madang_matching.profiles.arrays import Profiles, TextTable
from madang_matching.sparse import Floats, Ints, dense_product, dense_row, scaled_columns, take, times_vector

EVERYBODY = 2_000
"""With no more organisations than this all of them are looked at."""

COMMON, RECENT, SUBJECTS, POPULAR, TEXTS, TECHNOLOGIES = 150, 60, 60, 30, 100, 100
"""Rows taken from each kind of evidence."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Finds candidates among the rows that may be shown."""

    profiles: Profiles
    among: Mask
    """Shape (n,), rows that may be shown to anybody."""

    def blocks(self, seekers: Sequence[int]) -> Iterator[tuple[int, Ints]]:
        """Yield each seeker with its candidate rows, ascending: no partners of the past, not itself.

        What a seeker gets does not depend on who else is asked for.
        """
        for start in range(0, len(seekers), ROWS_AT_ONCE):
            block = np.asarray(seekers[start : start + ROWS_AT_ONCE], np.int64)
            yield from zip(block.tolist(), self._found(block), strict=True)

    def _found(self, block: Ints) -> Iterable[Ints]:
        if len(self.among) <= EVERYBODY:
            return [np.flatnonzero(self._allowed(row)) for row in block.tolist()]
        sources = list(self._sources(block))
        return [self._union(row, [source[place] for source in sources]) for place, row in enumerate(block.tolist())]

    def _union(self, row: int, evidence: list[tuple[NDArray[Any], int]]) -> Ints:
        allowed = self._allowed(row)
        chosen = np.zeros(len(allowed), np.bool_)
        for values, count in evidence:
            chosen[best(values, allowed, count)] = True
        return np.flatnonzero(chosen).astype(np.int64)

    def _allowed(self, row: int) -> Mask:
        allowed = self.among & (dense_row(self.profiles.network.linked, row) == 0)
        allowed[row] = False
        return allowed

    def _sources(self, block: Ints) -> Iterator[list[tuple[NDArray[Any], int]]]:
        """Yield, for one kind of evidence after the other, values of all rows and how many to take, per seeker."""
        network = self.profiles.network
        if network.linked.nnz:
            rare = rare_partners(network)
            common = dense_rows(scaled_columns(network.linked, rare), block, network.linked)
            recent = dense_rows(scaled_columns(network.recent, rare), block, network.linked)
            about = dense_product(take(network.subjects, block), network.subjects.T) * np.log1p(network.activity)
            yield [(values, COMMON) for values in common]
            yield [(values, RECENT) for values in recent]
            yield [(values, SUBJECTS) for values in about]
            yield [(network.activity, POPULAR)] * len(block)
            countries = self.profiles.countries
            yield [(network.activity * ((countries == countries[row]) & (countries != "")), POPULAR) for row in block]
        if self.profiles.centred.any():
            yield [(values, TEXTS) for values in self._alike(block)]
        if self.profiles.needs.texts or self.profiles.offers.texts:
            yield [(self._texts(row, self.profiles.needs, self.profiles.offers), TEXTS) for row in block.tolist()]
            yield [(self._texts(row, self.profiles.offers, self.profiles.needs), TEXTS) for row in block.tolist()]
        if self.profiles.uses_unit.nnz:
            units = self.profiles.uses_unit
            yield [(values, TECHNOLOGIES) for values in dense_product(take(units, block), units.T)]

    def _alike(self, block: Ints) -> Floats:
        """Return the likeness of the nearest summaries that may be shown to each of a block, 0 elsewhere, shape (b, n).

        The same for one seeker alone and among others: scores are made in float64.
        """
        columns = self._shown
        barred = [np.searchsorted(columns, np.flatnonzero(~self._allowed(row) & self.among)) for row in block.tolist()]
        starts = np.cumsum([0, *(len(each) for each in barred)]).astype(np.int64)
        excluded = Excluded(starts, np.concatenate(barred).astype(np.int64))
        found = batch_top(self.profiles.centred[block], self._summaries, TEXTS, excluded)
        values = np.zeros((len(block), len(self.among)))
        lines, places = np.nonzero(found.rows >= 0)
        values[lines, columns[found.rows[lines, places]]] = found.scores[lines, places]
        return values

    @cached_property
    def _shown(self) -> Ints:
        return np.flatnonzero(self.among).astype(np.int64)

    @cached_property
    def _summaries(self) -> NDArray[np.float32]:
        centred = self.profiles.centred
        return centred if len(self._shown) == len(centred) else centred[self._shown]

    def _texts(self, row: int, mine: TextTable, theirs: TextTable) -> Floats:
        """Return the best likeness of a text of the seeker and one of each other, by meaning or by technology."""
        own = mine.of(row)
        if own.start == own.stop or not len(theirs.texts):
            return np.zeros(len(self.among))
        likeness = (mine.centred[own] @ theirs.centred.T).max(axis=0).astype(np.float64)
        named = np.asarray(mine.technologies[own].sum(axis=0), np.float64).ravel()
        shared = times_vector(theirs.technologies, named) / max(float(named.max()), 1.0)
        return theirs.best_by_owner(np.maximum(likeness, 0.0) + 0.2 * np.minimum(shared, 1.0))


def best(values: NDArray[Any], allowed: Mask, count: int) -> Ints:
    """Return the allowed rows of the greatest values above zero, at most `count`; ties go to the lesser row."""
    rows = np.flatnonzero((values > 0) & allowed)
    if len(rows) <= count:
        return rows
    found = values[rows]
    least = np.partition(found, -count)[-count]
    above, level = rows[found > least], rows[found == least]
    return np.concatenate((above, level[: count - len(above)]))
