"""Which one missing value would decide most calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.dates import Dates, dates_of
from madang_matching.eligibility.logic import leaves, number, rule_of
from madang_matching.eligibility.tree import Rule
from madang_matching.eligibility.verdicts import CHECK
from madang_matching.records import Call, Organisation


@dataclass(frozen=True, slots=True)
class Question:
    """One field that is not filled in."""

    field: str
    """Of `profile.FIELDS`, or "statement:KEY"."""
    calls: tuple[str, ...]
    """Ids of the calls that some answer decides, in the order given."""
    could_be_eligible: tuple[str, ...]
    """Those of them of which some answer makes the applicant eligible."""


def questions(
    calls: Iterable[Call],
    applicant: Organisation | Applicant,
    today: date,
    rules: Mapping[str, Rule] | None = None,
) -> tuple[Question, ...]:
    """Return the missing fields that decide calls, the most deciding first; ties go to more that become eligible.

    Args: rules: those that were read already, by call id; others are read.

    A field decides a call where the verdict is "check" and for some value of this field alone it is not.
    """
    person = applicant_of(applicant)
    decided: dict[str, list[str]] = {}
    eligible: dict[str, list[str]] = {}
    for call in calls:
        rule = (rules or {}).get(call.id) or rule_of(call.rules)
        for name, answers in _answers(rule, person, dates_of(call, today)).items():
            decided.setdefault(name, []).append(call.id)
            if max(answers) > CHECK:
                eligible.setdefault(name, []).append(call.id)
    found = [Question(name, tuple(ids), tuple(eligible.get(name, ()))) for name, ids in decided.items()]
    return tuple(sorted(found, key=lambda each: (-len(each.calls), -len(each.could_be_eligible), each.field)))


def best_question(calls: Iterable[Call], applicant: Organisation | Applicant, today: date) -> Question | None:
    """Return the question that decides most calls; None where no single answer decides any."""
    return next(iter(questions(calls, applicant, today)), None)


def _answers(rule: Rule, applicant: Applicant, dates: Dates) -> dict[str, set[int]]:
    """Return what the tree may say other than "check", by the field that is asked."""
    if number(rule, applicant, dates) != CHECK:
        return {}
    found: dict[str, set[int]] = {}
    for name, value in _values(rule, applicant, dates):
        answer = number(rule, applicant.with_values({name: value}), dates)
        if answer != CHECK:
            found.setdefault(name, set()).add(answer)
    return found


def _values(rule: Rule, applicant: Applicant, dates: Dates) -> Iterator[tuple[str, object]]:
    """Yield values of one missing field on either side of what a condition asks of it."""
    seen: set[tuple[str, str]] = set()
    for leaf in leaves(rule):
        finding = leaf.requirement.check(applicant, dates)
        if finding.verdict != "check" or not finding.missing:
            continue
        for wanted in (True, False):
            for way in leaf.requirement.changes(applicant, dates, wanted):
                asked = [change for change in way if change.field in finding.missing]
                if len(way) == 1 and asked and (way[0].field, repr(way[0].value)) not in seen:
                    seen.add((way[0].field, repr(way[0].value)))
                    yield way[0].field, way[0].value
