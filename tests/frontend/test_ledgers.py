"""What a call asks for against what an organisation has, and the form of a condition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from madang_frontend.ledgers import checklist, entry_at
from madang_frontend.rule_forms import place_at, rule_fields

TODAY = date(2026, 11, 24)


def state(documents: list[tuple[str, str | None]], needed_on: str | None = None) -> str:
    held = [{"kind": kind, "expiresOn": day} for kind, day in documents]
    (paper,) = checklist(["TAX_CLEARANCE"], held, TODAY, needed_on)
    return paper.state


@pytest.mark.parametrize(
    ("documents", "needed_on", "expected"),
    [
        ([], None, "MISSING"),
        ([("BUSINESS_PLAN", None)], None, "MISSING"),
        ([("TAX_CLEARANCE", None)], "2026-12-10T09:00:00Z", "HAVE"),
        ([("TAX_CLEARANCE", "2026-11-23")], None, "EXPIRED"),
        ([("TAX_CLEARANCE", "2026-11-24")], None, "HAVE"),
        ([("TAX_CLEARANCE", "2026-12-09")], "2026-12-10T09:00:00Z", "EXPIRES"),
        ([("TAX_CLEARANCE", "2026-12-10")], "2026-12-10T09:00:00Z", "HAVE"),
        ([("TAX_CLEARANCE", "2026-11-30")], "2026-11-01T09:00:00Z", "HAVE"),
        ([("TAX_CLEARANCE", "2026-11-23"), ("TAX_CLEARANCE", "2026-12-31")], "2026-12-10", "HAVE"),
        ([("TAX_CLEARANCE", "2026-11-23"), ("TAX_CLEARANCE", None)], "2026-12-10", "HAVE"),
    ],
)
def test_a_paper_is_had_expires_or_is_missing_to_the_day(
    documents: list[tuple[str, str | None]], needed_on: str | None, expected: str
) -> None:
    assert state(documents, needed_on) == expected


def test_a_form_is_of_its_entry_or_of_a_new_one() -> None:
    entries = [{"id": "awd_a", "name": "하나"}, {"id": "awd_b", "name": "둘"}]
    assert entry_at(entries, "awd_b")["name"] == "둘"
    blank = entry_at(entries, "awd_none")
    assert not blank
    assert blank["name"] is None


KINDS: list[dict[str, Any]] = [
    {
        "name": "founder_age",
        "inputs": [
            {"name": "bands", "type": "bands", "label": "Bands", "needed": True, "options": []},
            {
                "name": "bound", "type": "word", "label": "Limit", "needed": False,
                "options": [{"value": "inclusive", "label": "up to"}],
            },
        ],
    }
]  # fmt: skip


def test_the_form_of_a_condition_holds_what_is_saved_and_rows_to_fill() -> None:
    place = {
        "at": "0",
        "word": "kind",
        "kind": "founder_age",
        "fields": [{"name": "bands", "value": '[{"max_years": 39}]'}, {"name": "bound", "value": "inclusive"}],
    }
    assert place_at([{"at": "", "word": "all"}, place], "0") is place
    assert place_at([{"at": "0", "word": "any"}], "0") is None
    bands, bound = rule_fields(KINDS, "founder_age", place)
    assert [dict(row) for row in bands.rows] == [{"max_years": 39}, {}, {}, {}]
    assert (bound.saved, bound.options) == ("inclusive", [("inclusive", "up to")])


def test_a_kind_that_is_not_known_has_no_form_and_broken_rows_are_left_out() -> None:
    assert rule_fields(KINDS, "nonsense", None) == []
    place = {"kind": "founder_age", "fields": [{"name": "bands", "value": "[3, {"}]}
    assert [dict(row) for row in rule_fields(KINDS, "founder_age", place)[0].rows] == [{}, {}, {}]
    assert rule_fields(KINDS, "founder_age", {"kind": "prose", "fields": []})[1].saved is None
