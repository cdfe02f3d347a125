"""What a block of rows has found so far: a running threshold, and the pairs that may yet be among the best."""

from __future__ import annotations

import numpy as np

from madang_matching.nearest.exact import Vectors, pair_scores
from madang_matching.sparse import Floats, Ints

_GROUPS_PER_PLACE = 4
_FRESH_PER_ROW = 4
_PENDING_PER_ROW = 256
_LOWEST = np.float32(np.finfo(np.float32).min)


class Selection:
    """Takes float32 scores tile by tile and gives the exact best k of each row.

    A pair is kept where its score reaches the threshold of its row: the k-th greatest float32 score seen so far, less
    what rounding can hide. The comparison is one pass over a tile; all else touches only the pairs kept.
    """

    def __init__(self, left: Vectors, right: Vectors, limit: int, rounding: float) -> None:
        """Begin with nothing found.

        Args:
            left: shape (m, d). right: shape (n, d).
            limit: k, at least 1.
            rounding: greatest error of a float32 score.
        """
        self._left = left
        self._right = right
        self._limit = limit
        self._slack = np.float32(2 * rounding)
        self._best = np.full((len(left), limit), -np.inf, dtype=np.float32)
        self._threshold = np.full((len(left), 1), _LOWEST, dtype=np.float32)
        self._reaching = np.empty(0, dtype=np.bool_)
        self._kept: list[tuple[Ints, Ints, Vectors]] = []
        self._fresh: list[tuple[Ints, Vectors]] = []
        self._kept_count = 0
        self._fresh_count = 0

    def skip(self, rows: Ints) -> None:
        """Find nothing for some rows."""
        self._threshold[rows] = np.inf

    def add(self, scores: Vectors, first_column: int) -> None:
        """Look through a tile: shape (m, width), contiguous, -inf where a pair is excluded."""
        width = scores.shape[1]
        if not self._kept:
            self._seed(scores)
        if len(self._reaching) < scores.size:
            self._reaching = np.empty(scores.size, dtype=np.bool_)
        reaching = self._reaching[: scores.size].reshape(scores.shape)
        places = np.flatnonzero(np.greater_equal(scores, self._threshold, out=reaching))
        if not len(places):
            return
        rows = places // width
        found = scores.ravel()[places]
        self._kept.append((rows, places - rows * width + first_column, found))
        self._fresh.append((rows, found))
        self._kept_count += len(places)
        self._fresh_count += len(places)
        if self._fresh_count >= _FRESH_PER_ROW * len(scores):
            self._raise_threshold()
        if self._kept_count >= _PENDING_PER_ROW * len(scores):
            self._condense()

    def result(self) -> tuple[Ints, Floats]:
        """Return right rows and float64 scores, each of shape (m, k), best first; -1 and -inf where nothing stands."""
        self._raise_threshold()
        rows, columns, scores = self._exact()
        nearest = np.full((len(self._left), self._limit), -1, dtype=np.int64)
        values = np.full((len(self._left), self._limit), -np.inf)
        places = _place_in_row(rows)
        nearest[rows, places] = columns
        values[rows, places] = scores
        return nearest, values

    def _seed(self, scores: Vectors) -> None:
        """Give each row a first threshold: as many groups of columns have a greatest score as k-th best needs."""
        groups = _GROUPS_PER_PLACE * self._limit
        runs = scores.shape[1] // groups
        if runs < 2:
            return
        tops = scores[:, : runs * groups].reshape(len(scores), runs, groups).max(axis=1)
        tops.partition(groups - self._limit, axis=1)
        reached = tops[:, groups - self._limit, None] - self._slack
        np.maximum(self._threshold, reached, out=self._threshold)

    def _raise_threshold(self) -> None:
        if not self._fresh:
            return
        rows = np.concatenate([rows for rows, _ in self._fresh])
        scores = np.concatenate([scores for _, scores in self._fresh])
        order = np.argsort(rows, kind="stable")
        rows = rows[order]
        places = _place_in_row(rows)
        more = int(places.max()) + 1
        table = np.full((len(self._best), self._limit + more), -np.inf, dtype=np.float32)
        table[:, : self._limit] = self._best
        table[rows, self._limit + places] = scores[order]
        table.partition(more, axis=1)
        self._best = table[:, more:].copy()
        np.maximum(self._threshold, self._best[:, :1] - self._slack, out=self._threshold)
        self._fresh = []
        self._fresh_count = 0

    def _above(self) -> tuple[Ints, Ints, Vectors]:
        """Return the kept pairs that still reach the threshold of their row."""
        if not self._kept:
            nothing = np.zeros(0, dtype=np.int64)
            return nothing, nothing, np.zeros(0, dtype=np.float32)
        rows, columns, scores = (np.concatenate(parts) for parts in zip(*self._kept, strict=True))
        still = scores >= self._threshold[rows, 0]
        return rows[still], columns[still], scores[still]

    def _condense(self) -> None:
        """Keep fewer pairs: those above the threshold, and where that leaves many (equal scores), the exact best."""
        self._raise_threshold()
        rows, columns, scores = self._above()
        if len(rows) > _PENDING_PER_ROW * len(self._left) // 2:
            self._kept = [(rows, columns, scores)]
            rows, columns, _ = self._exact()
            scores = np.full(len(rows), np.inf, dtype=np.float32)
        self._kept = [(rows, columns, scores)]
        self._kept_count = len(rows)

    def _exact(self) -> tuple[Ints, Ints, Floats]:
        """Return the exact best k of each row among the pairs kept, sorted by row, then best first."""
        rows, columns, _ = self._above()
        scores = pair_scores(self._left, rows, self._right, columns)
        order = np.lexsort((columns, -scores, rows))
        rows = rows[order]
        first = _place_in_row(rows) < self._limit
        return rows[first], columns[order][first], scores[order][first]


def _place_in_row(rows: Ints) -> Ints:
    """Return the place of each entry within its row, from 0.

    Args: rows: ascending.
    """
    starts = np.searchsorted(rows, rows, side="left")
    return np.arange(len(rows), dtype=np.int64) - starts
