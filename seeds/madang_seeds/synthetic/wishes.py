"""Whom each member of the synthetic district would choose if it knew everything: the planted preferences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from madang_seeds.synthetic.members import Member
from madang_seeds.synthetic.topics import all_topics

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIELD, SAME_COMMUNITY, SIZE, AGE, PLACE, APPEAL, NOISE = 4.0, 0.3, 1.0, 0.8, 1.2, 0.6, 0.5
"""What counts for a chooser: a partner that supplies what it lacks (a topic of the same community: that share of it),
of the wanted size and age, near where that matters, liked by all; and taste that nothing explains."""

NEAR_KM = 12.0
_KM_PER_DEGREE = 111.2
_LATITUDE = 37.55
_ROWS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """Choices of n members."""

    best: Ints
    """Shape (n, k): whom each would choose, best first."""
    asked: Ints
    """Shape (n, a): whom each did ask, drawn from those it likes, not knowing what they think of it."""

    def chooses(self, number: int) -> frozenset[int]:
        return frozenset(self.best[number].tolist())


def choices_per_member(count: int) -> int:
    """Return k: one in forty of the others, at least 12, at most all."""
    return min(max(12, count // 40), max(count - 1, 0))


def draw_wishes(members: Sequence[Member], seed: int, asks: int = 4) -> Wishes:
    """Return the wishes of all; the work grows with the square of their number."""
    k = choices_per_member(len(members))
    best, asked = [], []
    for values in _utilities(members, seed):
        order = np.argsort(-values, axis=1, kind="stable")
        best.append(order[:, :k])
        start = sum(map(len, best)) - len(values)
        asked.extend(_ask(values[row], order[row], seed, start + row, k, asks) for row in range(len(values)))
    return Wishes(np.concatenate(best), np.stack(asked))


def _ask(values: Floats, order: Ints, seed: int, number: int, k: int, asks: int) -> Ints:
    """Draw whom a member asks: among its best 2k, the more it likes one the likelier (Gumbel's trick)."""
    chance = np.random.default_rng([seed, 2, number])
    pool = order[: min(2 * k, len(values) - 1)]
    lots = values[pool] + chance.gumbel(size=len(pool))
    return pool[np.argsort(-lots, kind="stable")[: min(asks, len(pool))]]


def _utilities(members: Sequence[Member], seed: int) -> Iterator[Floats]:
    """Yield what every member is worth to some choosers, shape (rows, n), -inf for itself."""
    count, topics = len(members), all_topics()
    lacks, supplies = np.zeros((count, len(topics))), np.zeros((count, len(topics)))
    for each in members:
        lacks[each.number, each.lacks] = 1
        supplies[each.number, each.supplies] = 1
    names = sorted({each.community for each in topics})
    belongs = np.array([[each.community == name for name in names] for each in topics], float)
    broad_lacks, broad_supplies = lacks @ belongs, supplies @ belongs
    traits = _Traits.of(members)
    for start in range(0, count, _ROWS):
        rows = np.arange(start, min(start + _ROWS, count))
        exact = np.minimum(lacks[rows] @ supplies.T, 1.0)
        broad = np.minimum(broad_lacks[rows] @ broad_supplies.T, 1.0) * SAME_COMMUNITY
        values = FIELD * np.maximum(exact, broad) + traits.worth(rows) + APPEAL * traits.appeal
        for place, row in enumerate(rows.tolist()):
            values[place] += NOISE * np.random.default_rng([seed, 1, row]).normal(size=count)
            values[place, row] = -np.inf
        yield values


@dataclass(frozen=True, slots=True, eq=False)
class _Traits:
    """What is liked about partners beside their field."""

    small: NDArray[np.bool_]
    young: NDArray[np.bool_]
    places: Floats
    appeal: Floats
    wants: Floats
    """Shape (n, 3): small, young, near; 1 wanted, -1 the opposite wanted, 0 no matter."""

    @classmethod
    def of(cls, members: Sequence[Member]) -> _Traits:
        signs = {True: 1.0, False: -1.0, None: 0.0}
        return cls(
            np.array([each.is_small for each in members]),
            np.array([each.is_young for each in members]),
            np.array([each.place for each in members]),
            np.array([each.appeal for each in members]),
            np.array([(signs[e.wants_small], signs[e.wants_young], float(e.wants_near)) for e in members]),
        )

    def worth(self, rows: Ints) -> Floats:
        size = np.maximum(self.wants[rows, :1] * np.where(self.small, 1.0, -1.0), 0.0)
        age = np.maximum(self.wants[rows, 1:2] * np.where(self.young, 1.0, -1.0), 0.0)
        apart = self.places[rows, None, :] - self.places[None, :, :]
        apart = apart * (_KM_PER_DEGREE * np.cos(np.radians(_LATITUDE)), _KM_PER_DEGREE)
        near = np.clip(1 - np.sqrt((apart**2).sum(axis=2)) / NEAR_KM, 0.0, 1.0)
        return SIZE * size + AGE * age + PLACE * self.wants[rows, 2:] * near
