"""Conditions one by one, to the day, and what becomes of rules that cannot be read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from madang_matching.eligibility import describe_rules, evaluate, parse_rules
from madang_matching.eligibility.kinds import KINDS
from madang_matching.errors import RuleError

from tests.matching.builders import make_call, make_organisation

TODAY = date(2026, 11, 24)


def verdict(rules: Any, call: dict[str, Any] | None = None, **organisation: Any) -> str:
    return evaluate(rules, make_organisation(**organisation), make_call(**(call or {})), TODAY)[0]


def age(**fields: Any) -> dict[str, Any]:
    return {"kind": "firm_age", "bound": "inclusive", "reference": "notice", **fields}


@pytest.mark.parametrize(
    ("founded_on", "noticed_on", "bound", "expected"),
    [
        ("2019-11-01", "2026-11-01", "inclusive", "eligible"),
        ("2019-11-01", "2026-11-01", "exclusive", "not_eligible"),
        ("2019-11-01", "2026-11-02", "inclusive", "not_eligible"),
        ("2019-11-02", "2026-11-01", "exclusive", "eligible"),
        ("2016-02-29", "2023-02-28", "inclusive", "eligible"),
        ("2016-02-29", "2023-02-28", "exclusive", "not_eligible"),
        ("2016-02-29", "2023-03-01", "inclusive", "not_eligible"),
        ("2017-02-28", "2024-02-28", "inclusive", "eligible"),
        ("2017-02-28", "2024-02-29", "inclusive", "not_eligible"),
        ("2026-11-01", "2026-11-01", "inclusive", "eligible"),
    ],
)
def test_seven_years_are_counted_to_the_day(founded_on: str, noticed_on: str, bound: str, expected: str) -> None:
    rule = age(max_years=7, bound=bound)
    assert verdict(rule, {"noticed_on": noticed_on}, founded_on=founded_on) == expected


def test_half_a_year_from_the_end_of_august_ends_on_the_last_day_of_february() -> None:
    rule = age(max_years=0.5)
    assert verdict(rule, {"noticed_on": "2026-02-28"}, founded_on="2025-08-31") == "eligible"
    assert verdict(rule, {"noticed_on": "2026-03-01"}, founded_on="2025-08-31") == "not_eligible"


def test_the_closing_day_is_the_day_in_seoul() -> None:
    rule = age(max_years=7, reference="closing")
    founded = "2019-12-01"
    assert verdict(rule, {"closes_at": "2026-12-01T14:59:59Z"}, founded_on=founded) == "eligible"
    assert verdict(rule, {"closes_at": "2026-12-01T15:00:00Z"}, founded_on=founded) == "not_eligible"


def test_the_opening_day_counts_where_the_rule_says_so() -> None:
    rule = age(max_years=7, reference="opening")
    opening = {"opens_at": "2026-11-05T00:00:00Z", "noticed_on": "2026-01-01"}
    assert verdict(rule, opening, founded_on="2019-11-04") == "not_eligible"
    assert verdict(rule, opening, founded_on="2019-11-05") == "eligible"


def test_the_day_of_the_contract_counts_once_it_is_known() -> None:
    rule = age(max_years=7, reference="contract")
    assert verdict(rule, founded_on="2019-12-20") == "check"
    assert verdict(rule, {"contract_on": "2026-12-20"}, founded_on="2019-12-20") == "eligible"
    assert verdict(rule, {"contract_on": "2026-12-21"}, founded_on="2019-12-20") == "not_eligible"
    registered = {"kind": "pre_founder", "wanted": "registered", "reference": "contract"}
    assert verdict(registered, founded_on="2026-12-21") == "check"
    assert verdict(registered, {"contract_on": "2026-12-21"}, founded_on="2026-12-21") == "eligible"
    assert verdict(registered, {"contract_on": "2026-12-20"}, founded_on="2026-12-21") == "not_eligible"


def test_more_than_three_years_excludes_the_anniversary() -> None:
    rule = age(min_years=3, bound="exclusive")
    assert verdict(rule, founded_on="2023-11-01") == "not_eligible"
    assert verdict(rule, founded_on="2023-10-31") == "eligible"
    both = age(min_years=3, min_bound="exclusive", max_years=7)
    assert verdict(both, founded_on="2023-11-01") == "not_eligible"
    assert verdict(both, founded_on="2019-11-01") == "eligible"


@pytest.mark.parametrize(
    ("call", "organisation"),
    [
        ({}, {"founded_on": None}),
        ({}, {"founded_on": "2019"}),
        ({"noticed_on": None}, {}),
        ({"noticed_on": "soon"}, {}),
        ({}, {"founded_on": "2026-11-02"}),
    ],
)
def test_age_that_cannot_be_known_is_to_check(call: dict[str, Any], organisation: dict[str, Any]) -> None:
    assert verdict(age(max_years=7), call, **organisation) == "check"


def test_an_unknown_reference_day_is_to_check_whatever_the_age() -> None:
    assert verdict(age(max_years=7, reference="unknown"), founded_on="1970-01-01") == "check"


@pytest.mark.parametrize(
    ("codes", "mine", "site", "expected"),
    [
        (["11"], ("11680", "11"), "head_office", "eligible"),
        (["11680"], ("11680", "11"), "head_office", "eligible"),
        (["11650"], ("11680", "11"), "head_office", "not_eligible"),
        (["11680"], ("11",), "head_office", "check"),
        (["41"], ("11",), "head_office", "not_eligible"),
        (["11"], (), "head_office", "check"),
        (["41"], ("11",), "plant", "check"),
        (["11"], ("11",), "plant", "check"),
        (["11"], ("11",), "any", "eligible"),
        (["41"], ("11",), "any", "check"),
    ],
)
def test_region(codes: list[str], mine: tuple[str, ...], site: str, expected: str) -> None:
    assert verdict({"kind": "region", "codes": codes, "site": site}, region_codes=mine) == expected


@pytest.mark.parametrize(
    ("include", "exclude", "mine", "expected"),
    [
        (["C", "J62"], [], "J62", "eligible"),
        (["C"], [], "J62", "not_eligible"),
        (["J62"], [], "J", "check"),
        ([], ["G", "I"], "J62", "eligible"),
        ([], ["I"], "I56", "not_eligible"),
        ([], ["I56"], "I", "check"),
        (["C"], ["C10"], "C", "check"),
        (["C"], [], None, "check"),
        (["C"], [], "software", "check"),
    ],
)
def test_industry(include: list[str], exclude: list[str], mine: str | None, expected: str) -> None:
    assert verdict({"kind": "industry", "include": include, "exclude": exclude}, industry_code=mine) == expected


def test_size_limits_and_their_bounds() -> None:
    assert verdict({"kind": "size", "employees_max": 12, "bound": "inclusive"}) == "eligible"
    assert verdict({"kind": "size", "employees_max": 12, "bound": "exclusive"}) == "not_eligible"
    assert verdict({"kind": "size", "employees_min": 5, "revenue_max_won": 1_000_000_000}) == "eligible"
    unknown_revenue = {"kind": "size", "employees_min": 5, "revenue_max_won": 1_000_000_000}
    assert verdict(unknown_revenue, revenue_won=None) == "check"
    assert verdict(unknown_revenue, revenue_won=None, employees=3) == "not_eligible"
    assert verdict({"kind": "size", "employees_max": 12}, employees=-1) == "check"


def test_organisation_kind_is_open_between_startup_and_sme_only() -> None:
    assert verdict({"kind": "organisation_kind", "include": ["startup"]}) == "eligible"
    assert verdict({"kind": "organisation_kind", "include": ["research"]}) == "not_eligible"
    assert verdict({"kind": "organisation_kind", "include": ["sme"]}) == "check"


@pytest.mark.parametrize(
    "rules",
    [
        {},
        None,
        {"all": []},
        {"any": "x"},
        {"not": 5},
        {"all": [1]},
        {"kind": "horoscope"},
        {"kind": ["firm_age"]},
        {"kind": "firm_age", "max_years": -1},
        {"kind": "firm_age", "max_years": "seven"},
        {"kind": "firm_age", "max_years": float("nan")},
        {"kind": "firm_age"},
        {"kind": "firm_age", "max_years": 7, "all": []},
        {"kind": "region", "codes": ["서울"]},
        {"kind": "industry", "include": ["소프트웨어"]},
        {"kind": "prose"},
        "text",
        17,
    ],
)
def test_rules_that_cannot_be_read_are_to_check_and_never_crash(rules: Any) -> None:
    answer, conditions = evaluate(rules, make_organisation(), make_call(), TODAY)
    assert answer == "check"
    assert conditions[0].required_ko
    assert conditions[0].required_en
    with pytest.raises(RuleError, match="rules"):
        parse_rules(rules)


def test_a_broken_condition_keeps_the_sentence_of_the_notice() -> None:
    rules = {
        "all": [
            {"kind": "firm_age", "max_years": "칠", "source_text": "창업 7년 이내"},
            {"kind": "prose", "text_ko": "가"},
        ]
    }
    _, conditions = evaluate(rules, make_organisation(), make_call(), TODAY)
    assert [(each.kind, each.verdict, each.required_ko) for each in conditions] == [
        ("firm_age", "check", "창업 7년 이내"),
        ("prose", "check", "가"),
    ]


def test_an_error_names_the_place() -> None:
    with pytest.raises(RuleError) as caught:
        parse_rules({"all": [{"any": [{"kind": "region", "codes": []}]}]})
    assert caught.value.path == "rules.all[0].any[0].codes"


def test_a_tree_too_deep_is_refused_by_the_form_and_to_check_in_use() -> None:
    rules: dict[str, Any] = {"kind": "prose", "text_ko": "가"}
    for _ in range(5000):
        rules = {"not": rules}
    assert verdict(rules) == "check"
    with pytest.raises(RuleError, match="levels"):
        parse_rules(rules)


def test_one_decided_failure_excludes_although_the_rest_is_unknown() -> None:
    rules = {"all": [{"kind": "region", "codes": ["41"]}, {"kind": "prose", "text_ko": "가"}]}
    assert verdict(rules) == "not_eligible"


def test_conditions_show_mine_its_source_and_the_opposite_under_not() -> None:
    rules = {"not": {"kind": "industry", "include": ["I"], "source_text": "숙박·음식점업 제외"}}
    organisation = make_organisation(value_sources={"industry_code": "사업자등록증 · 2026-03-02"})
    answer, (condition,) = evaluate(rules, organisation, make_call(), TODAY)
    assert answer == condition.verdict == "eligible"
    assert condition.required_ko.startswith("해당하지 않을 것")
    assert condition.source_text == "숙박·음식점업 제외"
    assert condition.value_source == "사업자등록증 · 2026-03-02"
    assert "J62" in condition.mine_ko


def test_every_kind_says_itself_in_both_languages() -> None:
    leaves: list[dict[str, Any]] = [
        age(max_years=7),
        {"kind": "region", "codes": ["11", "99999"]},
        {"kind": "industry", "include": ["C"], "exclude": ["C10"]},
        {"kind": "size", "employees_max": 50, "revenue_min_won": 150_000_000},
        {"kind": "organisation_kind", "include": ["startup", "sme"]},
        {"kind": "prose", "text_ko": "세금 체납이 없어야 합니다."},
    ]
    lines = describe_rules({"all": leaves})
    assert {line.kind for line in lines} <= set(KINDS)
    assert all(line.required_ko and line.required_en for line in lines)
    assert lines[0].required_ko == "7년 이내 (공고일 기준)"
    assert lines[3].required_en == "At most 50 employees, revenue of at least ₩150 million"


def test_the_other_ways_of_a_choice_that_is_met_are_spared() -> None:
    industry, place = {"kind": "industry", "include": ["I"]}, {"kind": "region", "codes": ["11"]}
    answer, conditions = evaluate(
        {"all": [{"any": [industry, place]}, age(max_years=7)]},
        make_organisation(region_codes=("11",), industry_code="J62", founded_on="1970-01-01"),
        make_call(),
        TODAY,
    )
    assert answer == "not_eligible"
    assert [(each.kind, each.verdict, each.spared) for each in conditions] == [
        ("industry", "not_eligible", True),
        ("region", "eligible", False),
        ("firm_age", "not_eligible", False),
    ]


def test_nothing_is_spared_while_no_way_of_a_choice_is_known_to_be_open() -> None:
    rules = {"any": [{"kind": "industry", "include": ["I"]}, {"kind": "prose", "text_ko": "가"}]}
    _, conditions = evaluate(rules, make_organisation(industry_code="J62"), make_call(), TODAY)
    assert not any(each.spared for each in conditions)


def test_one_failing_part_is_enough_under_a_negated_all() -> None:
    rules = {"not": {"all": [{"kind": "industry", "include": ["I"]}, {"kind": "region", "codes": ["11"]}]}}
    answer, conditions = evaluate(
        rules, make_organisation(region_codes=("11",), industry_code="J62"), make_call(), TODAY
    )
    assert answer == "eligible"
    assert [(each.verdict, each.spared) for each in conditions] == [("eligible", False), ("not_eligible", True)]


@pytest.mark.parametrize(
    ("rule", "unknown", "missing"),
    [
        (age(max_years=7), {"founded_on": None}, ("founded_on",)),
        ({"kind": "region", "codes": ["11"]}, {"region_codes": ()}, ("region_codes",)),
        ({"kind": "industry", "include": ["J"]}, {"industry_code": None}, ("industry_code",)),
        (
            {"kind": "size", "employees_max": 5, "revenue_max_won": 10},
            {"employees": None, "revenue_won": None},
            ("employees", "revenue_won"),
        ),
        ({"kind": "size", "employees_max": 5, "revenue_max_won": 10}, {"employees": 9, "revenue_won": None}, ()),
        ({"kind": "prose", "text_ko": "가"}, {}, ()),
    ],
)
def test_a_condition_names_the_values_it_waits_for(
    rule: dict[str, Any], unknown: dict[str, Any], missing: tuple[str, ...]
) -> None:
    _, (condition,) = evaluate(rule, make_organisation(**unknown), make_call(), TODAY)
    assert condition.missing == missing
