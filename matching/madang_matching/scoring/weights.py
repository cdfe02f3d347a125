"""Weights of an additive score and their documented defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from madang_matching.scoring.features import Feature
from madang_matching.sparse import Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """An additive scorer: logistic of intercept plus weighted features. Keeps the port `Scorer`."""

    subject: str
    """partners or fits."""
    features: tuple[str, ...]
    intercept: float
    coefficients: tuple[float, ...]
    cases: int = 0
    """Pairs of history that it was fitted on; 0: the documented defaults."""

    @property
    def intercept_(self) -> float:
        return self.intercept

    def contributions(self, features: Floats) -> Floats:
        """Return features times coefficients, shape (n, f), log-odds."""
        return np.asarray(features, np.float64) * np.asarray(self.coefficients)

    def probability(self, features: Floats) -> Floats:
        """Return the logistic of intercept plus contributions, shape (n,)."""
        return logistic(self.intercept + self.contributions(features).sum(axis=1))


def logistic(log_odds: Floats) -> Floats:
    """Return 1 / (1 + exp(-log_odds)) without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def default_weights(subject: str, features: Sequence[Feature[Any]], intercept: float) -> Weights:
    """Return the weights that the features themselves declare."""
    names = tuple(feature.name for feature in features)
    return Weights(subject, names, intercept, tuple(feature.weight for feature in features))
