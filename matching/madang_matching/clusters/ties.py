"""The ties among the members of a district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from madang_matching.profiles.ties import ties_of
from madang_matching.records import Project
from madang_matching.sparse import Sparse


def member_ties(projects: Iterable[Project], rows: Mapping[str, int]) -> Sparse:
    """Return shape (n, n), symmetric: sum over joint projects of 1 / (size - 1); the size counts all who took part."""
    return ties_of(projects, rows, power=1.0)
