"""The candidates that many lists are chosen from, and the order in which one is read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from madang_matching.sparse import Floats, Ints

DIGITS = 1e9
"""Log-odds are compared to nine digits: beyond, sums differ by the order of adding."""


@dataclass(frozen=True, slots=True, eq=False)
class Pools:
    """q pools of at most m candidates each, deeper than the lists that are made from them."""

    candidates: Ints
    """Shape (q, m), numbers of candidates, each once in a pool; -1: empty place."""
    log_odds: Floats
    """Shape (q, m), of the calibrated score; not read at empty places."""

    def __post_init__(self) -> None:
        """Raises: ValueError: shapes that differ or are not two-dimensional, a score that is not finite."""
        if self.candidates.ndim != 2 or self.candidates.shape != self.log_odds.shape:
            raise ValueError(f"Shapes {self.candidates.shape} and {self.log_odds.shape}; expected (q, m) for both.")
        if not np.isfinite(self.log_odds[self.candidates >= 0]).all():
            raise ValueError("log_odds must be finite where there is a candidate.")

    def priced(self, prices: Floats | None) -> Floats:
        """Return the log-odds less the price of each candidate, shape (q, m); -inf at empty places."""
        less = 0.0 if prices is None else np.append(prices, 0.0)[self.candidates]
        return np.where(self.candidates >= 0, self.log_odds - less, -np.inf)

    def at(self, places: Ints) -> Ints:
        """Return the candidates at places of the pools, shape as `places` (q, k); -1 stays -1."""
        found = np.take_along_axis(self.candidates, np.maximum(places, 0), axis=1)
        return np.where(places >= 0, found, -1)


def order(pools: Pools, limit: int, prices: Floats | None = None) -> Ints:
    """Return the places in each pool of the best candidates, shape (q, min(limit, m)), best first, -1 at the end.

    By log-odds less price, compared to nine digits; ties go to the lesser candidate. One list alone comes out as it
    does among others.
    """
    values = pools.priced(prices)
    steps = np.rint(values * DIGITS)
    places = np.lexsort((pools.candidates, -steps), axis=1)[:, :limit]
    filled = np.isfinite(np.take_along_axis(values, places, axis=1))
    return np.where(filled, places, -1)
