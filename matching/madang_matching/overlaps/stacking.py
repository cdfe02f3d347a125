"""Whether the rules of one call say that its support may not run beside that of another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple, TypeAlias

from madang_matching.eligibility.kinds.exclusive_with import ExclusiveWith
from madang_matching.eligibility.logic import leaves, rule_of
from madang_matching.eligibility.requirement import Sentence
from madang_matching.eligibility.tallies import plain
from madang_matching.records import RuleTree

Stacked: TypeAlias = Literal["forbidden", "to_check", "not_named"]
STACKING: tuple[Stacked, ...] = ("forbidden", "to_check", "not_named")


class Stacking(NamedTuple):
    """What the rules say of receiving both."""

    said: Stacked
    """forbidden: one names the other; to_check: one names a family of programmes, or the same plan; else not_named."""
    sentences: tuple[Sentence, ...]
    """The conditions that say so."""


def stacking(
    first: RuleTree, second: RuleTree, first_names: Collection[str], second_names: Collection[str]
) -> Stacking:
    """Return what the rules of two calls say of each other.

    Args: first_names, second_names: id and names of the programmes, as rules may name them; spaces and case do not
        count.
    """
    found = [*_said(first, second_names), *_said(second, first_names)]
    words = {each for each, _ in found}
    said: Stacked = "forbidden" if "forbidden" in words else "to_check" if words else "not_named"
    return Stacking(said, tuple(dict.fromkeys(sentence for each, sentence in found if each == said)))


def _said(rules: RuleTree, names: Collection[str]) -> Iterable[tuple[Stacked, Sentence]]:
    wanted = {plain(name) for name in names if name}
    for leaf in leaves(rule_of(rules)):
        asked = leaf.requirement
        if not isinstance(asked, ExclusiveWith):
            continue
        named = bool(wanted & {plain(each) for each in asked.programmes})
        if named or asked.groups:
            yield ("forbidden" if named and not asked.unless_same_plan else "to_check"), asked.sentence()
