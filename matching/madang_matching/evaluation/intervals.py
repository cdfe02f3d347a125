"""Bootstrap intervals of means over queries."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from madang_matching.sparse import Floats

DRAWS = 5_000
_BLOCK = 500


class Interval(NamedTuple):
    """A mean with the 2.5 % and 97.5 % points of its bootstrap distribution."""

    mean: float
    low: float
    high: float
    cases: int

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def mean_interval(values: ArrayLike, draws: int = DRAWS, seed: int = 0) -> Interval:
    """Return the mean of the values and its interval over resampled queries; NaN values are left out.

    Args:    values: shape (q,), one per query; at least one that is not NaN.
    Raises:  ValueError: no value is known.
    Source:  B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13 (percentile interval).
    """
    given = np.asarray(values, np.float64)
    known = given[~np.isnan(given)]
    if given.ndim != 1 or not len(known):
        raise ValueError("values must have shape (q,) and hold one that is known.")
    low, high = np.percentile(_means(known, draws, seed), [2.5, 97.5])
    return Interval(float(known.mean()), float(low), float(high), len(known))


def paired_interval(ours: ArrayLike, theirs: ArrayLike, draws: int = DRAWS, seed: int = 0) -> Interval:
    """Return the mean of ours - theirs over the same queries and its interval; both must know a query for it to count.

    Args:    ours, theirs: shape (q,), for example `ndcg` of two rankings.
    Raises:  ValueError: shapes that differ, no query that both know.
    """
    first, second = np.asarray(ours, np.float64), np.asarray(theirs, np.float64)
    if first.shape != second.shape:
        raise ValueError(f"Shapes {first.shape} and {second.shape} differ; both must be about the same queries.")
    return mean_interval(first - second, draws, seed)


def _means(values: Floats, draws: int, seed: int) -> Floats:
    """Return the mean of each resample, shape (draws,); drawn in blocks to spare memory."""
    chance = np.random.default_rng(seed)
    count = len(values)
    shares = np.full(count, 1 / count)
    blocks = [
        chance.multinomial(count, shares, size=min(_BLOCK, draws - start)) @ values / count
        for start in range(0, draws, _BLOCK)
    ]
    return np.concatenate(blocks)
