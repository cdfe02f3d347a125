"""Learning more never turns a decided verdict, and the boundaries of every kind are exact to the day and the won."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.eligibility import evaluate
from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.sme_limits import MEDIUM, SMALL, Ceiling, ceiling_of
from madang_matching.records import Organisation

from tests.eligibility_kinds import FACTS, LEAVES, TODAY, draw_leaf
from tests.matching.builders import make_call, make_organisation

_STANDS_FOR = {
    "industry_revision": "is KSIC 10 where it is not said",
    "legal_form": "is taken from the kind where it is not said",
    "sme_grace_until": "there is none where it is not said",
    "registered": "follows from the day of founding",
}


def draw_tree(random: Random, depth: int = 0) -> dict[str, Any]:
    shape = random.random()
    if depth > 3 or shape < 0.4:
        return draw_leaf(random, random.choice([kind for kind in LEAVES if kind != "preference"]))
    if shape < 0.55:
        return {"not": draw_tree(random, depth + 1)}
    return {random.choice(("all", "any")): [draw_tree(random, depth + 1) for _ in range(random.randint(1, 3))]}


@settings(max_examples=600, deadline=None)
@given(st.integers(0, 2**40))
def test_learning_more_never_turns_a_decided_verdict(seed: int) -> None:
    random = Random(seed)
    known = {name: draw(random) for name, draw in FACTS.items()}
    for own, group in (("employees", "group_employees"), ("assets_won", "group_assets_won")):
        known[group] = max(known[own], known[group])
    known["group_revenue_won"] = max(known[name] for name in known if "revenue" in name)
    known.pop("registered")
    part = {name: value for name, value in known.items() if name in _STANDS_FOR or random.random() < 0.7}
    regions = random.choice((("11680", "11"), ("41135", "41")))
    full = Organisation("org", "sme", region_codes=regions, facts=known)
    less = replace(full, region_codes=random.choice((regions, regions[1:], ())), facts=part)
    rules, call = draw_tree(random), make_call()
    before, after = evaluate(rules, less, call, TODAY)[0], evaluate(rules, full, call, TODAY)[0]
    assert before in ("check", after), rules


def verdict(rule: dict[str, Any], today: date = TODAY, **facts: Any) -> str:
    organisation = make_organisation(founded_on=None, employees=None, revenue_won=None, stage=None, facts=facts)
    return evaluate(rule, organisation, make_call(), today)[0]


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        ("1987-11-24", date(2026, 11, 24), "eligible"),
        ("1986-11-25", date(2026, 11, 24), "eligible"),
        ("1986-11-24", date(2026, 11, 24), "not_eligible"),
        ("1988-02-29", date(2028, 2, 28), "eligible"),
        ("1988-02-29", date(2028, 2, 29), "not_eligible"),
        ("1988-02-29", date(2027, 2, 28), "eligible"),
        ("1987-03-01", date(2027, 2, 28), "eligible"),
        ("1987-03-01", date(2027, 3, 1), "not_eligible"),
    ],
)
def test_up_to_39_lasts_until_the_day_before_the_40th_birthday(born: str, today: date, expected: str) -> None:
    rule = {"kind": "founder_age", "bands": [{"max_years": 39}], "reference": "application"}
    assert verdict(rule, today, founder_born_on=born) == expected


def test_who_was_born_on_a_leap_day_grows_older_on_the_first_of_march() -> None:
    rule = {"kind": "founder_age", "bands": [{"min_years": 19}], "reference": "application"}
    assert verdict(rule, date(2027, 2, 28), founder_born_on="2008-02-29") == "not_eligible"
    assert verdict(rule, date(2027, 3, 1), founder_born_on="2008-02-29") == "eligible"


@pytest.mark.parametrize(
    ("on", "months", "today", "expected"),
    [
        ("2025-11-24", 12, date(2026, 11, 24), "eligible"),
        ("2025-11-23", 12, date(2026, 11, 24), "not_eligible"),
        ("2026-11-25", 12, date(2026, 11, 24), "not_eligible"),
        ("2024-02-29", 12, date(2025, 2, 28), "eligible"),
        ("2024-02-29", 12, date(2025, 3, 1), "not_eligible"),
        ("2026-08-31", 6, date(2027, 2, 28), "eligible"),
        ("2026-08-31", 6, date(2027, 3, 1), "not_eligible"),
    ],
)
def test_an_investment_counts_to_the_last_day_of_its_window(on: str, months: int, today: date, expected: str) -> None:
    rule = {"kind": "investment", "amount_min_won": 100, "within_months": months, "reference": "application"}
    assert verdict(rule, today, investments=[{"on": on, "amount_won": 100}]) == expected
    assert verdict(rule, today, investments=[{"on": on, "amount_won": 99}]) == "not_eligible"


@pytest.mark.parametrize(
    ("on", "expected"), [("2023-11-24", "eligible"), ("2023-11-25", "not_eligible"), ("2026-11-25", "eligible")]
)
def test_de_minimis_rolls_over_three_years_to_the_day(on: str, expected: str) -> None:
    rule = {"kind": "de_minimis", "award_eur": 100_000}
    award = {"programme": "a", "on": on, "de_minimis_eur": 200_000.01}
    alone: dict[str, Any] = {"affiliate_awards": []}
    assert verdict(rule, awards=[award], **alone) == expected
    assert verdict(rule, awards=[{**award, "de_minimis_eur": 200_000}], **alone) == "eligible"
    assert verdict(rule, awards=[{"programme": "a", "regime": "de_minimis", "on": "2026-01-01"}], **alone) == "check"
    shared = [{"on": on, "de_minimis_eur": 200_000.01}]
    assert verdict(rule, awards=[], affiliate_awards=shared) == expected


def test_aid_of_affiliates_that_is_not_known_never_passes_and_never_excludes() -> None:
    rule = {"kind": "de_minimis", "award_eur": 100_000}
    small = {"programme": "a", "on": "2026-01-01", "de_minimis_eur": 100_000}
    assert verdict(rule, awards=[small]) == "check"
    assert verdict(rule, awards=[]) == "check"
    assert verdict(rule, awards=[small, small, {**small, "de_minimis_eur": 1}]) == "not_eligible"
    assert verdict(rule, awards=[small], affiliate_awards=[]) == "eligible"
    assert (
        verdict(rule, awards=[small], affiliate_awards=[{"on": "2026-05-01", "de_minimis_eur": 100_000}]) == "eligible"
    )
    beyond = [{"on": "2026-05-01", "de_minimis_eur": 200_001}]
    assert verdict(rule, awards=[small], affiliate_awards=beyond) == "not_eligible"
    assert verdict(rule, affiliate_awards=beyond) == "not_eligible"
    assert verdict(rule, awards=[small], affiliate_awards=[{}]) == "check", "an affiliate whose ledger is not known"


def test_a_certificate_counts_on_its_last_day() -> None:
    rule = {"kind": "certificate", "names": ["inno_biz"], "reference": "application"}
    held = [{"name": "Inno-Biz", "expires_on": "2026-11-24"}]
    assert verdict(rule, date(2026, 11, 24), certificates=held) == "eligible"
    assert verdict(rule, date(2026, 11, 25), certificates=held) == "not_eligible"
    assert verdict(rule, certificates=[{"name": "innobiz"}]) == "check"
    assert verdict(rule, certificates=[]) == "not_eligible"


def test_who_signs_on_the_day_of_applying_is_too_late() -> None:
    rule = {"kind": "order_of_acts", "before": "contract"}
    assert verdict(rule, contract_signed_on="2026-11-24") == "not_eligible"
    assert verdict(rule, contract_signed_on="2026-11-25") == "eligible"


def test_the_share_of_the_grant_is_turned_into_a_share_of_the_total() -> None:
    rule = {"kind": "co_funding", "share_min": 0.1, "of": "grant"}
    assert verdict(rule, own_share=1 / 11) == "eligible"
    assert verdict(rule, own_share=1 / 11 - 1e-6) == "not_eligible"


def firm(revenue: int, **facts: Any) -> dict[str, Any]:
    return {"group_revenue_won": revenue, "assets_won": 10**9, "independent": True, "industry_code": "H49", **facts}


def korean(*wanted: str) -> dict[str, Any]:
    return {"kind": "sme", "definition": "kr", "wanted": list(wanted)}


def kr(rule: dict[str, Any], facts: dict[str, Any], today: date = TODAY) -> str:
    organisation = make_organisation(founded_on=None, employees=None, industry_code=None, facts=facts)
    return evaluate(rule, organisation, make_call(), today)[0]


def test_the_korean_ceilings_are_exact_where_the_industry_is_known() -> None:
    assert kr(korean("sme"), firm(100 * 10**9)) == "eligible"
    assert kr(korean("sme"), firm(100 * 10**9 + 1)) == "not_eligible"
    assert kr(korean("not_sme"), firm(100 * 10**9 + 1)) == "eligible"
    assert kr(korean("sme"), firm(180 * 10**9, industry_code="C24")) == "eligible"
    assert kr(korean("sme"), firm(180 * 10**9 + 1, industry_code="C24")) == "not_eligible"
    assert kr(korean("sme"), firm(40 * 10**9, industry_code=None)) == "eligible"
    assert kr(korean("sme"), firm(40 * 10**9 + 1, industry_code=None)) == "check"
    assert kr(korean("sme"), firm(180 * 10**9 + 1, industry_code=None)) == "not_eligible"


def test_assets_independence_and_grace_decide_with_the_ceiling() -> None:
    assert kr(korean("sme"), firm(10**9, assets_won=500 * 10**9)) == "not_eligible"
    assert kr(korean("sme"), firm(10**9, assets_won=500 * 10**9 - 1)) == "eligible"
    assert kr(korean("sme"), firm(10**9, independent=False)) == "not_eligible"
    grown = firm(200 * 10**9, sme_grace_until="2026-11-24")
    assert kr(korean("sme"), grown) == "eligible"
    assert kr(korean("sme"), grown, date(2026, 11, 25)) == "not_eligible"
    assert kr(korean("sme"), grown | {"independent": False}) == "not_eligible"


def test_affiliates_are_never_taken_for_absent() -> None:
    own: dict[str, Any] = {
        "revenue_average_won": 10**9,
        "assets_won": 10**9,
        "independent": True,
        "industry_code": "J62",
    }
    assert kr(korean("sme"), own) == "check"
    assert kr(korean("sme"), own | {"group_revenue_won": 10**9}) == "eligible"
    assert kr(korean("sme"), own | {"revenue_average_won": 10**12}) == "not_eligible"
    europe = {"kind": "sme", "definition": "eu", "wanted": ["sme"]}
    assert kr(europe, {"employees": 10, "revenue_won": 10**9}) == "check"
    assert kr(europe, {"group_employees": 249, "group_revenue_won": 10**9}) == "eligible"
    assert kr(europe, {"group_employees": 250, "group_revenue_won": 10**9}) == "not_eligible"


UNTIL_AUGUST_2025 = {
    150: "C14 C15 C17 C24 C28 C32", 100: "A B C10 C12 C13 C16 C19 C20 C22 C25 C26 C29 C30 C31 D E36 F G",
    80: "C11 C18 C21 C23 C27 C33 E H J", 60: "C34 M N Q R S", 40: "I K L N76 P",
}  # fmt: skip
"""Billion won by industry, before the ceilings rose."""
SMALL_UNTIL_AUGUST_2025 = {
    120: "C10 C11 C14 C15 C19 C20 C21 C23 C24 C25 C26 C28 C29 C30 C32 D E36",
    80: "A B C12 C13 C16 C17 C18 C22 C27 C31 C33 F H K", 50: "G J", 30: "E L M N R", 10: "C34 I P Q S",
}  # fmt: skip
"""Hundred million won by industry."""


@pytest.mark.parametrize(
    ("before", "ceilings", "unit", "industries", "raised", "bands", "rises"),
    [
        (UNTIL_AUGUST_2025, MEDIUM, 10**9, 44, 16, {40, 60, 80, 100, 120, 150, 180}, {20, 30}),
        (SMALL_UNTIL_AUGUST_2025, SMALL, 10**8, 43, 12, {15, 30, 40, 50, 60, 80, 100, 120, 140}, {5, 10, 20}),
    ],
)
def test_since_september_2025_as_many_ceilings_are_higher_as_the_ministry_announced(
    before: dict[int, str], ceilings: dict[str, Ceiling], unit: int, industries: int, raised: int, bands: set[int],
    rises: set[int],
) -> None:  # fmt: skip
    old = {code: limit for limit, codes in before.items() for code in codes.split()}
    new = {code: ceilings[code].within // unit for code in old}
    assert all(ceilings[code].within == ceilings[code].beyond for code in old)
    assert len(new) == industries
    assert set(new.values()) == bands
    higher = {code: new[code] - old[code] for code in old if new[code] != old[code]}
    assert (len(higher), set(higher.values())) == (raised, rises)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("C2611", (100, 100)),
        ("C26.11", (100, 100)),
        ("C30121", (120, 120)),
        ("C30393", (150, 150)),
        ("C3039", (120, 150)),
        ("C31202", (120, 150)),
        ("E", (80, 100)),
        ("E38", (80, 80)),
        ("N7611", (40, 40)),
        ("S94", (40, 180)),
        ("O84", (40, 180)),
        ("C", (60, 180)),
        (None, (40, 180)),
    ],
)
def test_a_code_that_leaves_its_ceiling_open_gives_the_range(code: str | None, expected: tuple[int, int]) -> None:
    assert tuple(limit // 10**9 for limit in ceiling_of(code, MEDIUM)) == expected


@pytest.mark.parametrize(
    ("code", "revision", "include", "of", "expected"),
    [
        ("C2611", "ksic11", ["C26"], "ksic10", "eligible"),
        ("C26", "nace2", ["C"], "ksic10", "eligible"),
        ("C26.11", "nace2", ["C26"], "ksic10", "check"),
        ("C10.1", "nace2", ["C10"], "ksic10", "eligible"),
        ("C10", "nace2", ["C11"], "ksic10", "not_eligible"),
        ("C1011", "isic4", ["C1011"], "nace2", "check"),
        ("G47", "nace2.1", ["G"], "nace2", "check"),
        ("E36", "ksic10", ["E"], "ksic9", "check"),
        ("L69", "ksic9", ["N76"], "ksic10", "check"),
        ("J62", "ksic9", ["J62"], "ksic10", "eligible"),
    ],
)
def test_codes_of_another_classification(code: str, revision: str, include: list[str], of: str, expected: str) -> None:
    rule = {"kind": "industry", "include": include, "revision": of}
    organisation = make_organisation(industry_code=code, facts={"industry_revision": revision})
    assert evaluate(rule, organisation, make_call(), TODAY)[0] == expected


@pytest.mark.parametrize(
    ("group", "mine", "expected"),
    [
        ("capital", ("41135", "41"), "eligible"),
        ("capital", ("26",), "not_eligible"),
        ("non_capital", ("26",), "eligible"),
        ("NON_CAPITAL", ("11680", "11"), "not_eligible"),
        ("korea", ("50",), "eligible"),
        ("korea", (), "check"),
    ],
)
def test_a_group_of_provinces_stands_for_each_of_them(group: str, mine: tuple[str, ...], expected: str) -> None:
    rule = {"kind": "region", "codes": [group]}
    answer, (condition,) = evaluate(rule, make_organisation(region_codes=mine), make_call(), TODAY)
    assert answer == expected
    assert "도" not in condition.required_ko.replace("수도권", "")


def test_every_kind_is_among_the_rows() -> None:
    assert set(LEAVES) == set(KINDS)
