"""What two calls ask, condition by condition: what they have in common, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from madang_matching.eligibility.coverage import RANK_ONLY
from madang_matching.eligibility.evaluation import RuleLine, describe_rules
from madang_matching.records import RuleTree


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of condition in two calls."""

    kind: str
    first: tuple[RuleLine, ...]
    """What the first call asks and the second does not."""
    second: tuple[RuleLine, ...]
    both: tuple[RuleLine, ...]
    """What both ask, in the same words."""


def conditions_of(rules: RuleTree) -> tuple[RuleLine, ...]:
    """Return the conditions that decide, in the order of the rules, each once and without the words of the notice.

    Two conditions are the same when they read the same: same kind, bounds, reference day, and the same place in a
    choice or under a "not". Preferences only rank and are left out. No rules on record: empty.
    """
    if not rules:
        return ()
    lines = (line._replace(source_text="") for line in describe_rules(rules) if line.kind not in RANK_ONLY)
    return tuple(dict.fromkeys(lines))


def conditions_side_by_side(first: Iterable[RuleLine], second: Iterable[RuleLine]) -> tuple[Compared, ...]:
    """Return the conditions of both by kind: kinds with something in common first, then in the order of the rules."""
    one, two = dict.fromkeys(first), dict.fromkeys(second)
    kinds = dict.fromkeys(line.kind for line in (*one, *two))
    found = [
        Compared(
            kind,
            tuple(line for line in one if line.kind == kind and line not in two),
            tuple(line for line in two if line.kind == kind and line not in one),
            tuple(line for line in one if line.kind == kind and line in two),
        )
        for kind in kinds
    ]
    return tuple(sorted(found, key=lambda each: not each.both))
