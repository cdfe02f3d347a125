"""What would make one eligible: the fewest changes and answers, and what is left to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.dates import dates_of
from madang_matching.eligibility.logic import number, rule_of
from madang_matching.eligibility.profile import Control
from madang_matching.eligibility.repairs import Search
from madang_matching.eligibility.requirement import Change
from madang_matching.eligibility.tree import Leaf, Rule
from madang_matching.eligibility.verdicts import ELIGIBLE
from madang_matching.records import Call, Organisation, RuleTree


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes that together make the verdict "eligible"; without any one of them it is not."""

    changes: tuple[Change, ...]
    """What the applicant can do or answer, then what time does, then what is outside the applicant's power."""
    left_to_read: tuple[Leaf, ...]
    """Conditions that no value decides: the changes suffice if these hold, and only a person can tell."""

    def by(self, control: Control) -> tuple[Change, ...]:
        """Return the changes that are in one's power ("you"), come with time ("time"), or neither ("outside")."""
        return tuple(change for change in self.changes if change.by == control)


def nearest_fix(rules: RuleTree | Rule, applicant: Organisation | Applicant, call: Call, today: date) -> Fix | None:
    """Return the smallest fix of one call; no changes where one is eligible already; None where nothing helps.

    Less to read comes first, then fewer changes, then fewer outside one's power, then fewer that wait; ties go to the
    field names in order. A day of applying after the call closes is no fix. Never raises for bad rules.
    """
    rule, person, dates = rule_of(rules), applicant_of(applicant), dates_of(call, today)
    if number(rule, person, dates) == ELIGIBLE:
        return Fix((), ())
    repair = Search(person, dates).repair(rule)
    return repair and Fix(repair.changes, repair.left)
