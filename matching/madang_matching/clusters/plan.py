"""Where each community stands while all are closed: on staggered places of one frame, tied ones near each other."""

from __future__ import annotations

import math

import numpy as np

from madang_matching.sparse import Floats, Ints

DRAWN_AT_MOST = 24
"""More squares with their names find no room on one screen; the rest are in the table."""

LEAST_DRAWN = 3
"""Smaller communities are drawn only where none is larger."""

TURNS = 2_500
"""Exchanges tried; the gain is spent long before, on 24 communities."""

FRAME = 1.3
"""Width by height of the frame."""


def drawn(sizes: Ints, untied: int | None) -> list[int]:
    """Return the numbers of the communities that are drawn, largest first.

    Args:
        sizes: shape (k,), organisations of each community.
        untied: number of the community of those without ties, which is never drawn.
    """
    tied = [number for number in range(len(sizes)) if number != untied]
    large = [number for number in tied if sizes[number] >= LEAST_DRAWN]
    return (large or tied)[:DRAWN_AT_MOST]


def plan(between: Ints, seed: int = 0) -> Floats:
    """Return places, shape (k, 2), -1 to 1 in both directions, no two on the same.

    Places are found by exchanges that shorten ties, and keep them from crossing each other and from passing under a
    community that is not theirs. The same input and seed give the same places.

    Args: between: shape (k, k), symmetric, ties between communities.
    Source: S. Kirkpatrick et al., Optimization by simulated annealing, Science 220, 1983.
    """
    count: int = between.shape[0]
    if count < 2:
        return np.zeros((count, 2))
    cells = _cells(count)
    one, other = np.nonzero(np.triu(between, 1))
    weights: Floats = np.log1p(between[one, other])
    cost = _Cost(cells, one, other, weights, np.flatnonzero(between.sum(axis=1) == 0))
    chance = np.random.default_rng(seed)
    standing: Ints = chance.permutation(np.arange(len(cells), dtype=np.int64))
    best, best_cost = standing.copy(), cost.of(standing[:count])
    present: float = best_cost
    for turn in range(TURNS):
        moved, into = int(chance.integers(count)), int(chance.integers(len(cells)))
        tried = standing.copy()
        tried[moved], tried[into] = standing[into], standing[moved]
        price: float = cost.of(tried[:count])
        warmth = 0.6 * (1 - turn / TURNS) ** 2
        if price <= present or chance.random() < math.exp(-(price - present) / max(warmth, 1e-9)):
            standing, present = tried, price
            if present < best_cost - 1e-9:
                best, best_cost = standing.copy(), present
    return _framed(cells[best[:count]])


def _cells(count: int) -> Floats:
    """Return the places to choose from, shape (n, 2): every second row shifted, a quarter more than needed."""
    wanted = count + max(1, count // 4)
    columns = max(2, math.ceil(math.sqrt(wanted * FRAME * 0.9)))
    rows = math.ceil(wanted / columns)
    return np.array(
        [(column + (0.5 if row % 2 else 0.0), row * 0.95) for row in range(rows) for column in range(columns)]
    )


def _framed(places: Floats) -> Floats:
    low, high = places.min(axis=0), places.max(axis=0)
    half = np.maximum((high - low) / 2, 1e-9)
    framed: Floats = (places - (low + high) / 2) / half
    return np.round(framed, 4)


class _Cost:
    """What an arrangement costs: longer ties, crossings, ties that pass under others, loners in the middle."""

    def __init__(self, cells: Floats, one: Ints, other: Ints, weights: Floats, alone: Ints) -> None:
        self._cells = cells
        self._one, self._other, self._weights = one, other, weights
        self._outwards = np.linalg.norm(cells - cells.mean(axis=0), axis=1)
        self._alone = alone
        shared = (one[:, None] == one) | (one[:, None] == other) | (other[:, None] == one) | (other[:, None] == other)
        self._apart = np.triu(~shared, 1)

    def of(self, standing: Ints) -> float:
        """Return the cost of community i standing on cell `standing[i]`."""
        places = self._cells[standing]
        start, end = places[self._one], places[self._other]
        along = end - start
        length = np.linalg.norm(along, axis=1)
        total = float((length * self._weights).sum()) - 0.3 * float(self._outwards[standing[self._alone]].sum())
        side = _turn(along[:, None], places[self._one][None] - start[:, None])
        far = _turn(along[:, None], places[self._other][None] - start[:, None])
        crossed = (side * far < 0) & (side * far < 0).T & self._apart
        return total + 0.35 * float(crossed.sum()) + 1.5 * self._under(places, start, along, length)

    def _under(self, places: Floats, start: Floats, along: Floats, length: Floats) -> float:
        """Return how many communities stand on a tie of others."""
        to = places[None] - start[:, None]
        share = np.clip((to * along[:, None]).sum(axis=2) / (length**2)[:, None], 0, 1)
        gap = np.linalg.norm(to - share[..., None] * along[:, None], axis=2)
        gap[np.arange(len(length)), self._one] = gap[np.arange(len(length)), self._other] = 1.0
        return float((gap < 0.33).sum())


def _turn(one: Floats, other: Floats) -> Floats:
    return one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
