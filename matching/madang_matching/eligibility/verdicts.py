"""Three-valued logic: eligible, check, not eligible.

Source: S. C. Kleene, Introduction to Metamathematics, 1952, §64 (strong tables): "and" is the least, "or" the greatest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from madang_matching.records import Verdict

Verdicts: TypeAlias = NDArray[np.int8]
"""Verdicts of n applicants as numbers, shape (n,)."""
NOT_ELIGIBLE, CHECK, ELIGIBLE = 0, 1, 2
"""The verdicts as numbers of arrays (int8): "and" is the minimum, "or" the maximum, "not" is 2 minus the value."""

_ORDER: dict[Verdict, int] = {"not_eligible": 0, "check": 1, "eligible": 2}
_WORDS: tuple[Verdict, ...] = ("not_eligible", "check", "eligible")


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the least verdict; "eligible" for none."""
    least: Verdict = "eligible"
    for verdict in verdicts:
        if verdict == "not_eligible":
            return verdict
        if verdict == "check":
            least = verdict
    return least


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the greatest verdict; "not_eligible" for none."""
    greatest: Verdict = "not_eligible"
    for verdict in verdicts:
        if verdict == "eligible":
            return verdict
        if verdict == "check":
            greatest = verdict
    return greatest


def negated(verdict: Verdict) -> Verdict:
    """Return the opposite; "check" stays "check"."""
    return _WORDS[2 - _ORDER[verdict]]


def decided(holds: bool) -> Verdict:
    """Return the verdict of something that is known."""
    return "eligible" if holds else "not_eligible"


def standing(verdict: Verdict) -> int:
    """Return 0 for eligible, 1 for check, 2 for not eligible: the order in which lists show them."""
    return 2 - _ORDER[verdict]


def number_of(verdict: Verdict) -> int:
    """Return 0 for not eligible, 1 for check, 2 for eligible."""
    return _ORDER[verdict]


def verdict_of(number: int) -> Verdict:
    """Return the verdict of a number of `number_of`."""
    return _WORDS[number]
