"""May this organisation apply to this call? The verdict and every condition behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.dates import Dates, dates_of
from madang_matching.eligibility.logic import rule_of
from madang_matching.eligibility.normal_forms import Join, Line, form_of
from madang_matching.eligibility.tree import Rule, read_rules
from madang_matching.eligibility.verdicts import all_of, any_of, negated
from madang_matching.records import Call, Condition, Organisation, RuleTree, Verdict

MOST_CONDITIONS = 50_000
"""So many conditions are remembered of one applicant; when there are more, all are forgotten."""

_new: Callable[[type[Condition], tuple[object, ...]], Condition] = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
"""Makes a named tuple in half the time of its own constructor."""


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
        organisation: as stored, or an applicant: one of whom more is said (what-if), or who is judged on many calls
            (cheaper, as conditions that calls share are checked once).
        today: the day in Seoul on which one would apply; decides where a condition counts on that day only.

    Returns:
        The Kleene value of the tree, and one condition per leaf. A condition under `not` carries the opposite verdict
        and says so; under `any`, one "eligible" condition is enough, and the others are spared. No rules: "check".
        Never raises for bad rules.
    """
    form = form_of(rule_of(rules))
    conditions = _conditions(form.lines, applicant_of(organisation), dates_of(call, today))
    verdict = _value(form.root, conditions)
    return verdict, tuple(conditions)


def describe_rules(rules: RuleTree) -> tuple[RuleLine, ...]:
    """Return the conditions as text, in the order of the rules. Never raises."""
    lines = form_of(read_rules(rules)).lines
    return tuple(RuleLine(line.kind, line.required_ko, line.required_en, line.source_text) for line in lines)


class _Told:
    """What one applicant is told on one day: conditions by line, or by line and the days of the call that it reads."""

    __slots__ = ("_conditions", "_today")

    def __init__(self, _applicant: Applicant) -> None:
        self._today = date.min
        self._conditions: dict[object, Condition] = {}

    def on(self, today: date) -> dict[object, Condition]:
        """Return what is known as of a day."""
        if today != self._today or len(self._conditions) > MOST_CONDITIONS:
            self._today, self._conditions = today, {}
        return self._conditions


def _conditions(lines: Sequence[Line], applicant: Applicant, dates: Dates) -> list[Condition]:
    """One condition per line, none of them spared."""
    told = applicant.derived(_Told).on(dates.today)
    conditions: list[Condition] = []
    for line in lines:
        days = line.days
        key = line if days is None else (line, days(dates))
        condition = told.get(key)
        if condition is None:
            condition = told[key] = _condition(line, applicant, dates)
        conditions.append(condition)
    return conditions


def _condition(line: Line, applicant: Applicant, dates: Dates) -> Condition:
    verdict, (mine_ko, mine_en), missing = line.requirement.check(applicant, dates)
    if line.negated:
        verdict = negated(verdict)
    return _new(
        Condition,
        (
            line.kind, verdict, line.required_ko, line.required_en, mine_ko, mine_en, line.source_text,
            applicant.sources(line.fields), missing, False,
        ),
    )  # fmt: skip


def _value(join: Join, conditions: list[Condition]) -> Verdict:
    """Return the value of a join. Where one way is open, whoever takes it need not meet the others: they are spared."""
    parts: list[Verdict] = [conditions[place].verdict for place in join.places]
    if join.joins:
        parts.extend([_value(each, conditions) for each in join.joins])
    if not join.one_is_enough:
        return all_of(parts)
    value = any_of(parts)
    if value == "eligible":
        conditions[join.span] = [
            each if each.verdict == "eligible" else each._replace(spared=True) for each in conditions[join.span]
        ]
    return value
