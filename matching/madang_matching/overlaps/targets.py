"""Who a call is for: which firms its rules leave, and which conditions it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.batches import verdicts
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.logic import rule_of
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE
from madang_matching.overlaps.conditions import conditions_of
from madang_matching.records import RuleTree
from madang_matching.sparse import Floats, Ints

Verdicts = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """The different rule trees among calls, compared with each other. Arrays of shape (n_rules, n_rules)."""

    both: Ints
    """Firms that neither rules out."""
    either: Ints
    """Firms that at least one does not rule out."""
    certain: Ints
    """Firms that may certainly apply to both."""
    conditions: Floats
    """Conditions in common among all of both, 0 to 1; 0 where one has none on record."""
    share: Floats
    """How far the targets are the same, 0 to 1."""


def targets_of(rules: Sequence[RuleTree], columns: Columns, today: date) -> Targets:
    """Compare rule trees by the firms that they leave and by what they ask.

    The share is firms · (1 + conditions) / 2. Firms: both / either, among the firms given, each rule judged as if all
    days of its call were today, so that the years of two editions make no difference; "check" counts as not ruled out.
    Conditions: those in common / those of both. So two calls that no firm could use both have 0, two with the same
    firms and no condition in common 1/2, and two with the same rules 1. Where no firm is left by either, or none is
    given, the conditions alone count.
    """
    judged = judged_today(rules, columns, today)
    both, left = _in_common(judged >= CHECK)
    either = left[:, None] + left[None, :] - both
    certain, _ = _in_common(judged == ELIGIBLE)
    conditions = _conditions_in_common(rules)
    firms = np.divide(both, either, out=np.ones(both.shape), where=either > 0)
    share = np.where(either > 0, firms * (1 + conditions) / 2, conditions)
    return Targets(both, either, certain, conditions, share)


def judged_today(rules: Sequence[RuleTree], columns: Columns, today: date) -> Verdicts:
    """Return the verdicts of calls all of whose days are today: shape (n_rules, n_firms)."""
    dates = Dates(today, today, today, today, today)
    return verdicts([rule_of(tree) for tree in rules], columns, [dates] * len(rules)).T


def _in_common(marked: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return (how many columns each pair of rows has in common, how many each has)."""
    numbers = marked.astype(np.float32)
    return np.rint(numbers @ numbers.T).astype(np.int64), marked.sum(axis=1)


def _conditions_in_common(rules: Sequence[RuleTree]) -> Floats:
    places: dict[object, int] = {}
    asked = [[places.setdefault(each, len(places)) for each in conditions_of(tree)] for tree in rules]
    marked = np.zeros((len(rules), len(places)), np.bool_)
    for row, columns in enumerate(asked):
        marked[row, columns] = True
    both, each = _in_common(marked)
    either = each[:, None] + each[None, :] - both
    return np.divide(both, either, out=np.zeros(both.shape), where=either > 0)
