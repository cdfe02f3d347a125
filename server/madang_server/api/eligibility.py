"""Judges what the read model hands over: one organisation, one call, the day of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from madang_matching.eligibility import evaluate, read_rules
from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.coverage import checked
from madang_matching.eligibility.dates import SEOUL
from madang_matching.eligibility.fixes import nearest_fix
from madang_matching.eligibility.logic import leaves
from madang_matching.eligibility.profile import FIELDS, STATEMENT, Field, field_of
from madang_matching.eligibility.questions import best_question
from madang_matching.eligibility.tree import Leaf, Rule
from madang_matching.eligibility.windows import timing
from madang_matching.records import Call, Organisation
from madang_server.matches.applicants import applicant_of, call_of
from madang_server.services.change_words import change_said
from madang_server.services.fact_texts import OF_PROFILE, option_words

Judged = dict[str, Any]
"""The keys of `madang_graph.subjects.eligibility.ELIGIBILITY`."""


def eligibility(value: list[Any] | None, _arguments: Mapping[str, Any]) -> Judged | None:
    """Return the answer for [now, call, applicant]; None when one of the two is not there to be seen."""
    if value is None:
        return None
    now, call, applicant = value
    return judged(applicant_of(applicant), call_of(call), seoul_today(now))


def eligibility_of_ours(value: list[Any], _arguments: Mapping[str, Any]) -> list[Judged]:
    """Return the answers for [now, call, applicants]."""
    now, call_row, applicants = value
    call, today = call_of(call_row), seoul_today(now)
    return [judged(applicant_of(row), call, today) for row in applicants]


def judged(applicant: Organisation | Applicant, call: Call, today: date) -> Judged:
    """Return verdict, conditions and what would change it, as of a day in Seoul."""
    rule = read_rules(call.rules)
    verdict, conditions = evaluate(rule, applicant, call, today)
    organisation = applicant if isinstance(applicant, Organisation) else applicant.organisation
    decided, total = checked(conditions)
    return {
        "call_id": call.id,
        "organisation_id": organisation.id if organisation else "",
        "name_ko": organisation.name_ko if organisation else "",
        "name_en": organisation.name_en if organisation else "",
        "verdict": verdict,
        "as_of": today.isoformat(),
        "conditions": [asdict(condition) for condition in conditions],
        "window": _window(rule, applicant, call, today),
        "coverage": {"checked": decided, "total": total},
        **_fix(rule, applicant, call, today),
    }


def _window(rule: Rule, applicant: Organisation | Applicant, call: Call, today: date) -> dict[str, str | None] | None:
    times = timing(rule, applicant, call, today)
    if times.now is None and not times.eligible:
        return None
    first = times.eligible[0] if times.eligible else None
    return {
        "since": _iso(times.now.first) if times.now else None,
        "until": _iso(times.now.last) if times.now else None,
        "qualifies_from": _iso(max(first.first, today) if first.first else today) if first else None,
        "qualifies_until": _iso(first.last) if first else None,
    }


def _fix(rule: Rule, applicant: Organisation | Applicant, call: Call, today: date) -> dict[str, Any]:
    fix = nearest_fix(rule, applicant, call, today)
    asked = tuple(leaves(rule))
    return {
        "fixes": [change_said(change, asked) for change in fix.changes] if fix else [],
        "to_read": [_to_read(leaf) for leaf in fix.left_to_read] if fix else [],
    }


def _to_read(leaf: Leaf) -> dict[str, str]:
    sentence = leaf.requirement.sentence()
    return {"text_ko": sentence.ko, "text_en": sentence.en}


def _iso(day: date | None) -> str | None:
    return None if day is None or day in (date.min, date.max) else day.isoformat()


def helpful_question(value: list[Any] | None, _arguments: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the answer for [now, open calls with their names, applicant]; None when nothing helps, or none may see."""
    if value is None:
        return None
    now, rows, applicant = value
    calls = {row[0][0]: replace(call_of(row[0]), name_ko=row[1] or "", name_en=row[2] or "") for row in rows}
    found = best_question(calls.values(), applicant_of(applicant), seoul_today(now))
    if found is None:
        return None
    named = [calls[each] for each in found.calls]
    return {
        "field": _fact_field(field_of(found.field)) | _asked_in(found.field, named),
        "calls": [{"id": call.id, "name_ko": call.name_ko, "name_en": call.name_en} for call in named],
        "could": len(found.could_be_eligible),
    }


def _asked_in(name: str, calls: Sequence[Call]) -> dict[str, str]:
    """The words of the notice, for a question that one notice asks."""
    if not name.startswith(STATEMENT):
        return {}
    for leaf in (leaf for call in calls for leaf in leaves(read_rules(call.rules))):
        if name in leaf.requirement.fields:
            sentence = leaf.requirement.sentence()
            return {"name": name, "label_ko": sentence.ko, "label_en": sentence.en}
    return {"name": name}


def seoul_today(now: str) -> date:
    """Return the day in Seoul of an instant such as 2026-11-24T03:00:00Z."""
    return datetime.fromisoformat(now).replace(tzinfo=UTC).astimezone(SEOUL).date()


def fact_fields(_value: Any, _arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the table of what may be known of an applicant."""
    return [_fact_field(field) for field in FIELDS.values()]


def _fact_field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "group": field.group,
        "by": field.control,
        "label_ko": field.ko,
        "label_en": field.en,
        "question_ko": field.question_ko,
        "question_en": field.question_en,
        "options": [{"value": each, **option_words(field, each)} for each in field.options],
        "of_profile": field.name in OF_PROFILE,
    }


READS: Mapping[str, Any] = {
    "eligibility": eligibility,
    "eligibility_of_ours": eligibility_of_ours,
    "fact_fields": fact_fields,
    "helpful_question": helpful_question,
}
"""What the compiler's declarations name."""

__all__ = ["READS", "eligibility", "eligibility_of_ours", "fact_fields", "judged", "seoul_today"]
