"""Variety within a list: a candidate much like one that stands above it gives way to one nearly as good."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from madang_matching.lists.pools import DIGITS, Pools
from madang_matching.sparse import Floats, Ints, Sparse, dense_rows

_BLOCK = 256


def variety_vectors(kinds: NDArray[Any], technologies: Sparse, kind_share: float = 0.3) -> NDArray[np.float32]:
    """Return what candidates are compared by, shape (n, kinds + t), float32.

    The product of two rows is `kind_share` for the same kind plus the rest times the cosine of their technologies.

    Args:
        kinds: shape (n,), names; empty: unknown, like no other.
        technologies: shape (n, t), rows of length 1 or 0.
    """
    names = np.unique(kinds[kinds != ""])
    same = (kinds[:, None] == names[None, :]).astype(np.float32) * np.float32(np.sqrt(kind_share))
    rest = np.asarray(technologies.toarray(), np.float32) * np.float32(np.sqrt(1 - kind_share))
    return np.concatenate([same, rest], axis=1)


def varied_order(pools: Pools, limit: int, vectors: Any, trade: float, prices: Floats | None = None) -> Ints:
    """Return the places in each pool of a varied list, shape (q, min(limit, m)), best first, -1 at the end.

    One after the other: the candidate with the greatest log-odds less price less `trade` times its greatest likeness to
    one already chosen. The first is the best one whatever the trade. Compared to nine digits; ties go to the lesser
    candidate. One list alone comes out as it does among others.

    Args:
        vectors: shape (n, d), dense or sparse; the product of two rows is their likeness, 0 to 1.
        trade: log-odds that a candidate equal to one above it loses, 0 or more; 0 gives `order`.

    Source: J. Carbonell, J. Goldstein, The use of MMR, SIGIR 1998, equation 2 (relevance in log-odds, not weighted).
    """
    values = pools.priced(prices)
    length = min(limit, values.shape[1])
    chosen = np.full((len(values), length), -1, np.int64)
    for start in range(0, len(values), _BLOCK):
        rows = slice(start, start + _BLOCK)
        chosen[rows] = _choose(values[rows], pools.candidates[rows], vectors, trade, length)
    return chosen


def _choose(values: Floats, candidates: Ints, vectors: Any, trade: float, length: int) -> Ints:
    """Choose the lists of one block of pools."""
    count, width = values.shape
    own = dense_rows(vectors, np.maximum(candidates, 0).ravel()).astype(np.float32).reshape(count, width, -1)
    left = values.copy()
    likeness = np.zeros(values.shape)
    chosen = np.full((count, length), -1, np.int64)
    numbers = np.where(candidates >= 0, candidates, np.iinfo(np.int64).max)
    for place in range(length):
        steps = np.rint((left - trade * likeness) * DIGITS)
        best = np.where(steps == steps.max(axis=1, keepdims=True), numbers, np.iinfo(np.int64).max).argmin(axis=1)
        filled = np.isfinite(left[np.arange(count), best])
        chosen[:, place] = np.where(filled, best, -1)
        picked = own[np.arange(count), best]
        likeness = np.maximum(likeness, np.einsum("bmd,bd->bm", own, picked).astype(np.float64))
        left[np.arange(count), best] = -np.inf
    return chosen
