"""When a verdict holds: its exact days, and the days on which one becomes eligible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.dates import Dates, dates_of, days_later
from madang_matching.eligibility.logic import leaves, number, rule_of
from madang_matching.eligibility.tree import Rule
from madang_matching.eligibility.verdicts import verdict_of
from madang_matching.records import Call, Organisation, RuleTree, Verdict


class Window(NamedTuple):
    """Days of application that all have one verdict, first and last included."""

    verdict: Verdict
    first: date | None
    """None: the call has no first day that is known, and the verdict holds as far back as the rules tell."""
    last: date | None
    """None: the call has no last day that is known, and nothing in the rules ends the verdict."""

    def holds_on(self, day: date) -> bool:
        """Return whether the day is one of them."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Timing:
    """When one may apply to one call."""

    now: Window | None
    """The days around the day considered that have its verdict; None: the call does not take applications that day."""
    eligible: tuple[Window, ...]
    """Days on which one is eligible that are not over yet, earliest first; the one that holds now included."""


def timing(rules: RuleTree | Rule, applicant: Organisation | Applicant, call: Call, today: date) -> Timing:
    """Return when the present verdict holds and when one is eligible, within the call's days. Never raises."""
    found = windows(rules, applicant, call)
    now = next((window for window in found if window.holds_on(today)), None)
    ahead = (window for window in found if window.last is None or window.last >= today)
    return Timing(now, tuple(window for window in ahead if window.verdict == "eligible"))


def windows(rules: RuleTree | Rule, applicant: Organisation | Applicant, call: Call) -> tuple[Window, ...]:
    """Return the days of the call, cut where the verdict of the whole tree turns.

    Returns: windows without gaps, in order, neighbours of different verdicts; empty where the call closes before it
        opens. Days are those on which one applies; what one has is taken as it is known, so a certificate that ends is
        an end, and a size that may change is not.
    """
    rule, person = rule_of(rules), applicant_of(applicant)
    dates = dates_of(call, date.min)
    if dates.opening and dates.closing and dates.opening > dates.closing:
        return ()
    found: list[Window] = []
    for first, last in _stretches(rule, person, dates):
        verdict = verdict_of(number(rule, person, dates._replace(today=first or last or date.min)))
        if found and found[-1].verdict == verdict:
            found[-1] = found[-1]._replace(last=last)
        else:
            found.append(Window(verdict, first, last))
    return tuple(found)


def _stretches(rule: Rule, applicant: Applicant, dates: Dates) -> list[tuple[date | None, date | None]]:
    """Cut the days of the call at every day on which a condition may say something new."""
    turns = {day for leaf in leaves(rule) for day in leaf.requirement.turning_days(applicant, dates)}
    first, last = dates.opening, dates.closing
    inside = sorted(day for day in turns if (first is None or first < day) and (last is None or day <= last))
    return list(zip([first, *inside], [*(days_later(day, -1) for day in inside), last], strict=True))
