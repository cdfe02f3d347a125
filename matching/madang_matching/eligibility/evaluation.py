"""May this organisation apply to this call? The verdict and every condition behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.dates import Dates, dates_of
from madang_matching.eligibility.requirement import Finding
from madang_matching.eligibility.tree import Group, Leaf, Negation, Rule, read_rules
from madang_matching.eligibility.verdicts import all_of, any_of, negated
from madang_matching.records import Call, Condition, Organisation, RuleTree, Verdict

_NOT = ("해당하지 않을 것: ", "Must not hold: ")
_ONE_OF = ("다음 중 하나: ", "One of these: ")


class RuleLine(NamedTuple):
    """One condition as text, for pages that show a call without an applicant."""

    kind: str
    required_ko: str
    required_en: str
    source_text: str


def evaluate(
    rules: RuleTree | Rule, organisation: Organisation | Applicant, call: Call, today: date
) -> tuple[Verdict, tuple[Condition, ...]]:
    """Return the verdict and the conditions in the order of the rules.

    Args:
        rules: as stored, or already read by `read_rules` (cheaper for many organisations).
        organisation: as stored, or an applicant of whom more is said (what-if).
        today: the day in Seoul on which one would apply; decides where a condition counts on that day only.

    Returns:
        The Kleene value of the tree, and one condition per leaf. A condition under `not` carries the opposite verdict
        and says so; under `any`, one "eligible" condition is enough, and the others are spared. No rules: "check".
        Never raises for bad rules.
    """
    rule = rules if isinstance(rules, Leaf | Group | Negation) else read_rules(rules)
    conditions: list[Condition] = []
    verdict = _Walk(applicant_of(organisation), dates_of(call, today), conditions).value(rule, ("", ""), False)
    return verdict, tuple(conditions)


def describe_rules(rules: RuleTree) -> tuple[RuleLine, ...]:
    """Return the conditions as text, in the order of the rules. Never raises."""
    return tuple(_lines(read_rules(rules), ("", ""), False))


@dataclass(frozen=True, slots=True)
class _Walk:
    """One applicant against one tree; `conditions` fills up in the order of the rules."""

    applicant: Applicant
    dates: Dates
    conditions: list[Condition]

    def value(self, rule: Rule, prefix: tuple[str, str], flipped: bool) -> Verdict:
        """Return the rule's own value; appended conditions carry the value that counts for the applicant."""
        if isinstance(rule, Negation):
            return negated(self.value(rule.part, prefix, not flipped))
        if isinstance(rule, Group):
            return self._group(rule, _inner(rule, prefix, flipped), flipped)
        finding = rule.requirement.check(self.applicant, self.dates)
        self.conditions.append(self._condition(rule, finding, _line(rule, prefix, flipped), flipped))
        return finding.verdict

    def _group(self, group: Group, prefix: tuple[str, str], flipped: bool) -> Verdict:
        first = len(self.conditions)
        parts: list[Verdict] = [self.value(part, prefix, flipped) for part in group.parts]
        value = all_of(parts) if group.word == "all" else any_of(parts)
        if _one_is_enough(group, flipped) and (negated(value) if flipped else value) == "eligible":
            self._spare(first)
        return value

    def _spare(self, first: int) -> None:
        """One way is open, so whoever takes it need not meet the others."""
        for index, condition in enumerate(self.conditions[first:], start=first):
            if condition.verdict != "eligible":
                self.conditions[index] = replace(condition, spared=True)

    def _condition(self, leaf: Leaf, finding: Finding, line: RuleLine, flipped: bool) -> Condition:
        verdict = negated(finding.verdict) if flipped else finding.verdict
        mine, sources = finding.mine, self._sources(leaf)
        return Condition(
            leaf.kind,
            verdict,
            line.required_ko,
            line.required_en,
            mine.ko,
            mine.en,
            leaf.source_text,
            sources,
            finding.missing,
        )

    def _sources(self, leaf: Leaf) -> str:
        applicant = self.applicant
        if not applicant.has_sources:
            return ""
        sources = dict.fromkeys(applicant.source(name) for name in leaf.requirement.fields)
        return ", ".join(source for source in sources if source)


def _one_is_enough(group: Group, flipped: bool) -> bool:
    """A negated `all` holds when one part fails, so it reads like an `any`, and the other way round."""
    return (group.word == "any") != flipped


def _inner(group: Group, prefix: tuple[str, str], flipped: bool) -> tuple[str, str]:
    return _ONE_OF if _one_is_enough(group, flipped) and len(group.parts) > 1 else prefix


def _line(leaf: Leaf, prefix: tuple[str, str], flipped: bool) -> RuleLine:
    sentence = leaf.sentence
    not_ko, not_en = _NOT if flipped else ("", "")
    return RuleLine(leaf.kind, prefix[0] + not_ko + sentence.ko, prefix[1] + not_en + sentence.en, leaf.source_text)


def _lines(rule: Rule, prefix: tuple[str, str], flipped: bool) -> Iterator[RuleLine]:
    if isinstance(rule, Negation):
        yield from _lines(rule.part, prefix, not flipped)
    elif isinstance(rule, Group):
        inner = _inner(rule, prefix, flipped)
        for part in rule.parts:
            yield from _lines(part, inner, flipped)
    else:
        yield _line(rule, prefix, flipped)
