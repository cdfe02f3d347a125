"""May this organisation apply to this call? The verdict and every condition behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.atoms import Atom
from madang_matching.eligibility.dates import Dates, dates_of
from madang_matching.eligibility.logic import rule_of
from madang_matching.eligibility.normal_forms import Join, Line, form_of
from madang_matching.eligibility.tree import Rule, read_rules
from madang_matching.eligibility.verdicts import all_of, any_of, negated
from madang_matching.records import Call, Condition, Organisation, RuleTree, Verdict

MOST_ANSWERS = 50_000
"""So many conditions are remembered of one applicant; when there are more, all are forgotten."""

_new: Callable[[type[Condition], tuple[object, ...]], Condition] = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
"""Makes a named tuple in half the time of its own constructor."""
_Answer: TypeAlias = tuple[Verdict, Verdict, str, str, str, tuple[str, ...]]
"""Verdict of a condition, its opposite, what the applicant has in Korean and English, its source, what is missing."""


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
    conditions, verdicts = _conditions(form.lines, applicant_of(organisation), dates_of(call, today))
    verdict = _value(form.root, verdicts, conditions)
    return verdict, tuple(conditions)


def describe_rules(rules: RuleTree) -> tuple[RuleLine, ...]:
    """Return the conditions as text, in the order of the rules. Never raises."""
    lines = form_of(read_rules(rules)).lines
    return tuple(RuleLine(line.kind, line.required_ko, line.required_en, line.source_text) for line in lines)


class _Answers:
    """What was found out about one applicant on one day."""

    __slots__ = ("_found", "_today")

    def __init__(self, _applicant: Applicant) -> None:
        self._today = date.min
        self._found: dict[object, _Answer] = {}

    def on(self, today: date) -> dict[object, _Answer]:
        """Return what is known as of a day; by atom, or by atom and the days of the call that it reads."""
        if today != self._today or len(self._found) > MOST_ANSWERS:
            self._today, self._found = today, {}
        return self._found


def _conditions(lines: Sequence[Line], applicant: Applicant, dates: Dates) -> tuple[list[Condition], list[Verdict]]:
    """One condition per line, none of them spared, and its verdict."""
    found = applicant.derived(_Answers).on(dates.today)
    conditions: list[Condition] = []
    verdicts: list[Verdict] = []
    for line in lines:
        atom = line.atom
        key = atom if atom.days is None else (atom, atom.days(dates))
        answer = found.get(key)
        if answer is None:
            answer = found[key] = _answer(atom, applicant, dates)
        verdict, opposite, mine_ko, mine_en, source, missing = answer
        if line.negated:
            verdict = opposite
        verdicts.append(verdict)
        conditions.append(
            _new(
                Condition,
                (
                    line.kind, verdict, line.required_ko, line.required_en, mine_ko, mine_en, line.source_text, source,
                    missing, False,
                ),
            )
        )  # fmt: skip
    return conditions, verdicts


def _answer(atom: Atom, applicant: Applicant, dates: Dates) -> _Answer:
    verdict, mine, missing = atom.requirement.check(applicant, dates)
    return verdict, negated(verdict), mine.ko, mine.en, applicant.sources(atom.fields), missing


def _value(join: Join, verdicts: Sequence[Verdict], conditions: list[Condition]) -> Verdict:
    """Return the value of a join. Where one way is open, whoever takes it need not meet the others: they are spared."""
    parts: list[Verdict] = [verdicts[place] for place in join.places]
    if join.joins:
        parts.extend([_value(each, verdicts, conditions) for each in join.joins])
    if not join.one_is_enough:
        return all_of(parts)
    value = any_of(parts)
    if value == "eligible":
        conditions[join.span] = [
            each if each.verdict == "eligible" else each._replace(spared=True) for each in conditions[join.span]
        ]
    return value
