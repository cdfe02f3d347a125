"""Where the ledger of awards stands against an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from madang_matching.eligibility import evaluate
from madang_server.api.eligibility import seoul_today
from madang_server.matches.applicants import applicant_of, call_of

OF_AWARDS = frozenset({"earlier_award", "exclusive_with", "de_minimis"})
"""Kinds of conditions that look at what was received."""


def application_conflicts(value: list[Any], _arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the conditions on awards that are not met, of [now, call or None, applicant or None]."""
    now, call_row, applicant = value
    if call_row is None or applicant is None:
        return []
    call = call_of(call_row)
    _, conditions = evaluate(call.rules, applicant_of(applicant), call, seoul_today(now))
    return [
        each._asdict()
        for each in conditions
        if each.kind in OF_AWARDS and each.verdict == "not_eligible" and not each.spared
    ]
