"""Counting over lists of what was received, when some of it is not known: least and greatest sum."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Lists, Mask, Table, decided_each
from madang_matching.eligibility.dates import days_later, first_start, months_later
from madang_matching.eligibility.inputs import Bound
from madang_matching.eligibility.values import Award
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE, NOT_ELIGIBLE, Verdicts, decided
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
        if counts != "not_eligible":
            most += math.inf if amount is None else amount
            if counts == "eligible":
                least += amount or 0
    return Tally(least, most)


class Tallies(NamedTuple):
    """The tally of each of n applicants."""

    least: NDArray[np.float64]
    most: NDArray[np.float64]

    def at_least(self, limit: float, bound: Bound = "inclusive") -> Verdicts:
        """Say what `Tally.at_least` says of each."""
        if bound == "inclusive":
            return _between(self.least >= limit, self.most < limit)
        return _between(self.least > limit, self.most <= limit)

    def at_most(self, limit: float, bound: Bound = "inclusive") -> Verdicts:
        """Say what `Tally.at_most` says of each."""
        if bound == "inclusive":
            return _between(self.most <= limit, self.least > limit)
        return _between(self.most < limit, self.least >= limit)


def _between(reached: Mask, missed: Mask) -> Verdicts:
    answers = decided_each(reached)
    answers[~(reached | missed)] = CHECK
    return answers


def tallies(lists: Lists, counts: Verdicts, amounts: NDArray[Any], known: Mask) -> Tallies:
    """Add up as `tally` does, for each row of lists.

    Args: counts, amounts, known: of their entries, shape (m,); an amount that is not known is 0.
    """
    least = lists.total(np.where(counts == ELIGIBLE, amounts, 0.0))
    most = np.where(known, amounts, math.inf)
    return Tallies(least, lists.total(np.where(counts != NOT_ELIGIBLE, most, 0.0)))


def in_windows(entries: Table, reference: date | None, months: int | None) -> Verdicts:
    """Say what `in_window` says of the day `on` of each entry."""
    if reference is None:
        return np.full(entries.n, ELIGIBLE if months is None else CHECK, np.int8)
    days, known = entries.numbers("on")
    inside = days <= reference.toordinal()
    if months is not None:
        inside &= days >= first_start(reference, months).toordinal()
    return decided_each(inside, known)


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


def named_awards(applicant: Applicant) -> list[tuple[str, str, Award]]:
    """Return each award with the names of its programme and of its family as names are compared; empty: no family."""
    return [(plain(award.programme), plain(award.group), award) for award in applicant.awards() or ()]


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """Return a name as names are compared: without spaces and case."""
    return "".join(name.split()).casefold()


@lru_cache(maxsize=1024)
def plain_names(names: tuple[str, ...]) -> frozenset[str]:
    """Return the names that a condition asks for, as names are compared."""
    return frozenset(map(plain, names))
