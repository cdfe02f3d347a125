"""Counting over lists of what was received, when some of it is not known: least and greatest sum."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from madang_matching.eligibility.dates import days_later, months_later
from madang_matching.eligibility.inputs import Bound
from madang_matching.eligibility.verdicts import decided
from madang_matching.records import Verdict


class Tally(NamedTuple):
    """Between which numbers a sum lies."""

    least: float
    most: float

    def at_least(self, limit: float, bound: Bound = "inclusive") -> Verdict:
        """Say whether the sum is `limit` or more; exclusive: more than it."""
        if self.least > limit or (bound == "inclusive" and self.least == limit):
            return "eligible"
        return "not_eligible" if self.most < limit or (bound == "exclusive" and self.most == limit) else "check"

    def at_most(self, limit: float, bound: Bound = "inclusive") -> Verdict:
        """Say whether the sum is `limit` or less; exclusive: less than it."""
        if self.most < limit or (bound == "inclusive" and self.most == limit):
            return "eligible"
        return "not_eligible" if self.least > limit or (bound == "exclusive" and self.least == limit) else "check"


def tally(entries: Iterable[tuple[Verdict, float | None]]) -> Tally:
    """Add up amounts: those that count for certain, and those that may. An unknown amount has no upper end."""
    least = most = 0.0
    for counts, amount in entries:
        if counts == "eligible":
            least += amount or 0
        if counts != "not_eligible":
            most += math.inf if amount is None else amount
    return Tally(least, most)


def in_window(on: date | None, reference: date | None, months: int | None) -> Verdict:
    """Say whether a day lies within `months` before the reference day, both ends included.

    Without months: on the reference day or before; without a reference day too: always.
    """
    if reference is None:
        return "eligible" if months is None else "check"
    if on is None:
        return "check"
    return decided(on <= reference and (months is None or months_later(on, months) >= reference))


def window_days(on: date | None, months: int | None) -> tuple[date, ...]:
    """Return the reference days on which `in_window` may say something new."""
    if on is None:
        return ()
    return (on,) if months is None else (on, days_later(months_later(on, months), 1))


def plain(name: str) -> str:
    """Return a name as names are compared: without spaces and case."""
    return "".join(name.split()).casefold()
