"""The days of a call: in a line on its page, and as a file for calendars."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar
from madang_frontend.calendars import call_calendar
from madang_frontend.timeline import call_steps, next_call
from madang_frontend.wording import load_wording

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
CALL: dict[str, Any] = {
    "id": "call_a",
    "name": "실증 지원; 1차, <b>",
    "noticedOn": "2026-11-24",
    "opensAt": "2026-11-24T04:00:00Z",
    "closesAt": "2026-12-11T09:00:00Z",
}


def test_steps_are_past_next_and_later_in_the_zone_of_the_district() -> None:
    steps = call_steps(CALL, NOW, "Asia/Seoul")
    assert [(step.kind, step.state) for step in steps] == [
        ("announced", "past"),
        ("opens", "next"),
        ("closes", "later"),
    ]


def test_days_that_are_not_known_are_left_out() -> None:
    assert call_steps({"noticedOn": None, "opensAt": None, "closesAt": None}, NOW, "Asia/Seoul") == []


def test_the_calendar_has_both_days_with_ids_that_stay() -> None:
    read = Calendar.from_ical(call_calendar(CALL, "https://madang.example/calls/call_a", NOW, load_wording("ko")))
    events = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert events.keys() == {"call_a-opens@madang", "call_a-closes@madang"}
    closing = events["call_a-closes@madang"]
    assert str(closing["summary"]) == "접수 마감: 실증 지원; 1차, <b>"
    assert closing["dtstart"].dt == datetime(2026, 12, 11, 9, tzinfo=UTC)
    assert [str(alarm["action"]) for alarm in closing.walk("VALARM")] == ["DISPLAY"]


def test_a_call_without_an_opening_day_has_one_entry() -> None:
    content = call_calendar({**CALL, "opensAt": None}, "https://madang.example/", NOW, load_wording("en"))
    assert content.count(b"BEGIN:VEVENT") == 1
    assert b"SUMMARY:Closes: " in content


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([("a", "CLOSED", "2026-01"), ("b", "OPEN", "2026-12"), ("c", "OPEN", None)], "b"),
        ([("a", "CLOSED", "2026-01"), ("b", "UPCOMING", "2027-01")], "b"),
        ([("a", "CLOSED", "2025-01"), ("b", "CLOSED", "2026-01"), ("c", "UNKNOWN", None)], "b"),
        ([("a", "UNKNOWN", None)], "a"),
        ([], None),
    ],
)
def test_the_call_of_a_programme_that_matters_now(calls: list[Any], expected: str | None) -> None:
    found = next_call([{"id": i, "state": state, "closesAt": at} for i, state, at in calls])
    assert (found["id"] if found else None) == expected
