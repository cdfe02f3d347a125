"""The verdicts of many organisations for many calls at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.requirement import Requirement
from madang_matching.eligibility.tree import Leaf, Negation, Rule
from madang_matching.eligibility.verdicts import ELIGIBLE, Verdicts


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
    answers = np.empty((len(rules), columns.n), np.int8)
    batch = _Batch(columns)
    for place, (rule, days) in enumerate(zip(rules, dates, strict=True)):
        answers[place] = batch.value(rule, days)
    return answers.T


class _Batch:
    """Conditions that were checked already, for all organisations."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._known: dict[tuple[Requirement, tuple[date | None, ...]], Verdicts] = {}

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
        key = (requirement, requirement.days(dates))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = requirement.check_many(self._columns, dates)
        return found
