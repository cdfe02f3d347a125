"""Builders of records with defaults."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from madang_matching.records import Call, Organisation, Snapshot, Technology, Text

TAKEN_AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def make_organisation(**overrides: Any) -> Organisation:
    """A startup in Gangnam about which everything that rules ask is known."""
    values: dict[str, Any] = {
        "id": "org_a",
        "kind": "startup",
        "name_ko": "가온로보틱스",
        "name_en": "Gaon Robotics",
        "founded_on": "2023-05-10",
        "employees": 12,
        "revenue_won": 900_000_000,
        "industry_code": "J62",
        "stage": "early",
        "region_codes": ("11680", "11"),
        "location": (127.05, 37.50),
    }
    return Organisation(**(values | overrides))


def make_call(**overrides: Any) -> Call:
    """An open call without rules."""
    values: dict[str, Any] = {
        "id": "call_a",
        "name_ko": "제조 혁신 지원",
        "name_en": "Manufacturing support",
        "purposes": ("money",),
        "noticed_on": "2026-11-01",
        "opens_at": "2026-11-05T00:00:00Z",
        "closes_at": "2026-12-20T09:00:00Z",
    }
    return Call(**(values | overrides))


def make_snapshot(**overrides: Any) -> Snapshot:
    """Nothing in it but what is given."""
    values: dict[str, Any] = {
        "organisations": (),
        "calls": (),
        "projects": (),
        "technologies": (),
        "dismissed": frozenset(),
        "taken_at": TAKEN_AT,
    }
    return Snapshot(**(values | overrides))


def make_text(text_id: str, text: str, *technologies: str) -> Text:
    return Text(text_id, text, technologies)


ROBOTS = Technology("tec_robot", "로봇", "Robotics", None, ("로봇", "robot"))
VISION = Technology("tec_vision", "비전 검사", "Machine vision", "tec_ai", ("비전 검사", "machine vision"))
AI = Technology("tec_ai", "인공지능", "Artificial intelligence", None, ("인공지능", "ai"))
BATTERY = Technology("tec_battery", "배터리", "Batteries", None, ("배터리", "battery"))
