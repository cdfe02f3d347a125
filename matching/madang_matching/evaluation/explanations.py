"""Whether reasons are true of the score: they add up to it, and what they name matters."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from madang_matching.sparse import Floats, Ints

TOLERANCE = 1e-6


class Removals(NamedTuple):
    """What taking facts away did to scores."""

    cases: int
    """Suggestions with at least two reasons."""
    lowered: int
    """Of these: taking the fact of the top reason away lowered the score."""
    greater: int
    """Of these: it lowered it more than taking the fact of another reason, drawn at random."""


def add_up(
    intercept: float, contributions: Floats, probabilities: Floats, tolerance: float = TOLERANCE
) -> NDArray[np.bool_]:
    """Return whether intercept and contributions give the log-odds of the shown probability, shape (m,).

    Args:
        contributions: shape (m, f), log-odds.
        probabilities: shape (m,), between 0 and 1, both excluded: 0 and 1 have no log-odds and give False.
    """
    shown = np.asarray(probabilities, np.float64)
    inside = (shown > 0) & (shown < 1)
    safe = np.where(inside, shown, 0.5)
    difference = intercept + np.asarray(contributions, np.float64).sum(axis=1) - (np.log(safe) - np.log1p(-safe))
    return inside & (np.abs(difference) <= tolerance)


def top_and_other(contributions: Floats, seed: int = 0) -> tuple[Ints, Ints]:
    """Return the column of the heaviest contribution and of another one above zero, drawn at random; shape (m,) each.

    Both are -1 where fewer than two contributions are above zero. Ties for the heaviest go to the lesser column.
    """
    values = np.asarray(contributions, np.float64)
    enough = (values > 0).sum(axis=1) >= 2
    top = values.argmax(axis=1)
    lots = np.where(values > 0, np.random.default_rng(seed).random(values.shape), -1.0)
    lots[np.arange(len(values)), top] = -1.0
    return np.where(enough, top, -1).astype(np.int64), np.where(enough, lots.argmax(axis=1), -1).astype(np.int64)


def count_removals(before: ArrayLike, without_top: ArrayLike, without_other: ArrayLike) -> Removals:
    """Count what happened to scores when a fact was taken out of the records and the pair scored anew.

    Args:
        before: shape (m,), log-odds of each suggestion.
        without_top: shape (m,), after the fact of its top reason was taken away; NaN: it had fewer than two reasons.
        without_other: shape (m,), after the fact of the other one was.
    """
    was, top, other = (np.asarray(values, np.float64) for values in (before, without_top, without_other))
    known = ~(np.isnan(top) | np.isnan(other))
    return Removals(int(known.sum()), int((top < was)[known].sum()), int((top < other)[known].sum()))
