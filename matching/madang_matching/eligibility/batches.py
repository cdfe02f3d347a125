"""The verdicts of many organisations for many calls at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.logic import leaves, number
from madang_matching.eligibility.requirement import Requirement
from madang_matching.eligibility.tree import Leaf, Negation, Rule
from madang_matching.eligibility.verdicts import ELIGIBLE, Verdicts

FEW = 8
"""Up to so many organisations are judged one by one: arrays cost more than they save, and most conditions of a tree
need not be asked."""
_Key: TypeAlias = tuple[Requirement, tuple[date | None, ...]]
"""A condition, and the days that it reads."""


def verdicts(rules: Sequence[Rule], columns: Columns, dates: Sequence[Dates]) -> NDArray[np.int8]:
    """Return what `evaluate` says of each organisation and call, without sentences.

    Args:
        rules: one tree per call.
        columns: n organisations.
        dates: the days of each call, in the order of the rules.

    Returns: shape (n, calls), int8: 0 not eligible, 1 check, 2 eligible. A condition that several calls share, on the
        same days, is checked once.
    Raises: ValueError: another number of dates than of rules.
    """
    judged = list(zip(rules, dates, strict=True))
    answers = np.empty((len(rules), columns.n), np.int8)
    if columns.n <= FEW:
        for place, (rule, days) in enumerate(judged):
            answers[place] = [number(rule, applicant, days) for applicant in columns.applicants]
        return answers.T
    batch = _Batch(columns, Counter(_key(leaf.requirement, days) for rule, days in judged for leaf in leaves(rule)))
    for place, (rule, days) in enumerate(judged):
        answers[place] = batch.value(rule, days)
    return answers.T


def _key(requirement: Requirement, dates: Dates) -> _Key:
    return requirement, requirement.days(dates)


class _Batch:
    """Conditions for all organisations; those that are met again are kept."""

    def __init__(self, columns: Columns, times: Counter[_Key]) -> None:
        self._columns = columns
        self._times = times
        self._known: dict[_Key, Verdicts] = {}

    def value(self, rule: Rule, dates: Dates) -> Verdicts:
        if isinstance(rule, Leaf):
            return self._condition(rule.requirement, dates)
        if isinstance(rule, Negation):
            return ELIGIBLE - self.value(rule.part, dates)
        join = np.minimum if rule.word == "all" else np.maximum
        answer = self.value(rule.parts[0], dates).copy()
        for part in rule.parts[1:]:
            join(answer, self.value(part, dates), out=answer)
        return answer

    def _condition(self, requirement: Requirement, dates: Dates) -> Verdicts:
        key = _key(requirement, dates)
        found = self._known.get(key)
        if found is None:
            found = requirement.check_many(self._columns, dates)
            if self._times[key] > 1:
                self._known[key] = found
        return found
