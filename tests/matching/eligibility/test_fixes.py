"""Nearest fixes: true, minimal against brute force, and said by whom they can be made.

`ELIGIBILITY_FIXES=1000 pytest tests/matching/eligibility/test_fixes.py` compares as many cases with brute force.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from madang_matching.eligibility import read_rules
from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates, dates_of, days_later, months_later
from madang_matching.eligibility.fixes import Fix, nearest_fix
from madang_matching.eligibility.logic import leaves, number
from madang_matching.eligibility.requirement import APPLICATION_DAY, Change, changed
from madang_matching.eligibility.tree import Rule
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE

from tests.eligibility_cases import draw_call, draw_organisation, draw_rules
from tests.eligibility_kinds import INDUSTRIES, REGIONS
from tests.matching.builders import make_call, make_organisation

CASES = int(os.environ.get("ELIGIBILITY_FIXES", "100"))
TODAY = date(2026, 11, 24)
BRUTE_KINDS = frozenset(("firm_age", "region", "industry", "size", "organisation_kind", "prose"))
"""Kinds whose values are few enough to try all."""


def fix_of(rules: Any, call: dict[str, Any] | None = None, **organisation: Any) -> Fix | None:
    return nearest_fix(rules, make_organisation(**organisation), make_call(**(call or {})), TODAY)


def said(fix: Fix | None) -> set[tuple[str, object, str]]:
    assert fix is not None
    return {(change.field, change.value, change.by) for change in fix.changes}


def test_who_is_eligible_needs_nothing() -> None:
    assert fix_of({"kind": "size", "employees_max": 12}) == Fix((), ())


def test_one_change_that_meets_two_conditions_is_one_change() -> None:
    rules = {"all": [{"kind": "size", "employees_min": 15}, {"kind": "size", "employees_min": 20}]}
    assert said(fix_of(rules)) == {("employees", 20, "you")}


def test_a_way_in_ones_power_comes_before_one_that_is_not() -> None:
    rules = {"any": [{"kind": "region", "codes": ["26"]}, {"kind": "size", "employees_min": 20}]}
    assert said(fix_of(rules)) == {("employees", 20, "you")}


def test_one_change_outside_comes_before_two_in_ones_power() -> None:
    two = {"all": [{"kind": "size", "employees_min": 20}, {"kind": "region", "codes": ["26"], "site": "plant"}]}
    assert said(fix_of({"any": [two, {"kind": "size", "revenue_min_won": 10**9}]})) == {
        ("revenue_won", 10**9, "outside")
    }


def test_what_time_does_is_the_first_day_on_which_it_is_done() -> None:
    rules = {"kind": "firm_age", "min_years": 3, "reference": "application"}
    assert said(fix_of(rules, founded_on="2023-12-01")) == {(APPLICATION_DAY, date(2026, 12, 1), "time")}


def test_a_day_after_the_call_closes_is_no_fix() -> None:
    rules = {"kind": "firm_age", "min_years": 3, "reference": "application"}
    fix = fix_of(rules, founded_on="2024-06-01")
    assert APPLICATION_DAY not in {name for name, _, _ in said(fix)}


def test_a_missing_answer_is_a_change_of_ones_own() -> None:
    rules = {"kind": "region", "codes": ["11"]}
    assert said(fix_of(rules, region_codes=())) == {("region_codes", ("11",), "you")}


def test_words_are_left_to_read_and_the_rest_is_fixed() -> None:
    rules = {"all": [{"kind": "prose", "text_ko": "가"}, {"kind": "size", "employees_min": 20}]}
    fix = fix_of(rules)
    assert said(fix) == {("employees", 20, "you")}
    assert fix is not None
    assert [leaf.kind for leaf in fix.left_to_read] == ["prose"]


def test_a_way_without_reading_comes_before_one_with() -> None:
    rules = {"any": [{"kind": "prose", "text_ko": "가"}, {"kind": "size", "employees_min": 20}]}
    fix = fix_of(rules)
    assert said(fix) == {("employees", 20, "you")}
    assert fix is not None
    assert not fix.left_to_read


def test_rules_that_nobody_can_meet_have_no_fix() -> None:
    rules = {"all": [{"kind": "size", "employees_min": 50}, {"kind": "size", "employees_max": 9}]}
    assert fix_of(rules) is None


def test_a_fix_of_one_condition_does_not_break_another() -> None:
    rules = {
        "all": [
            {"kind": "size", "employees_min": 20},
            {"any": [{"kind": "size", "employees_max": 15}, {"kind": "organisation_kind", "include": ["sme"]}]},
        ]
    }
    assert said(fix_of(rules)) == {("employees", 20, "you"), ("kind", "sme", "you")} or said(fix_of(rules)) == {
        ("employees", 20, "you"),
        ("kind", "sme", "outside"),
    }


# --- against brute force ---


def _domain(name: str, dates: Dates) -> Sequence[object]:
    """Values of one field, all of those at which a rule of the drawn ones may turn among them."""
    if name == "founded_on":
        known = [day for day in (dates.notice, dates.opening, dates.closing, dates.contract, dates.today) if day]
        starts = [months_later(day, -months) for day in known for months in (0, 6, 12, 36, 84, 120)]
        return sorted({days_later(day, step) for day in starts for step in (-4, -1, 0, 1, 2)})
    if name.endswith("region_codes"):
        return [(code,) for code in (*REGIONS, "48")]
    if name == "industry_code":
        return [*INDUSTRIES, "A"]
    if name in ("employees", "revenue_won"):
        limits = (0, 5, 10, 50) if name == "employees" else (0, 10**8, 10**9)
        return sorted({max(0, limit + step) for limit in limits for step in (-1, 0, 1)})
    if name == "kind":
        return ["startup", "sme", "corporate", "research", "civic", "investor"]
    assert name == APPLICATION_DAY
    last = dates.closing or days_later(dates.today, 90)
    return [dates.today + timedelta(days=step) for step in range(1, (last - dates.today).days + 1)]


def _smaller(rule: Rule, applicant: Applicant, dates: Dates, size: int) -> Iterator[tuple[object, ...]]:
    """Yield the first set of so many changes that makes one eligible."""
    names = {name for leaf in leaves(rule) for name in leaf.requirement.fields if name in _ASKED} | {APPLICATION_DAY}
    for some in combinations(sorted(names), size):
        for values in product(*(_domain(name, dates) for name in some)):
            changes = [Change(name, value, "you") for name, value in zip(some, values, strict=True)]
            if number(rule, *changed(applicant, dates, changes)) == ELIGIBLE:
                yield tuple(changes)
                return


_ASKED = frozenset(
    (
        "founded_on",
        "region_codes",
        "branch_region_codes",
        "plant_region_codes",
        "industry_code",
        "employees",
        "revenue_won",
        "kind",
    )
)


@pytest.mark.parametrize("seed", range(CASES))
def test_no_smaller_set_of_changes_makes_one_eligible(seed: int) -> None:
    random = Random(f"fix/{seed}")
    call = draw_call(random)
    rule = read_rules(draw_rules(random, 5, kinds=BRUTE_KINDS))
    applicant = Applicant(draw_organisation(random, call))
    dates = dates_of(call, TODAY + timedelta(days=random.randint(-5, 15)))
    fix = nearest_fix(rule, applicant, call, dates.today)
    if fix is None or fix.left_to_read:
        assert not any(list(_smaller(rule, applicant, dates, size)) for size in (1, 2))
        return
    assert number(rule, *changed(applicant, dates, fix.changes)) == ELIGIBLE
    for size in range(len(fix.changes)):
        for some in combinations(fix.changes, size):
            assert number(rule, *changed(applicant, dates, some)) <= CHECK
    for size in range(1, min(len(fix.changes), 3)):
        assert not list(_smaller(rule, applicant, dates, size))


def test_the_same_question_has_the_same_answer() -> None:
    for seed in range(30):
        random = Random(f"again/{seed}")
        call, rules = draw_call(random), draw_rules(random, 8)
        organisation = draw_organisation(random, call)
        first, second = (nearest_fix(rules, organisation, call, TODAY) for _ in range(2))
        assert (first and (first.changes, [leaf.requirement for leaf in first.left_to_read])) == (
            second and (second.changes, [leaf.requirement for leaf in second.left_to_read])
        )
