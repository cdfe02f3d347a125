"""How different the candidates of one list are from each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from madang_matching.evaluation.rankings import Ranking
from madang_matching.sparse import Floats, from_entries, squared_lengths


def list_distances(ranked: Ranking, vectors: Any, k: int) -> Floats:
    """Return the mean distance between two candidates of the same list, shape (q,), 0 (all alike) to 2.

    Distance is 1 - cosine; a candidate without a vector is at distance 1 from all. NaN for lists of fewer than two.

    Args:
        vectors: shape (n, d), dense or sparse, rows of length 1 or 0.
        k: places that count.

    Source: C.-N. Ziegler et al., Improving recommendation lists through topic diversification, WWW 2005, 3.2.
    """
    shown = ranked[:, :k]
    rows, places = np.nonzero(shown >= 0)
    columns = shown[rows, places]
    chosen = from_entries(rows.tolist(), columns.tolist(), np.ones(len(rows)).tolist(), (len(shown), vectors.shape[0]))
    counts = (shown >= 0).sum(axis=1).astype(np.float64)
    likeness = squared_lengths(chosen @ vectors) - chosen @ squared_lengths(vectors)
    pairs = counts * (counts - 1)
    return 1.0 - np.divide(likeness, pairs, out=np.full(len(shown), np.nan), where=pairs > 0)
