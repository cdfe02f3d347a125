"""The ports of scoring: whatever ranks partners or programmes keeps to these."""

from __future__ import annotations

from typing import Protocol, TypeVar

from madang_matching.records import Reason
from madang_matching.sparse import Floats

ContextT_contra = TypeVar("ContextT_contra", contravariant=True)


class Scorer(Protocol):
    """Turns feature values into scores that are sums."""

    @property
    def intercept_(self) -> float:
        """Log-odds of a candidate without any evidence."""
        ...

    def contributions(self, features: Floats) -> Floats:
        """Return what each feature adds, log-odds.

        Args:    features: shape (n, f), 0 to 1.
        Returns: shape (n, f); a zero feature adds zero.
        """
        ...

    def probability(self, features: Floats) -> Floats:
        """Return the score, shape (n,), between 0 and 1: the logistic of intercept plus contributions."""
        ...


class Reasons(Protocol[ContextT_contra]):
    """Turns one candidate's contributions into sentences."""

    def __call__(self, context: ContextT_contra, candidate: int, contributions: Floats) -> tuple[Reason, ...]:
        """Return at least two reasons, heaviest first; their weights add up to the sum of `contributions`."""
        ...
