"""Who may be shown how often: prices that keep a few star candidates from filling every list.

A price is an amount of log-odds that a candidate must be better by to stand on a list. It orders lists; the score that
is shown stays the calibrated one, because a pair is no less likely to work for the candidate being popular. Prices are
an array that is saved with the version of the lists, so that one organisation's list made later, alone, is ordered by
the same prices and does not depend on who else asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madang_matching.evaluation.exposures import exposures, gini, top_share
from madang_matching.lists.pools import Pools, order
from madang_matching.scoring.weights import logistic
from madang_matching.sparse import Floats, Ints

_BEYOND = 1e-6
"""So much more than equality, log-odds, that rounding does not bring a candidate back."""


_LOOSER = (16.0, 11.3, 8.0, 5.7, 4.0, 2.8, 2.0, 1.4, 1.0)
"""Factors of the limit that are tried, each about the next one times the root of 2."""


@dataclass(frozen=True, slots=True)
class ExposureLimit:
    """How often one candidate may appear."""

    times_mean: float = 3.0
    """At most so many times the mean number of lists per candidate; at least 1. Lower is more even."""
    places: int = 10
    """Length of the lists that count."""
    ceiling: float = 2.0
    """No price is higher, log-odds: nobody is pushed behind candidates that are much worse."""
    step: float = 0.02
    """Least rise of a price, log-odds; it ends the race of two that are equally good."""
    rounds: int = 200


class ExposureReport(NamedTuple):
    """What prices did."""

    gini_before: float
    gini_after: float
    """Gini index of the number of lists per candidate, all candidates counted."""
    top_before: float
    top_after: float
    """Share of all places that the most shown candidate takes."""
    kept: float
    """Discounted sum of the shown probabilities, after divided by before: what the model itself thinks is lost."""
    cap: int
    """Lists that one candidate may be on."""
    priced: int
    """Candidates with a price above zero."""


def fit_prices(pools: Pools, candidates: int, limit: ExposureLimit) -> Floats:
    """Return a price for each candidate, shape (candidates,), 0 to `limit.ceiling`; 0 for most.

    Every candidate that stands on more lists than allowed gets the price at which, were the other prices to stay, it
    would stand on just so many; all at once, until none does. Prices start at 0 and only rise, and a rise of one makes
    no other superfluous, so they come to rest near the least ones that keep the limit (within `limit.step`). No chance
    is involved and the order of the lists does not matter.

    Source: G. Demange, D. Gale, M. Sotomayor, Multi-item auctions, 1986 (ascending prices); D. Bertsekas, auction
    algorithms, 1988 (least step).
    """
    prices = np.zeros(candidates)
    cap = exposure_cap(pools, candidates, limit)
    entries = np.flatnonzero(pools.candidates.ravel() >= 0)
    columns = pools.candidates.ravel()[entries]
    for _ in range(limit.rounds):
        margins = _margins(pools, prices, limit.places).ravel()[entries]
        on_lists = np.bincount(columns[margins > 0], minlength=candidates)
        movable = np.bincount(columns[(margins > 0) & np.isfinite(margins)], minlength=candidates)
        over = (on_lists > cap) & (movable > 0) & (prices < limit.ceiling)
        if not over.any():
            break
        prices = np.minimum(_raised(prices, columns, margins, over, cap, limit.step), limit.ceiling)
    return prices


def fit_prices_within(
    pools: Pools, candidates: int, limit: ExposureLimit, most_lost: float = 0.02
) -> tuple[Floats, ExposureLimit]:
    """Return the prices of the most even limit that the model itself thinks costs no more than `most_lost`.

    Tried from the loosest to `limit`; `ExposureReport.kept` must stay at 1 - `most_lost` or above. Where even the
    loosest costs more, all prices are 0.

    Returns: prices as of `fit_prices`, and the limit that they keep.
    """
    prices, kept = np.zeros(candidates), replace(limit, times_mean=float("inf"))
    for factor in _LOOSER:
        tried = replace(limit, times_mean=limit.times_mean * factor)
        found = fit_prices(pools, candidates, tried)
        if exposure_report(pools, found, tried).kept < 1 - most_lost:
            break
        prices, kept = found, tried
    return prices, kept


def exposure_cap(pools: Pools, candidates: int, limit: ExposureLimit) -> int:
    """Return on how many lists one candidate may be: `times_mean` times the mean, rounded up, 1 to all of them."""
    places = int(np.minimum((pools.candidates >= 0).sum(axis=1), limit.places).sum())
    return max(int(min(np.ceil(limit.times_mean * places / max(candidates, 1)), len(pools.candidates))), 1)


def exposure_report(pools: Pools, prices: Floats, limit: ExposureLimit) -> ExposureReport:
    """Compare the lists with and without prices; every list of the batch counts once."""
    before, after = (order(pools, limit.places, each) for each in (None, prices))
    shown_before, shown_after = (exposures(pools.at(places), len(prices), limit.places) for places in (before, after))
    return ExposureReport(
        gini(shown_before),
        gini(shown_after),
        top_share(shown_before),
        top_share(shown_after),
        _gain(pools, after) / max(_gain(pools, before), 1e-300),
        exposure_cap(pools, len(prices), limit),
        int((prices > 0).sum()),
    )


def _margins(pools: Pools, prices: Floats, places: int) -> Floats:
    """Return by how much each entry is better than what would take its place, shape (q, m); above 0: it is on the list.

    On the list that is the best one off it, off the list the worst one on it.
    """
    values = pools.priced(prices)
    if values.shape[1] <= places:
        return np.where(pools.candidates >= 0, np.inf, -np.inf)
    width = values.shape[1]
    ordered: Floats = np.partition(values, (width - places - 1, width - places), axis=1)
    inside, outside = ordered[:, [width - places]], ordered[:, [width - places - 1]]
    # of equal values just before and after the end of the list only the margin 0 is left: neither is clearly on it
    with np.errstate(invalid="ignore"):
        margins = values - np.where(values >= inside, outside, inside)
    return np.where(np.isfinite(values), margins, -np.inf)


def _raised(prices: Floats, columns: Ints, margins: Floats, over: NDArray[np.bool_], cap: int, step: float) -> Floats:
    """Return the prices with those of `over` raised by their (cap + 1)-th greatest margin, at least by `step`.

    Where that place is on a list on which nobody else could stand, by the greatest margin of the other lists.
    """
    own = np.flatnonzero(over[columns])
    chosen, values = columns[own], margins[own]
    ordered: Ints = np.lexsort((-values, chosen))
    chosen, values = chosen[ordered], values[ordered]
    numbers = np.flatnonzero(over)
    starts = np.searchsorted(chosen, numbers)
    fixed = np.bincount(chosen[np.isposinf(values)], minlength=len(prices))[numbers]
    raised = prices.copy()
    deciding = np.asarray(values[starts + np.maximum(cap, fixed)], np.float64)
    raised[numbers] += np.maximum(deciding + _BEYOND, step)
    return raised


def _gain(pools: Pools, places: Ints) -> float:
    """Return the sum of probabilities at the places, each divided by log2(rank + 1)."""
    ranks = np.arange(1, places.shape[1] + 1, dtype=np.float64)
    chosen = np.take_along_axis(pools.log_odds, np.maximum(places, 0), axis=1)
    shown = np.where(places >= 0, logistic(chosen), 0.0)
    return float((shown / np.log2(ranks + 1)).sum())
