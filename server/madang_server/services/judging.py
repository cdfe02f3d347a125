"""Judges one applicant and one call as of a day: verdict, conditions, when it changes, and what would change it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from madang_matching.eligibility import evaluate, read_rules
from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.coverage import checked
from madang_matching.eligibility.dates import SEOUL
from madang_matching.eligibility.fixes import nearest_fix
from madang_matching.eligibility.logic import leaves
from madang_matching.eligibility.tree import Leaf, Rule
from madang_matching.eligibility.windows import timing
from madang_matching.records import Call, Organisation

from madang_server.services.change_words import change_said

Judged = dict[str, Any]
"""The keys of `madang_graph.subjects.eligibility.ELIGIBILITY`."""


def judged(applicant: Organisation | Applicant, call: Call, today: date, *, fixes: bool = True) -> Judged:
    """Return verdict, conditions and what would change it, as of a day in Seoul.

    Args: fixes: False leaves out the nearest fix, which costs more than all the rest.
    """
    rule = read_rules(call.rules)
    verdict, conditions = evaluate(rule, applicant, call, today)
    organisation = applicant if isinstance(applicant, Organisation) else applicant.organisation
    decided, total = checked(conditions)
    return {
        "call_id": call.id,
        "call_name_ko": call.name_ko,
        "call_name_en": call.name_en,
        "closes_at": call.closes_at,
        "organisation_id": organisation.id if organisation else "",
        "name_ko": organisation.name_ko if organisation else "",
        "name_en": organisation.name_en if organisation else "",
        "verdict": verdict,
        "as_of": today.isoformat(),
        "conditions": [condition._asdict() for condition in conditions],
        "window": _window(rule, applicant, call, today),
        "coverage": {"checked": decided, "total": total},
        **(_fix(rule, applicant, call, today) if fixes else {"fixes": [], "to_read": []}),
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


def seoul_today(now: str) -> date:
    """Return the day in Seoul of an instant such as 2026-11-24T03:00:00Z."""
    return datetime.fromisoformat(now).replace(tzinfo=UTC).astimezone(SEOUL).date()
