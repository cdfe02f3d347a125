"""What the page of one's own profile works out: what is empty, and what each empty value would bring."""

from __future__ import annotations

from typing import Any

from madang_frontend.profiles import Empty, profile_of


def make_saved(**overrides: Any) -> dict[str, Any]:
    saved = dict.fromkeys(("foundedOn", "revenueWon", "summaryKo", "summaryEn", "stage", "trl", "homepage"))
    saved |= {"employees": 0, "industry": {"id": "ind_1"}, "district": None, "technologies": {"nodes": []}}
    saved |= {"waiting": {"edges": []}, "sources": {"edges": []}, "changedFields": None}
    return saved | overrides


def make_fit(*missing: str, verdict: str = "CHECK", spared: bool = False) -> dict[str, Any]:
    return {"conditions": [{"verdict": verdict, "missing": [name], "spared": spared} for name in missing]}


def test_an_empty_value_comes_first_when_most_verdicts_wait_for_it() -> None:
    fits = [
        make_fit("revenue_won", "founded_on"),
        make_fit("revenue_won", "revenue_won"),
        make_fit("region_codes", spared=True),
        make_fit(),
    ]
    profile = profile_of(make_saved(waiting={"edges": fits}))
    assert profile.empty[:3] == [Empty("revenueWon", 2), Empty("foundedOn", 1), Empty("districtId", 0)]
    assert profile.waiting == 2


def test_nought_is_a_value_and_either_language_is_a_summary() -> None:
    profile = profile_of(make_saved(summaryEn="We weld."))
    assert {"employees", "summary"}.isdisjoint(each.name for each in profile.empty)
    assert sum(profile.filled) == 3


def test_where_values_came_from_and_what_changed_are_said_by_the_fields_of_the_form() -> None:
    edge = {"fields": ["industry_code", "location", "trl"], "asOf": "2026-03-01", "node": {"id": "s", "title": "x"}}
    profile = profile_of(make_saved(sources={"edges": [edge]}, changedFields=["location", "revenue_won", "trl"]))
    assert set(profile.stated) == {"industryId", "districtId", "trl"}
    assert profile.changed == ["districtId", "revenueWon", "trl"]
