"""Judges what the read model hands over: one organisation, one call, the day of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from madang_matching.eligibility import read_rules
from madang_matching.eligibility.logic import leaves
from madang_matching.eligibility.profile import FIELDS, STATEMENT, Field, field_of
from madang_matching.eligibility.questions import best_question
from madang_matching.records import Call
from madang_server.matches.applicants import applicant_of, call_of
from madang_server.services.fact_texts import OF_PROFILE, option_words
from madang_server.services.judging import Judged, judged, seoul_today


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


def helpful_question(value: list[Any] | None, _arguments: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the answer for [now, open calls with their names, applicant]; None when nothing helps, or none may see."""
    if value is None:
        return None
    now, rows, applicant = value
    calls = {call.id: call for call in map(call_of, rows)}
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
            said = {"label_ko": sentence.ko, "label_en": sentence.en}
            return {"name": name, **said, "question_ko": sentence.ko, "question_en": sentence.en}
    return {"name": name}


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
