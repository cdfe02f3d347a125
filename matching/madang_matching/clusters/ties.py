"""The ties among the members of a district."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from madang_matching.profiles.ties import ties_of
from madang_matching.records import Project
from madang_matching.sparse import Sparse


def member_ties(projects: Iterable[Project], rows: Mapping[str, int]) -> Sparse:
    """Return shape (n, n), symmetric: sum over joint projects of 1 / (size - 1); the size counts all who took part."""
    return ties_of(projects, rows, power=1.0)


def first_days(projects: Iterable[Project], rows: Mapping[str, int]) -> dict[tuple[int, int], str]:
    """Return when the earliest joint project of each tied pair began: (lesser row, greater row) to YYYY-MM-DD.

    Pairs whose projects have no date are missing.
    """
    found: dict[tuple[int, int], str] = {}
    for project in projects:
        if project.started_on is None:
            continue
        known = sorted({rows[member] for member in project.members if member in rows})
        for pair in itertools.combinations(known, 2):
            found[pair] = min(found.get(pair, project.started_on), project.started_on)
    return found
