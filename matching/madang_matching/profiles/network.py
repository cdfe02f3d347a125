"""The network of joint projects, as known on one day: what graph features read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from madang_matching.eligibility.dates import day_of
from madang_matching.records import Project
from madang_matching.sparse import (
    Floats,
    Sparse,
    from_entries,
    left_factors,
    ones,
    row_counts,
    scaled_columns,
    times_vector,
    unit_rows,
    without_diagonal,
)

HALF_LIFE_YEARS = 2.0
"""After so many years a joint project says half as much of who works with whom now."""

RANK = 64
"""Factors of the participation matrix; from 32 to 128 validation moves little."""


@dataclass(frozen=True, eq=False)
class Network:
    """n organisations, a projects, s subjects. Rows of those who are left out are empty."""

    day: str
    """YYYY-MM-DD, the day as of which it is known."""
    took_part: Sparse
    """Shape (n, a), 1 for a member."""
    sizes: Floats
    """Shape (a,), members of each project, those unknown here included."""
    ages: Floats
    """Shape (a,), years from the start of each project to the day of the network; 0 where the start is not known."""
    about: Sparse
    """Shape (a, s), 1 where the project is about the subject."""
    subject_names: tuple[str, ...]
    """What the s subjects are called: ids of technologies, or labels of the source."""

    @cached_property
    def linked(self) -> Sparse:
        """Shape (n, n), symmetric: 1 where two have worked together."""
        return ones(self._joined(np.ones_like(self.sizes)))

    @cached_property
    def ties(self) -> Sparse:
        """Shape (n, n), symmetric: sum over joint projects of (size - 1) ** -0.5."""
        return self._joined(self._closeness)

    @cached_property
    def recent(self) -> Sparse:
        """Shape (n, n), symmetric: `ties` halved for every two years of age."""
        return self._joined(self._closeness * self._freshness)

    @cached_property
    def partners(self) -> Floats:
        """Shape (n,), how many different partners each has had."""
        return row_counts(self.linked).astype(np.float64)

    @cached_property
    def activity(self) -> Floats:
        """Shape (n,), projects of each, halved for every two years of age."""
        return times_vector(self.took_part, self._freshness)

    @cached_property
    def subjects(self) -> Sparse:
        """Shape (n, s): what the projects of each were about, recent ones first, rows of length 1."""
        return unit_rows(scaled_columns(self.took_part, self._freshness) @ self.about)

    @cached_property
    def factors(self) -> Floats:
        """Shape (n, at most 64): low-rank factors of who took part in what, small projects counting more.

        Two whose rows point the same way move in the same circles, with or without a common partner. Deterministic.

        Source: P. Cremonesi, Y. Koren, R. Turrin, Performance of recommender algorithms on top-N recommendation tasks,
        RecSys 2010 (PureSVD); N. Halko, P. Martinsson, J. Tropp, Finding structure with randomness, 2011.
        """
        rank = min(RANK, min(self.took_part.shape) - 1)
        if rank < 1 or not self.took_part.nnz:
            return np.zeros((self.took_part.shape[0], 1))
        return left_factors(scaled_columns(self.took_part, np.sqrt(self._closeness)), rank)

    @cached_property
    def directions(self) -> Floats:
        """`factors` with rows of length 1, or 0."""
        lengths = np.linalg.norm(self.factors, axis=1, keepdims=True)
        return np.divide(self.factors, lengths, out=np.zeros_like(self.factors), where=lengths > 1e-9)

    @cached_property
    def _closeness(self) -> Floats:
        return np.maximum(self.sizes - 1, 1) ** -0.5

    @cached_property
    def _freshness(self) -> Floats:
        return 0.5 ** (self.ages / HALF_LIFE_YEARS)

    def _joined(self, weights: Floats) -> Sparse:
        half = scaled_columns(self.took_part, np.sqrt(weights))
        return without_diagonal(half @ half.T)


def network_of(
    projects: Iterable[Project], rows: Mapping[str, int], on: str, left_out: Collection[int] = ()
) -> Network:
    """Return the network as known on a day: projects that had begun, and those without a date.

    Args:
        rows: row of each organisation.
        on: YYYY-MM-DD; later projects do not exist yet.
        left_out: rows that get no ties.
    """
    known = [each for each in projects if not each.started_on or each.started_on <= on]
    subjects = {name: index for index, name in enumerate(sorted({name for each in known for name in each.subjects}))}
    members = [
        (rows[member], column)
        for column, project in enumerate(known)
        for member in sorted(set(project.members))
        if member in rows and rows[member] not in left_out
    ]
    topics = [(row, subjects[name]) for row, project in enumerate(known) for name in sorted(set(project.subjects))]
    today = first_day(on)
    starts = [first_day(project.started_on) for project in known]
    return Network(
        on,
        _entries(members, (len(rows), len(known))),
        np.array([len(set(project.members)) for project in known], dtype=np.float64),
        np.array([(today - day).days / 365.25 if day and today else 0.0 for day in starts], dtype=np.float64),
        _entries(topics, (len(known), len(subjects))),
        tuple(subjects),
    )


def first_day(text: str | None) -> date | None:
    """Read YYYY-MM-DD, YYYY-MM or YYYY as its first day; None when missing or not a date."""
    return day_of(f"{text}-01-01"[:10] if text and len(text) in (4, 7) else text)


def _entries(places: list[tuple[int, int]], shape: tuple[int, int]) -> Sparse:
    first, second = [each[0] for each in places], [each[1] for each in places]
    return from_entries(first, second, [1.0] * len(places), shape)
