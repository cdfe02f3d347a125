"""Rules that nobody can meet: which conditions contradict each other."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TypeAlias

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import dates_of
from madang_matching.eligibility.logic import leaves, rule_of
from madang_matching.eligibility.repairs import Search
from madang_matching.eligibility.tree import Group, Leaf, Negation, Rule
from madang_matching.records import Call, RuleTree

MOST_PAIRED = 60
"""Parts that must all hold, up to which all pairs are looked at; above, one smallest set is sought."""

Clash: TypeAlias = tuple[Leaf, ...]
"""Conditions that nobody can meet together."""


def clashes(rules: RuleTree | Rule, call: Call) -> tuple[Clash, ...]:
    """Return what contradicts itself; empty where somebody can meet the rules, or where the search would be too long.

    Pairs are all named; where no pair clashes and the whole does, one smallest set is: without any one of its parts
    somebody could meet the rest. Where every way of a choice clashes, what clashes in each is named. What only a person
    can read is taken to hold. Never raises.
    """
    dates = dates_of(call, date.min)
    day = dates.opening or dates.notice or dates.closing or date(2000, 1, 1)
    found = _found([rule_of(rules)], Search(Applicant(), dates_of(call, day)))
    return tuple({tuple(id(leaf) for leaf in clash): clash for clash in found}.values())


def _found(rules: list[Rule], search: Search) -> list[Clash]:
    parts = [each for rule in rules for each in _must(rule)]
    if _can_be_met(parts, search):
        return []
    alone = [part for part in parts if not _can_be_met([part], search)]
    if alone:
        return [clash for part in alone for clash in _inside(part, search)]
    pairs: list[list[Rule]] = []
    if len(parts) <= MOST_PAIRED:
        pairs = [list(pair) for pair in combinations(parts, 2) if not _can_be_met(list(pair), search)]
    return [tuple(leaf for part in some for leaf in leaves(part)) for some in pairs or [_smallest(parts, search)]]


def _inside(part: Rule, search: Search) -> list[Clash]:
    """What clashes in a part that nobody can meet: in each of its ways, if it is a choice."""
    group, turned = (part.part, True) if isinstance(part, Negation) else (part, False)
    if isinstance(group, Group):
        ways = [Negation(each) if turned else each for each in group.parts]
        return [clash for way in ways for clash in _found([way], search)]
    return [tuple(leaves(part))]


def _can_be_met(parts: list[Rule], search: Search) -> bool:
    """Starting from an applicant of whom nothing is known."""
    return search.repair(Group("all", tuple(parts))) is not None or search.cut_short


def _must(rule: Rule) -> list[Rule]:
    """Return the parts that must all hold; what remains is a condition, perhaps negated, or a choice."""
    if isinstance(rule, Group):
        whole = rule.word == "all" or len(rule.parts) == 1
        return [each for part in rule.parts for each in _must(part)] if whole else [rule]
    if isinstance(rule, Negation):
        inner = rule.part
        if isinstance(inner, Negation):
            return _must(inner.part)
        if isinstance(inner, Group) and (inner.word == "any" or len(inner.parts) == 1):
            return [each for part in inner.parts for each in _must(Negation(part))]
    return [rule]


def _smallest(parts: list[Rule], search: Search) -> list[Rule]:
    """Leave out what is not needed for the contradiction, from the end."""
    kept = list(parts)
    for part in reversed(parts):
        less = [each for each in kept if each is not part]
        if less and not _can_be_met(less, search):
            kept = less
    return kept
