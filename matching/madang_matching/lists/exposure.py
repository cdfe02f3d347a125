"""Who may be shown how often: prices that keep a few star candidates from filling every list.

A price is an amount of log-odds that a candidate must be better by to stand on a list. It orders lists; the score that
is shown stays the calibrated one, because a pair is no less likely to work for the candidate being popular. Prices are
an array that is saved with the version of the lists, so that one organisation's list made later, alone, is ordered by
the same prices and does not depend on who else asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from madang_matching.evaluation.exposures import exposures, gini, top_share
from madang_matching.lists.pools import Pools, order
from madang_matching.scoring.weights import logistic
from madang_matching.sparse import Floats, Ints

STRENGTHS = (1.6, 1.13, 0.8, 0.57, 0.4, 0.28, 0.2, 0.14, 0.1, 0.07, 0.05)
"""Strengths that are tried, strongest first, each about the one before over the root of 2."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """How strongly crowding costs."""

    strength: float = 0.3
    """Price of a candidate on s times the mean number of lists is strength · log(1 + s), log-odds; 0: no prices."""
    places: int = 10
    """Length of the lists that count."""
    rounds: int = 60


class ExposureReport(NamedTuple):
    """What prices did."""

    gini_before: float
    gini_after: float
    """Gini index of the number of lists per candidate, all candidates counted."""
    top_before: float
    top_after: float
    """Share of all places that the most shown candidate takes."""
    kept: float
    """Discounted sum of the shown probabilities, after divided by before: what the model itself thinks is kept."""


def fit_prices(pools: Pools, candidates: int, evenness: Evenness | None = None) -> Floats:
    """Return a price for each candidate, shape (candidates,), 0 or more; 0 for who stands on no list.

    The lists maximise the sum of log-odds on them less a cost that grows with crowding, whose derivative is the price.
    That is a concave problem; each round makes all lists at the present prices and moves the mean exposure towards
    theirs by 2 / (round + 2). No chance is involved and the order of the lists does not matter.

    Source: M. Beckmann et al., Studies in the economics of transportation, 1956 (congestion prices); M. Frank,
    P. Wolfe, An algorithm for quadratic programming, 1956.
    """
    evenness = evenness or Evenness()
    shown = np.zeros(candidates)
    for number in range(evenness.rounds):
        step = 2.0 / (number + 2)
        shown = (1 - step) * shown + step * _exposure(pools, _prices(shown, evenness.strength), evenness.places)
    return _prices(shown, evenness.strength)


def fit_prices_within(
    pools: Pools, candidates: int, most_lost: float = 0.02, places: int = 10
) -> tuple[Floats, Evenness]:
    """Return the strongest prices that cost no more than `most_lost` in the model's own eyes, and how strong they are.

    `ExposureReport.kept` must stay at 1 - `most_lost` or above; where the weakest of `STRENGTHS` costs more, all prices
    are 0.
    """
    for strength in STRENGTHS:
        tried = Evenness(strength, places)
        prices = fit_prices(pools, candidates, tried)
        if exposure_report(pools, prices, places).kept >= 1 - most_lost:
            return prices, tried
    return np.zeros(candidates), Evenness(0.0, places)


def exposure_report(pools: Pools, prices: Floats, places: int = 10) -> ExposureReport:
    """Compare the lists with and without prices; every list of the batch counts once."""
    before, after = (order(pools, places, each) for each in (None, prices))
    shown_before, shown_after = (exposures(pools.at(each), len(prices), places) for each in (before, after))
    gained = _gain(pools, before)
    return ExposureReport(
        gini(shown_before),
        gini(shown_after),
        top_share(shown_before),
        top_share(shown_after),
        _gain(pools, after) / gained if gained > 0 else 1.0,
    )


def _prices(shown: Floats, strength: float) -> Floats:
    mean = float(shown.mean()) if len(shown) else 0.0
    return strength * np.log1p(shown / mean) if mean > 0 else np.zeros(len(shown))


def _exposure(pools: Pools, prices: Floats, places: int) -> Floats:
    """Return on how many lists each candidate stands, shape (n,); those equal at the end of a list share its places."""
    values = pools.priced(prices)
    width = values.shape[1]
    filled = np.isfinite(values)
    if width <= places:
        shares = filled.astype(np.float64)
    else:
        last = np.partition(values, width - places, axis=1)[:, [width - places]]
        above, level = values > last, values == last
        left = places - above.sum(axis=1, keepdims=True)
        shares = np.where(filled, above + level * (left / level.sum(axis=1, keepdims=True)), 0.0)
    return np.bincount(pools.candidates[filled], shares[filled], len(prices)).astype(np.float64)


def _gain(pools: Pools, places: Ints) -> float:
    """Return the sum of probabilities at the places, each divided by log2(rank + 1)."""
    ranks = np.arange(1, places.shape[1] + 1, dtype=np.float64)
    chosen = np.take_along_axis(pools.log_odds, np.maximum(places, 0), axis=1)
    shown = np.where(places >= 0, logistic(chosen), 0.0)
    return float((shown / np.log2(ranks + 1)).sum())
