"""Fitting of an additive score: logistic regression drawn towards the default weights."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUntypedBaseClass=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted, check_X_y

from madang_matching.scoring.weights import Weights
from madang_matching.sparse import Floats


class AdditiveScorer(ClassifierMixin, BaseEstimator):
    """Logistic regression with a Gaussian prior around given weights and lower bounds.

    With few cases it stays at the prior, with many it follows them: no switch between the two. Keeps the port
    `Scorer` and scikit-learn's contract for classifiers.

    Source: maximum a posteriori estimate; C. M. Bishop, Pattern Recognition and Machine Learning, 2006, 4.5.1.
    """

    def __init__(
        self, prior: Weights, bounds: Sequence[tuple[float, float]] | None = None, strength: float = 20.0
    ) -> None:
        """Store the settings.

        Args:
            prior: weights to stay near.
            bounds: least and greatest coefficient of each feature; None: 0 and no end, so that no evidence counts
                against a pair.
            strength: pull towards the prior; as much as about that many clear cases per feature.
        """
        self.prior = prior
        self.bounds = bounds
        self.strength = strength

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> AdditiveScorer:
        """Learn from pairs; returns self.

        Args:
            X: shape (n, f), feature values 0 to 1, columns as in `prior.features`.
            y: shape (n,), 1 for pairs that became partners, 0 for the others.
            sample_weight: shape (n,), zero or more.

        Raises: ValueError: shapes that do not fit, NaN, labels other than 0 and 1.
        """
        values, labels = check_X_y(X, y, dtype="float64")
        if values.shape[1] != len(self.prior.features):
            raise ValueError(f"X has {values.shape[1]} columns, the prior has {len(self.prior.features)} features.")
        if not np.isin(labels, (0, 1)).all():
            raise ValueError("y must hold 0 and 1 only.")
        weights = np.ones(len(labels)) if sample_weight is None else np.asarray(sample_weight, np.float64)
        if weights.shape != labels.shape:
            raise ValueError("sample_weight must have one entry per row of X.")
        solution = self._solve(values, labels.astype(np.float64), weights)
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = values.shape[1]
        self.intercept_ = float(solution[0])
        self.coef_ = solution[1:]
        names = self.prior.features
        self.weights_ = Weights(self.prior.subject, names, self.intercept_, tuple(map(float, self.coef_)), len(labels))
        return self

    def _solve(self, values: Floats, labels: Floats, weights: Floats) -> Floats:
        start = np.array([self.prior.intercept, *self.prior.coefficients])
        allowed = self.bounds or [(0.0, np.inf)] * values.shape[1]
        limits: list[Any] = [(-np.inf, np.inf), *allowed]

        def loss(point: Floats) -> tuple[float, Floats]:
            """Negative log posterior and its gradient; the intercept has a tenth of the pull."""
            odds = point[0] + values @ point[1:]
            cost = float(weights @ (np.logaddexp(0.0, odds) - labels * odds))
            error = weights * (expit(odds) - labels)
            pull = self.strength * (point - start)
            pull[0] /= 10
            gradient = np.concatenate(([error.sum()], values.T @ error)) + pull
            return cost + 0.5 * float(pull @ (point - start)), gradient

        inside = np.clip(start, *np.transpose(limits))
        found = minimize(loss, inside, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 500})
        return np.asarray(found.x, np.float64)

    def contributions(self, features: Floats) -> Floats:
        """Return features times coefficients, shape (n, f), log-odds."""
        check_is_fitted(self)
        return self.weights_.contributions(features)

    def probability(self, features: Floats) -> Floats:
        """Return the score, shape (n,)."""
        check_is_fitted(self)
        return self.weights_.probability(features)

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return shape (n, 2): probability of 0 and of 1."""
        positive = self.probability(np.asarray(X, np.float64))
        return np.column_stack((1 - positive, positive))

    def predict(self, X: ArrayLike) -> NDArray[np.int64]:
        """Return 1 where the score is above one half, shape (n,)."""
        return (self.predict_proba(X)[:, 1] > 0.5).astype(np.int64)
