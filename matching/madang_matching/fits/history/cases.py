"""Training cases of history: members as if they were new, and members with one membership hidden."""

from __future__ import annotations

import numpy as np

from madang_matching.fits.history.evidence import ITEM_COLUMN, HistoryEvidence
from madang_matching.fits.history.listwise import Choices
from madang_matching.sparse import Floats, Ints

MOST_VALUES = 20_000_000
"""Feature values that are held at once; of more cases some are drawn by the seed."""

SMALL = 5.0
"""Members added to a programme's own before cases are weighted by its size."""


def new_cases(evidence: HistoryEvidence, texts: Floats, seed: int) -> Choices:
    """Return every member as if it were not known yet: its text, and what all others joined.

    Args: texts: `evidence.of_texts` of all members, shape (n, p, f).
    """
    fresh = evidence.weights_
    rows = _drawn(np.flatnonzero(fresh.any(axis=1)).astype(np.int64), texts, seed)
    chosen = fresh[rows]
    return Choices(
        texts[rows],
        chosen / chosen.sum(axis=1, keepdims=True),
        np.ones(chosen.shape, dtype=np.bool_),
        chosen.max(axis=1, initial=0.0),
    )


def known_cases(evidence: HistoryEvidence, texts: Floats, seed: int) -> Choices:
    """Return every membership of members with two or more, hidden once.

    Where beginnings are known only memberships that began before the hidden one are told. A member of k programmes
    counts for sqrt(k) cases in all, and a case less the larger its programme is (a large one is often the first that
    one joins, so it is rarely the next).
    """
    joined = evidence.joined_
    members, programmes = np.nonzero(joined.table * (joined.table.sum(axis=1, keepdims=True) > 1))
    told = joined.table[members]
    told[np.arange(len(members)), programmes] = 0.0
    if joined.dated:
        before = joined.years[members] <= joined.years[members, programmes][:, None]
        told *= before
    kept = _drawn(np.flatnonzero(told.any(axis=1)).astype(np.int64), texts, seed)
    members, programmes, told = members[kept], programmes[kept], told[kept]
    chosen = np.zeros(told.shape)
    chosen[np.arange(len(members)), programmes] = 1.0
    features = texts[members].copy()
    features[:, :, ITEM_COLUMN] = evidence.of_known(told, joined.table[members])
    sizes = joined.table.sum(axis=0)[programmes]
    counts = joined.table[members].sum(axis=1)
    weights = evidence.weights_[members, programmes] / np.sqrt(counts * (sizes + SMALL))
    return Choices(features, chosen, told == 0, weights)


def _drawn(rows: Ints, texts: Floats, seed: int) -> Ints:
    """Return as many rows as may be held, in order."""
    most = max(MOST_VALUES // max(texts.shape[1] * texts.shape[2], 1), 1)
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
