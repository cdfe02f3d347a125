"""Whether probabilities mean what they say."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from madang_matching.sparse import Floats

BINS = 15


class Bin(NamedTuple):
    """One line of a reliability table."""

    low: float
    """Least probability in it."""
    high: float
    """Greatest."""
    mass: float
    """Its share of all cases, 0 to 1."""
    said: float
    """Mean probability."""
    happened: float
    """Share that came true."""


def reliability_table(
    probabilities: ArrayLike, outcomes: ArrayLike, bins: int = BINS, weights: ArrayLike | None = None
) -> list[Bin]:
    """Return what was said beside what happened, least probability first, in bins of about equal mass.

    Equal probabilities share a bin, so the order of the cases does not matter and there can be fewer bins than asked.

    Args:
        probabilities: shape (n,), 0 to 1; n at least 1.
        outcomes: shape (n,), 0 or 1.
        weights: shape (n,), above zero: how many cases one stands for, where some were sampled; None: one each.

    Raises: ValueError: shapes that differ, nothing given, probabilities outside 0 to 1 (NaN too), other outcomes.
    Source: K. Nguyen, B. O'Connor, Posterior calibration and exploratory analysis, EMNLP 2015 (adaptive binning).
    """
    said, happened, mass = _checked(probabilities, outcomes, weights)
    place = np.unique(said, return_inverse=True)[1]
    by_value = np.bincount(place, mass)
    middle = np.cumsum(by_value) - by_value / 2
    numbers = np.minimum((bins * middle / by_value.sum()).astype(np.int64), bins - 1)[place]
    return [_bin(numbers == number, said, happened, mass) for number in np.unique(numbers)]


def calibration_error(
    probabilities: ArrayLike, outcomes: ArrayLike, bins: int = BINS, weights: ArrayLike | None = None
) -> float:
    """Return the expected calibration error, 0 to 1: mean over `reliability_table` of |said - happened| by mass.

    It is not zero for a perfectly calibrated score of few cases: n cases give about sqrt(bins · p (1 - p) / n).

    Source: M. Naeini, G. Cooper, M. Hauskrecht, Obtaining well calibrated probabilities, AAAI 2015.
    """
    table = reliability_table(probabilities, outcomes, bins, weights)
    return sum(each.mass * abs(each.said - each.happened) for each in table)


def calibration_errors_by_group(
    probabilities: ArrayLike, outcomes: ArrayLike, groups: ArrayLike, bins: int = BINS, least: int = 1
) -> dict[str, tuple[float, int]]:
    """Return the calibration error and the number of cases of each group, by name.

    Args:
        groups: shape (n,), names, for example sectors.
        least: groups of fewer cases are left out.
    """
    said, happened, _ = _checked(probabilities, outcomes, None)
    names, place = np.unique(np.asarray(groups, np.str_), return_inverse=True)
    if len(place) != len(said):
        raise ValueError(f"groups has {len(place)} entries, probabilities {len(said)}.")
    counts = np.bincount(place, minlength=len(names))
    return {
        str(name): (calibration_error(said[place == i], happened[place == i], bins), int(counts[i]))
        for i, name in enumerate(names)
        if counts[i] >= max(least, 1)
    }


def _bin(inside: NDArray[np.bool_], said: Floats, happened: Floats, mass: Floats) -> Bin:
    own = mass[inside]
    total = float(own.sum())
    return Bin(
        float(said[inside].min()),
        float(said[inside].max()),
        total / float(mass.sum()),
        float(own @ said[inside]) / total,
        float(own @ happened[inside]) / total,
    )


def _checked(probabilities: ArrayLike, outcomes: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    said = np.asarray(probabilities, np.float64)
    happened = np.asarray(outcomes, np.float64)
    mass = np.ones(said.shape) if weights is None else np.asarray(weights, np.float64)
    if said.ndim != 1 or not len(said) or happened.shape != said.shape or mass.shape != said.shape:
        raise ValueError(f"Shapes {said.shape}, {happened.shape}, {mass.shape}; expected (n,) for each, n at least 1.")
    if not ((said >= 0) & (said <= 1)).all():
        raise ValueError("probabilities must lie between 0 and 1.")
    if not np.isin(happened, (0, 1)).all():
        raise ValueError("outcomes must be 0 or 1.")
    if not (mass > 0).all():
        raise ValueError("weights must be above zero.")
    return said, happened, mass
