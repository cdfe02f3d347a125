"""Choosing how two sides are combined, on pairs whose outcome is known."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from madang_matching.lists.both_sides import METHODS, Combination, Method
from madang_matching.scoring.weights import logistic
from madang_matching.sparse import Floats

_LEAST_SLOPE = 0.05


def fit_combination(
    mine: ArrayLike,
    theirs: ArrayLike,
    outcomes: ArrayLike,
    methods: Sequence[Method] = METHODS,
    weights: ArrayLike | None = None,
) -> Combination:
    """Return the combination of least log loss, with the slope and the shift that make it a probability.

    Args:
        mine, theirs: shape (n,), log-odds of the two directions of pairs that no score was fitted on.
        outcomes: shape (n,), 1 where both sides agreed, else 0; both must occur.
        methods: those to choose from; ties go to the earlier one.
        weights: shape (n,), above zero; None: one each.

    Raises: ValueError: shapes that differ, NaN, or only one kind of outcome.
    Source: J. Platt, Probabilistic outputs for support vector machines, 1999 (with his corrected targets).
    """
    u, v, agreed = (np.asarray(values, np.float64) for values in (mine, theirs, outcomes))
    mass = np.ones(u.shape) if weights is None else np.asarray(weights, np.float64)
    if u.ndim != 1 or not (u.shape == v.shape == agreed.shape == mass.shape):
        raise ValueError(f"Shapes {u.shape}, {v.shape}, {agreed.shape}, {mass.shape}; expected (n,) for each.")
    if not (np.isfinite(u).all() and np.isfinite(v).all()) or set(np.unique(agreed)) != {0.0, 1.0}:
        raise ValueError("log-odds must be finite, and outcomes must hold both 0 and 1.")
    fitted = [_platt(Combination(method).log_odds(u, v), agreed, mass) for method in methods]
    best = int(np.argmin([loss for loss, _, _ in fitted]))
    return Combination(methods[best], fitted[best][1], fitted[best][2])


def calibrated(
    combination: Combination, mine: Floats, theirs: Floats, outcomes: Floats, weights: Floats
) -> Combination:
    """Return the combination with the slope and the shift that make it a probability; arguments as above."""
    _, slope, shift = _platt(replace(combination, slope=1.0, shift=0.0).log_odds(mine, theirs), outcomes, weights)
    return replace(combination, slope=slope, shift=shift)


def _platt(log_odds: Floats, agreed: Floats, mass: Floats) -> tuple[float, float, float]:
    """Return log loss, slope and shift; the slope is kept above zero, so that the order stays."""
    yes, no = float(mass @ agreed), float(mass @ (1 - agreed))
    targets = np.where(agreed > 0, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(point: Floats) -> tuple[float, Floats]:
        shown = point[1] + point[0] * log_odds
        error = mass * (logistic(shown) - targets)
        return float(mass @ (np.logaddexp(0.0, shown) - targets * shown)), np.array([error @ log_odds, error.sum()])

    found = minimize(
        loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(_LEAST_SLOPE, None), (None, None)]
    )
    return float(found.fun), float(found.x[0]), float(found.x[1])
