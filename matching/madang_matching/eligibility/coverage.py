"""How much of what a programme asks is checkable, and how much of it was checked for one applicant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from madang_matching.eligibility.logic import leaves, rule_of
from madang_matching.eligibility.tree import Rule
from madang_matching.records import Condition, RuleTree

RANK_ONLY = frozenset(("preference",))
"""Kinds that change rank and never a verdict, so they are no criteria."""


class Coverage(NamedTuple):
    """Criteria of one call."""

    checkable: int
    """Expressed as rules that values can decide."""
    total: int
    """With those in words, and with what cannot be read."""

    @property
    def share(self) -> float:
        """0 to 1; 0 where nothing is asked in rules."""
        return self.checkable / self.total if self.total else 0.0


class Checked(NamedTuple):
    """Criteria of one call for one applicant: "checked 5 of 7"."""

    checked: int
    """Decided, one way or the other."""
    total: int


def coverage_of(rules: RuleTree | Rule) -> Coverage:
    """Return how many criteria are checkable. Never raises."""
    criteria = [leaf for leaf in leaves(rule_of(rules)) if leaf.kind not in RANK_ONLY]
    return Coverage(sum(1 for leaf in criteria if leaf.requirement.fields), len(criteria))


def checked(conditions: Sequence[Condition]) -> Checked:
    """Return how many of the conditions of `evaluate` were decided; those that another way spares count as decided."""
    criteria = [each for each in conditions if each.kind not in RANK_ONLY]
    return Checked(sum(1 for each in criteria if each.spared or each.verdict != "check"), len(criteria))
