"""Weights of history features: the choice among programmes as a conditional logit with weights of zero or more."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from madang_matching.sparse import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """g cases, each a choice among p programmes."""

    features: Floats
    """Shape (g, p, f), 0 to 1."""
    chosen: Floats
    """Shape (g, p), share of each programme in what was chosen; rows sum to 1."""
    open: NDArray[np.bool_]
    """Shape (g, p), False for what was no choice."""
    weights: Floats
    """Shape (g,), zero or more."""

    def rows(self, chosen: NDArray[np.bool_]) -> Choices:
        """Return some of the cases."""
        return Choices(self.features[chosen], self.chosen[chosen], self.open[chosen], self.weights[chosen])


def fit_choices(choices: Choices, prior: Sequence[float], strength: float) -> Floats:
    """Return the weights, shape (f,), zero or more: maximum a posteriori with a Gaussian prior around `prior`.

    The score of a programme is the sum of weight times feature; no evidence adds nothing and no evidence counts
    against a programme. With few cases the weights stay at the prior.

    Args: strength: pull towards the prior, in cases.

    Source: D. McFadden, Conditional Logit Analysis of Qualitative Choice Behavior, 1974; as a ranking loss
        Z. Cao et al., Learning to Rank: From Pairwise Approach to Listwise Approach, ICML 2007.
    """
    from scipy.optimize import minimize  # slow import, only where it is used

    start = np.asarray(prior, np.float64)
    weights = choices.weights * (len(choices.weights) / max(float(choices.weights.sum()), 1e-12))

    def loss(point: Floats) -> tuple[float, Floats]:
        odds = np.where(choices.open, choices.features @ point, -np.inf)
        odds -= odds.max(axis=1, keepdims=True)
        total = np.exp(odds).sum(axis=1, keepdims=True)
        logs = np.where(choices.open, odds, 0.0) - np.log(total)
        error = weights[:, None] * (np.exp(odds) / total - choices.chosen)
        pull = strength * (point - start)
        cost = -float(weights @ (logs * choices.chosen).sum(axis=1)) + 0.5 * float(pull @ (point - start))
        return cost, np.tensordot(error, choices.features, 2) + pull

    if not len(weights):
        return start
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(start))
    return np.asarray(found.x, np.float64)
