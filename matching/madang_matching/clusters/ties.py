"""The ties among the members of a district."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from madang_matching.records import Project
from madang_matching.sparse import Sparse, from_entries, without_diagonal


def member_ties(projects: Iterable[Project], rows: Mapping[str, int]) -> Sparse:
    """Return shape (n, n), symmetric, zero diagonal: sum over joint projects of 1 / (size - 1).

    The size counts all who took part, members of the district or not.
    """
    places: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    count = 0
    for project in projects:
        members = sorted(set(project.members))
        known = [rows[member] for member in members if member in rows]
        if len(known) > 1:
            places += known
            columns += [count] * len(known)
            values += [(len(members) - 1) ** -0.5] * len(known)
            count += 1
    took_part = from_entries(places, columns, values, (len(rows), max(count, 1)))
    return without_diagonal(took_part @ took_part.T)


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
