"""One score of two directions: what each side may expect of the other, combined so that reasons still add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from madang_matching.scoring.weights import logistic
from madang_matching.sparse import Floats

Method: TypeAlias = Literal["harmonic", "soft", "geometric", "odds", "minimum", "product"]
"""Of the probabilities p and q of both sides: harmonic mean, soft mean, geometric mean, mean log-odds, lesser one,
product. Harmonic, soft and odds are power means of the odds with the exponents -1, -0.3 and 0: the lower, the more the
side that gains less decides, whatever the level of the probabilities."""

SOFTNESS = 0.3
"""Of exponents tried on planted districts the one that mutual pairs were found best with, where a side's score rests on
its own evidence only."""

_MOST = 700.0
"""Log-odds beyond which a float cannot tell a probability from 1 by its logarithm."""


class Side(NamedTuple):
    """What one side's score is made of."""

    intercept: float
    """Log-odds without any evidence."""
    contributions: Floats
    """Shape (m, f), log-odds."""

    @property
    def log_odds(self) -> Floats:
        """Shape (m,)."""
        return self.intercept + self.contributions.sum(axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """A combined score as a sum: `intercept` + `mine` + `theirs` = `log_odds`."""

    intercept: float
    log_odds: Floats
    """Shape (m,)."""
    mine: Floats
    """Shape (m, f): what the seeker's evidence adds, log-odds."""
    theirs: Floats
    """Shape (m, g): what the other side's adds."""

    def folded(self, mirror: list[int]) -> Floats:
        """Return both in the seeker's columns, shape (m, f).

        Args: mirror: for each column of `theirs` the column of `mine` that tells the same fact from the other end.
        """
        together = self.mine.copy()
        for column, place in enumerate(mirror):
            together[:, place] += self.theirs[:, column]
        return together


@dataclass(frozen=True, slots=True)
class Combination:
    """A way to combine two log-odds, and the scale on which the result is a probability.

    The combined log-odds are `shift` + `slope` · logit of the combined probability: the mean of two calibrated
    probabilities is not itself the chance that both agree, so `both_side_fits.fit_combination` learns both.
    """

    method: Method = "harmonic"
    slope: float = 1.0
    """Above zero."""
    shift: float = 0.0
    own: float = 0.5
    """Share of the seeker's side, 0 to 1, in `odds` and `geometric`; the other methods know none."""

    def log_odds(self, mine: Floats, theirs: Floats) -> Floats:
        """Return the combined log-odds of two log-odds of the same shape; rises with each."""
        if self.method == "odds":
            return self.shift + self.slope * (self.own * mine + (1 - self.own) * theirs)
        if self.method == "geometric":
            mean = self.own * _log_probability(mine) + (1 - self.own) * _log_probability(theirs)
            return self.shift + self.slope * _of_log_probability(mean)
        return self.shift + self.slope * _METHODS[self.method](mine, theirs)

    def combine(self, mine: Side, theirs: Side) -> Combined:
        """Return the combined score and what each contribution of either side adds to it.

        With u, v the log-odds of the sides, u0, v0 their intercepts and F the combination, a side gets its Shapley
        value from F(u0, v0): for mine half of F(u, v0) - F(u0, v0) plus half of F(u, v) - F(u0, v). Inside a side it
        is shared in proportion to the contributions (Aumann and Shapley). So all add up to F(u, v), none is negative
        that was not, and one that is zero stays zero.

        Source: L. Shapley, A value for n-person games, 1953; R. Aumann, L. Shapley, Values of non-atomic games, 1974.
        """
        u, v = mine.log_odds, theirs.log_odds
        u0, v0 = np.full_like(u, mine.intercept), np.full_like(v, theirs.intercept)
        none, both = self.log_odds(u0, v0), self.log_odds(u, v)
        only_mine, only_theirs = self.log_odds(u, v0), self.log_odds(u0, v)
        share_mine = ((only_mine - none) + (both - only_theirs)) / 2
        share_theirs = ((only_theirs - none) + (both - only_mine)) / 2
        start = float(self.log_odds(np.array([mine.intercept]), np.array([theirs.intercept]))[0])
        return Combined(
            start,
            both,
            _spread(mine.contributions, share_mine),
            _spread(theirs.contributions, share_theirs),
        )

    def probability(self, mine: Floats, theirs: Floats) -> Floats:
        """Return the combined probability of two log-odds."""
        return logistic(self.log_odds(mine, theirs))


def _spread(contributions: Floats, share: Floats) -> Floats:
    """Return `share` (m,) in proportion to `contributions` (m, f), whose sums have its sign or are zero with it."""
    total = contributions.sum(axis=1)
    rate = np.divide(share, total, out=np.zeros_like(share), where=np.abs(total) > 1e-12)
    return contributions * rate[:, None]


def _harmonic(u: Floats, v: Floats) -> Floats:
    """2pq / (p + q) has the odds 2xy / (x + y) where x, y are those of p, q."""
    return np.log(2.0) + u + v - np.logaddexp(u, v)


def _soft(u: Floats, v: Floats) -> Floats:
    """Return the log-odds of the power mean of odds; G. Hardy, J. Littlewood, G. Pólya, Inequalities, 1934, 2.2."""
    return (np.log(2.0) - np.logaddexp(-SOFTNESS * u, -SOFTNESS * v)) / SOFTNESS


def _of_log_probability(value: Floats) -> Floats:
    """Return the log-odds of a probability given as its logarithm, below zero."""
    return value - np.log(-np.expm1(value))


def _log_probability(log_odds: Floats) -> Floats:
    return -np.logaddexp(0.0, -np.minimum(log_odds, _MOST))


def _geometric(u: Floats, v: Floats) -> Floats:
    return _of_log_probability((_log_probability(u) + _log_probability(v)) / 2)


def _product(u: Floats, v: Floats) -> Floats:
    return _of_log_probability(_log_probability(u) + _log_probability(v))


def _odds(u: Floats, v: Floats) -> Floats:
    return (u + v) / 2


_METHODS: dict[Method, Callable[[Floats, Floats], Floats]] = {
    "harmonic": _harmonic,
    "soft": _soft,
    "geometric": _geometric,
    "odds": _odds,
    "minimum": np.minimum,
    "product": _product,
}
METHODS: tuple[Method, ...] = tuple(_METHODS)
