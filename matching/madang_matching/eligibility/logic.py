"""The value of a rule tree without sentences, and its conditions one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.tree import Group, Leaf, Negation, Rule, read_rules
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE, NOT_ELIGIBLE, number_of
from madang_matching.records import RuleTree


def rule_of(rules: RuleTree | Rule) -> Rule:
    """Return rules that were read already as they are, and read stored ones. Never raises."""
    return rules if isinstance(rules, Leaf | Group | Negation) else read_rules(rules)


def leaves(rule: Rule) -> Iterator[Leaf]:
    """Yield the conditions in the order of the rules."""
    if isinstance(rule, Negation):
        yield from leaves(rule.part)
    elif isinstance(rule, Group):
        for part in rule.parts:
            yield from leaves(part)
    else:
        yield rule


def value_of(rule: Rule, check: Callable[[Leaf], int]) -> int:
    """Return the Kleene value of the tree: 0 not eligible, 1 check, 2 eligible.

    Args: check: the value of one condition; asked only as far as the answer needs it.
    """
    if isinstance(rule, Negation):
        return ELIGIBLE - value_of(rule.part, check)
    if isinstance(rule, Leaf):
        return check(rule)
    least = rule.word == "all"
    value, end = (ELIGIBLE, NOT_ELIGIBLE) if least else (NOT_ELIGIBLE, ELIGIBLE)
    for part in rule.parts:
        found = value_of(part, check)
        if found == end:
            return end
        if found == CHECK:
            value = CHECK
    return value


def number(rule: Rule, applicant: Applicant, dates: Dates) -> int:
    """Return the value of the tree for an applicant: 0 not eligible, 1 check, 2 eligible."""
    return value_of(rule, lambda leaf: number_of(leaf.requirement.check(applicant, dates).verdict))
