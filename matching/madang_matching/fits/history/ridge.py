"""Kernel ridge regression that tells exactly what it would have said of each training case without that case."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from madang_matching.sparse import Floats, Ints

BIAS = 1.0
"""Added to every kernel value: a free constant, so that texts that resemble none get the shares of all."""

JITTER = 1e-6
"""Added to the landmarks' kernel for the sake of its factor."""


class LeaveOneOutRidge:
    """Ridge regression on a kernel; `left_out_` holds the predictions of each case by all the others.

    With landmarks the kernel is that of its Nystrom approximation, and the predictions are exact for it.

    Source: R. Rifkin and R. Lippert, Notes on Regularized Least Squares, MIT CSAIL TR 2007-025, section 3;
        C. Williams and M. Seeger, Using the Nystrom Method to Speed Up Kernel Machines, NIPS 2001.
    """

    def __init__(self, strength: float) -> None:
        """Store the ridge, above 0."""
        self.strength = strength

    def fit(self, kernel: NDArray[np.float32], targets: Floats, landmarks: Ints | None = None) -> LeaveOneOutRidge:
        """Learn; returns self.

        Args:
            kernel: shape (n, n), or (n, l) with l landmarks, positive semidefinite among these.
            targets: shape (n, p).
            landmarks: rows of the landmarks, shape (l,); None: all rows.
        """
        values = np.asarray(kernel, np.float64) + BIAS
        if landmarks is None:
            values[np.diag_indices_from(values)] += self.strength
            inverse = cho_solve(cho_factor(values, lower=True), np.eye(len(values)))
            self.coef_ = inverse @ targets
            self.left_out_: Floats = targets - self.coef_ / np.diag(inverse)[:, None]
            return self
        system = values.T @ values + self.strength * values[landmarks]
        system[np.diag_indices_from(system)] += JITTER * np.trace(system) / len(system)
        factor = cho_factor(system, lower=True)
        self.coef_ = cho_solve(factor, values.T @ targets)
        own = np.einsum("nl,ln->n", values, cho_solve(factor, values.T))[:, None]
        self.left_out_ = (values @ self.coef_ - own * targets) / np.maximum(1 - own, 1e-9)
        return self

    def predict(self, kernel: NDArray[np.float32]) -> Floats:
        """Return predictions, shape (q, p), from kernel values between q cases and the training cases or landmarks."""
        return (np.asarray(kernel, np.float64) + BIAS) @ self.coef_
