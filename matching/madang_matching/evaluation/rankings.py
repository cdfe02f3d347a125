"""How well rankings find what was right: NDCG, recall, precision, reciprocal rank."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from madang_matching.sparse import Floats, Ints, Sparse, entries, row_counts, without_zeros

Ranking: TypeAlias = NDArray[np.integer]
"""Shape (q, k): candidate columns, best first, -1 where there are no more."""


def hits(ranked: Ranking, relevant: Sparse) -> NDArray[np.bool_]:
    """Return which places hold a right candidate, shape (q, k).

    Args:
        ranked: shape (q, k), columns of `relevant` or -1.
        relevant: shape (q, n), not zero where right.

    Raises: ValueError: another number of queries, a column that is not there, a candidate twice in one list.
    """
    _check(ranked, relevant)
    rows, columns, _ = entries(without_zeros(relevant))
    width = relevant.shape[1]
    keys = np.arange(len(ranked), dtype=np.int64)[:, None] * width + ranked
    return np.isin(keys, rows * width + columns) & (ranked >= 0)


def ndcg(ranked: Ranking, relevant: Sparse, k: int = 10) -> Floats:
    """Return the normalised discounted cumulative gain of the first k places, shape (q,), 0 to 1.

    Gains are 0 or 1, the discount of place i (from 1) is 1 / log2(i + 1), the ideal list holds min(k, number right)
    right candidates. NaN where nothing is right for a query: it cannot be said.

    Source: K. Järvelin, J. Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002.
    """
    right = _right(relevant)
    gain = 1.0 / np.log2(np.arange(2, k + 2))
    found = hits(ranked, relevant)[:, :k]
    ideal = np.concatenate(([0.0], np.cumsum(gain)))[np.minimum(right, k)]
    return _ratio((found * gain[: found.shape[1]]).sum(axis=1), ideal)


def recall(ranked: Ranking, relevant: Sparse, k: int) -> Floats:
    """Return the share of what is right that the first k places hold, shape (q,); NaN where nothing is right."""
    return _ratio(hits(ranked, relevant)[:, :k].sum(axis=1), _right(relevant))


def precision(ranked: Ranking, relevant: Sparse, k: int) -> Floats:
    """Return the share of k places that hold a right candidate, shape (q,); NaN where nothing is right.

    Empty places count as wrong.
    """
    found = hits(ranked, relevant)[:, :k].sum(axis=1)
    return np.where(_right(relevant) > 0, found / k, np.nan)


def reciprocal_rank(ranked: Ranking, relevant: Sparse, k: int = 100) -> Floats:
    """Return 1 / place of the first right candidate among the first k, else 0; shape (q,), NaN where nothing is right.

    Source: E. Voorhees, The TREC-8 question answering track report, 1999.
    """
    found = hits(ranked, relevant)[:, :k]
    if not found.shape[1]:
        return np.where(_right(relevant) > 0, 0.0, np.nan)
    values = np.where(found.any(axis=1), 1.0 / (found.argmax(axis=1) + 1), 0.0)
    return np.where(_right(relevant) > 0, values, np.nan)


def macro_recall(ranked: Ranking, relevant: Sparse, k: int) -> float:
    """Return the mean over candidates of the share of their queries whose first k places hold them, 0 to 1.

    Each candidate that is right for anyone counts once, so large ones do not decide; NaN where none is.
    """
    _check(ranked, relevant)
    rows, columns, _ = entries(without_zeros(relevant))
    if not len(rows):
        return float("nan")
    found = (ranked[rows, :k] == columns[:, None]).any(axis=1)
    wanted = np.bincount(columns)
    return float((np.bincount(columns, found)[wanted > 0] / wanted[wanted > 0]).mean())


def mean_known(values: Floats) -> float:
    """Return the mean of the values that are not NaN; NaN where there are none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _right(relevant: Sparse) -> Ints:
    return row_counts(without_zeros(relevant))


def _ratio(above: Ints | Floats, below: Ints | Floats) -> Floats:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0, dtype=np.float64)


def _check(ranked: Ranking, relevant: Sparse) -> None:
    if ranked.ndim != 2 or len(ranked) != relevant.shape[0]:
        raise ValueError(f"ranked has shape {ranked.shape}; expected ({relevant.shape[0]}, k).")
    if ranked.size and (ranked.min() < -1 or ranked.max() >= relevant.shape[1]):
        raise ValueError(f"ranked holds a column outside -1 to {relevant.shape[1] - 1}.")
    ordered = np.sort(ranked, axis=1)
    if ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any():
        raise ValueError("ranked holds a candidate twice in one list.")
