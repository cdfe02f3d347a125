"""One query against many vectors: exact, with a cheap upper bound first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from madang_matching.errors import VectorTableError
from madang_matching.nearest.exact import Nearest, Vectors, best_of, checked, rounding
from madang_matching.nearest.rotation import Query, Rotated, rotate
from madang_matching.nearest.threads import one_thread
from madang_matching.sparse import Ints

_FIRST_DEPTH = 32
_STEP = 64
_GATHER_COST = 3.0
"""Reading a row by itself takes about this much longer per value than reading all values of a coordinate in a run."""
_BLOCK = 64
_TRIALS = 8
_TRIAL_LIMITS = (20, 200)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Vectors prepared for exact searches by greatest inner product; made by `Index.of`.

    Holds the vectors and one turned copy: twice their memory. A search reads the leading coordinates of all rows, then
    whole rows only where the bound of Cauchy-Schwarz leaves a chance. Where the bound says little (vectors without any
    structure) it reads all coordinates, once, as a plain search does. Either way the answer is that of
    `exact.best_of` over all allowed rows. Safe to use from several threads.

    Source: the bound goes back to H. Samet's and others' partial distances; the order of coordinates is that of
    principal components, as in S. Gao et al., ADSampling, SIGMOD 2023, here without their probabilistic test.
    """

    vectors: Vectors
    """Shape (n, d)."""
    rotated: Rotated
    checks: tuple[tuple[int, ...], ...]
    """The depths at which a search looks whether few rows are left: for limits up to 20, and for greater ones."""

    @classmethod
    def of(cls, vectors: NDArray[Any]) -> Index:
        """Return the index of vectors of any length, zero rows included.

        Args: vectors: shape (n, d), finite; kept, not copied, where they are contiguous float32.
        Raises: VectorTableError: wrong shape, a NaN, an infinity.
        """
        table = checked(vectors, "vectors")
        dimensions = table.shape[1]
        depths = (*range(_FIRST_DEPTH, min(_STEP, dimensions), _STEP), *range(_STEP, dimensions, _STEP), dimensions)
        index = cls(table, rotate(table, depths), (depths[:-1], depths[:-1]))
        return replace(index, checks=tuple(index._worthwhile(limit) for limit in _TRIAL_LIMITS))

    def top(
        self,
        query: NDArray[Any],
        limit: int,
        allowed: NDArray[np.bool_] | None = None,
        excluded: Sequence[int] = (),
    ) -> Nearest:
        """Return the rows of the greatest inner products, best first; ties go to the lesser row.

        Args:
            query: shape (d,), finite.
            limit: at least 0; fewer are returned where fewer are allowed.
            allowed: shape (n,), true where a row may be returned; all where None.
            excluded: further rows that may not.

        Raises: VectorTableError: the query or the mask is of another length, or the query holds a NaN or an infinity.
        """
        vector = checked(np.asarray(query)[None, :], "query", self.vectors.shape[1])[0]
        barred = self._barred(allowed, excluded)
        if limit < 1:
            return best_of(vector, self.vectors, np.zeros(0, dtype=np.int64), 0)
        if not vector.any():
            rows = np.flatnonzero(~barred)[:limit].astype(np.int64)
        else:
            with one_thread():
                rows, _ = self._chances(self.rotated.query(vector), limit, barred)
        return best_of(vector, self.vectors, rows, limit)

    def _barred(self, allowed: NDArray[np.bool_] | None, excluded: Sequence[int]) -> NDArray[np.bool_]:
        count = len(self.vectors)
        if allowed is not None and (allowed.shape != (count,) or allowed.dtype != np.bool_):
            raise VectorTableError("mask", f"has shape {allowed.shape} of {allowed.dtype}; expected ({count},) of bool")
        barred = np.zeros(count, dtype=np.bool_) if allowed is None else ~allowed
        barred[list(excluded)] = True
        return barred

    def _chances(self, query: Query, limit: int, barred: NDArray[np.bool_]) -> tuple[Ints, int]:
        """Return rows among which the best are, ascending, and the depth that was read."""
        count, dimensions = self.vectors.shape
        slack = rounding(dimensions)
        few = count * _STEP / (_GATHER_COST * dimensions)
        sums = np.zeros(count, dtype=np.float32)
        sums[barred] = -np.inf
        least = -np.inf
        read = 0
        for depth in self.checks[0 if limit <= _TRIAL_LIMITS[0] else -1]:
            sums += query.turned[read:depth] @ self.rotated.coordinates[read:depth]
            read = depth
            least = max(least, self._reached(query, sums, limit))
            stage = self.rotated.depths.index(depth)
            left = _at_least(sums + query.rests[stage] * self.rotated.rests[stage], least - 2 * slack)
            if len(left) <= few:
                scores = self.vectors[left] @ query.scaled
                return _upper(left, scores, limit, slack), depth
        sums += query.turned[read:] @ self.rotated.coordinates[read:]
        if least == -np.inf:
            least = self._reached(query, sums, limit)
        left = _at_least(sums, least - 2 * slack)
        return _upper(left, sums[left], limit, slack), dimensions

    def _reached(self, query: Query, sums: Vectors, limit: int) -> float:
        """Return a scaled score, right up to the rounding, that `limit` allowed rows reach; -inf for too few rows."""
        rows = _promising(sums, limit)
        if len(rows) < limit:
            return -np.inf
        scores = self.vectors[rows] @ query.scaled
        return float(np.partition(scores, len(rows) - limit)[len(rows) - limit])

    def _worthwhile(self, limit: int) -> tuple[int, ...]:
        """Return the depths worth a look: from where the easier of a few rows, asked as queries, left few rows."""
        count, dimensions = self.vectors.shape
        barred = np.zeros(count, dtype=np.bool_)
        reached = sorted(
            self._chances(self.rotated.query(self.vectors[row]), limit, barred)[1]
            for row in range(0, count, max(1, count // _TRIALS))
            if self.vectors[row].any()
        )
        first = reached[len(reached) // 4] if reached else dimensions
        return tuple(depth for depth in self.checks[0] if depth >= first)


def _at_least(values: Vectors, least: float) -> Ints:
    """Return the rows whose value is at least so much; none of -inf."""
    lower = np.float32(max(least, -np.finfo(np.float32).max))
    return np.flatnonzero(values >= lower).astype(np.int64)


def _upper(rows: Ints, scores: Vectors, limit: int, slack: float) -> Ints:
    """Return the rows that a score known up to `slack` does not rule out."""
    if len(rows) <= limit:
        return rows
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    return rows[scores >= least - np.float32(2 * slack)]


def _promising(sums: Vectors, limit: int) -> Ints:
    """Return twice `limit` rows of great value that are not -inf, ascending; fewer where there are fewer.

    Of many rows it looks only into the blocks with the greatest values: good enough for a first threshold.
    """
    wanted = 2 * limit
    rows = np.arange(len(sums), dtype=np.int64)
    whole = len(sums) // _BLOCK
    if whole > 2 * wanted:
        tops = sums[: whole * _BLOCK].reshape(whole, _BLOCK).max(axis=1)
        blocks = np.argpartition(tops, whole - wanted)[whole - wanted :]
        rows = (blocks[:, None] * _BLOCK + np.arange(_BLOCK)).ravel()
    if len(rows) > wanted:
        rows = rows[np.argpartition(sums[rows], len(rows) - wanted)[len(rows) - wanted :]]
    return np.sort(rows[sums[rows] > -np.inf])
