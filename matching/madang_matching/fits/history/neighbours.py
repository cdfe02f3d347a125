"""Members whose texts are nearest to a text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from madang_matching.sparse import Floats, Ints

NEAREST = 30
"""Members whose programmes are counted."""

BEST = 3
"""Members of one programme whose mean likeness counts: one alone may be chance."""


def neighbour_shares(alike: NDArray[np.float32], table: Floats) -> Floats:
    """Return the share of each programme among the nearest members, by likeness, shape (q, p), 0 to 1.

    Args:
        alike: shape (q, n); -inf for a member that must not count.
        table: memberships, shape (n, p).
    """
    count = min(NEAREST, alike.shape[1])
    near = np.argsort(-alike, axis=1, kind="stable")[:, :count]
    weights = np.maximum(np.take_along_axis(alike, near, axis=1), 0.0).astype(np.float64)
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    return np.stack([row @ table[members] for row, members in zip(weights, near, strict=True)]) / total


def nearest_members(alike: NDArray[np.float32], table: Floats) -> Floats:
    """Return the mean likeness of the three nearest members of each programme, shape (q, p), 0 to 1."""
    means = np.zeros((len(alike), table.shape[1]))
    for column in range(table.shape[1]):
        members = np.flatnonzero(table[:, column])
        if len(members):
            own = alike[:, members]
            best = own if len(members) <= BEST else -np.partition(-own, BEST - 1, axis=1)[:, :BEST]
            means[:, column] = np.clip(best, 0.0, 1.0).sum(axis=1) / BEST
    return means


def nearest_of(alike: NDArray[np.float32], table: Floats, column: int) -> Ints:
    """Return the members of one programme, nearest first, for one text.

    Args: alike: shape (n,).
    """
    members = np.flatnonzero(table[:, column])
    return members[np.argsort(-alike[members], kind="stable")].astype(np.int64)
