"""Random conditions of every kind, and random facts that stand on their bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from madang_matching.records import Organisation

TODAY = date(2026, 11, 24)
REFERENCES = ("notice", "opening", "closing", "application", "contract", "unknown")
KNOWN = ("notice", "opening", "closing", "application")
BOUNDS = ("inclusive", "exclusive")
REGION_GROUPS = ("korea", "capital", "non_capital")
REGIONS = ("11", "11680", "11650", "41", "41135", "26")
INDUSTRIES = ("A", "C", "C10", "C26", "C28", "G47", "I56", "J", "J62", "J6201", "M72", "S95")
REVISIONS = ("ksic9", "ksic10", "ksic10", "ksic10", "ksic11", "isic4", "nace2", "nace2.1")
PROGRAMMES = ("prg_a", "prg_b", "AI 바우처", "public_space")
CERTIFICATES = ("venture", "innobiz", "Inno-Biz", "research_lab")
BODIES = ("tips_operator", "창조경제혁신센터")
DISQUALIFIED = ("tax_arrears", "in_default", "business_closed", "sanctioned", "excluded_trade")
WON = (0, 10**8 - 1, 10**8, 10**8 + 1, 10**9, 10**9 + 1, 14 * 10**9, 80 * 10**9, 110 * 10**9 + 1, 181 * 10**9)


def some(random: Random, values: tuple[str, ...], least: int = 1) -> list[str]:
    """Return some of the values."""
    return random.sample(values, random.randint(least, min(3, len(values))))


def draw_leaf(random: Random, kind: str) -> dict[str, Any]:
    """Return one condition of a kind."""
    leaf = {"kind": kind, **LEAVES[kind](random)}
    return {name: value for name, value in leaf.items() if value is not None}


def _limits(random: Random, low: str, high: str, values: tuple[float, ...]) -> dict[str, Any]:
    first, second = sorted(random.choices(values, k=2))
    return random.choice(({low: first}, {high: second}, {low: first, high: second}))


def _reference(random: Random) -> dict[str, Any]:
    return {"reference": random.choice((*KNOWN, *KNOWN, *REFERENCES))}


def _firm_age(random: Random) -> dict[str, Any]:
    return {
        **_limits(random, "min_years", "max_years", (0, 0.5, 1, 3, 7, 10)),
        "bound": random.choice(BOUNDS),
        "min_bound": random.choice((None, *BOUNDS)),
        **_reference(random),
    }


def _founder_age(random: Random) -> dict[str, Any]:
    bands = [_limits(random, "min_years", "max_years", (18, 29, 34, 39, 60)) for _ in range(random.randint(1, 2))]
    return {"bands": bands, "bound": random.choice(BOUNDS), **_reference(random)}


def _region(random: Random) -> dict[str, Any]:
    months = random.choice((None, None, 0, 2, 6))
    site = random.choice(("head_office", "branch", "plant", "any"))
    codes = some(random, (*REGIONS, *REGION_GROUPS))
    return {"codes": codes, "site": site, "within_months": months, **_reference(random)}


def _industry(random: Random) -> dict[str, Any]:
    include, exclude = some(random, INDUSTRIES, 0), some(random, INDUSTRIES, 0)
    include = include if include or exclude else ["C"]
    role, revision = random.choice(("main", "any")), random.choice(REVISIONS)
    return {"include": include, "exclude": exclude, "role": role, "revision": revision}


def _size(random: Random) -> dict[str, Any]:
    people = _limits(random, "employees_min", "employees_max", (0, 5, 10, 50))
    revenue = _limits(random, "revenue_min_won", "revenue_max_won", (0, 10**8, 10**9))
    assets = _limits(random, "assets_min_won", "assets_max_won", (0, 10**8, 10**9))
    measured = random.choice((people, revenue, assets, people | revenue, people | revenue | assets))
    of, revenue_of = random.choice(("firm", "group")), random.choice(("latest", "average"))
    return {**measured, "of": of, "revenue_of": revenue_of, "bound": random.choice(BOUNDS)}


def _sme(random: Random) -> dict[str, Any]:
    classes = ("micro", "small", "medium", "sme", "not_sme")
    return {"definition": random.choice(("kr", "eu")), "wanted": some(random, classes)}


def _stage(random: Random) -> dict[str, Any]:
    stages = {"stages": some(random, ("idea", "seed", "early", "growth", "mature"))}
    levels = _limits(random, "trl_min", "trl_max", (1, 4, 6, 9))
    return random.choice((stages, levels, stages | levels))


def _investment(random: Random) -> dict[str, Any]:
    return {
        **_limits(random, "amount_min_won", "amount_max_won", (0, 10**8, 2 * 10**8)),
        "within_months": random.choice((None, 12, 24)),
        "paid": random.choice((None, True, False)),
        "investors": random.choice((None, list(BODIES[:1]), list(BODIES))),
        "bound": random.choice(BOUNDS),
        **_reference(random),
    }


def _kinds(random: Random) -> dict[str, Any]:
    kinds = ("startup", "sme", "corporate", "research", "civic")
    return random.choice(({"include": some(random, kinds)}, {"exclude": some(random, kinds)}))


def _legal_form(random: Random) -> dict[str, Any]:
    forms = ("sole_trader", "corporation", "cooperative", "nonprofit", "partnership", "public")
    return random.choice(({"include": some(random, forms)}, {"exclude": some(random, forms)}))


def _certificate(random: Random) -> dict[str, Any]:
    how = random.choice(("any", "all"))
    return {"names": some(random, ("venture", "innobiz", "research_lab")), "how": how, **_reference(random)}


def _earlier_award(random: Random) -> dict[str, Any]:
    return {
        "programmes": some(random, PROGRAMMES),
        "states": random.choice((None, some(random, ("received", "running", "completed")))),
        "within_months": random.choice((None, 12, 36)),
        "years_from": random.choice((None, None, 2024)),
        "years_to": random.choice((None, None, 2025)),
        **random.choice(({}, {"max_times": 0}, {"max_times": 1}, {"min_times": 1})),
        **_reference(random),
    }


def _exclusive_with(random: Random) -> dict[str, Any]:
    chosen = random.choice(({"programmes": some(random, PROGRAMMES)}, {"groups": ["public_space"]}))
    return {**chosen, "unless_same_plan": random.choice((None, True, False))}


def _de_minimis(random: Random) -> dict[str, Any]:
    return {"award_eur": random.choice((0, 100_000, 300_000, 300_001)), "ceiling_eur": random.choice((None, 300_000)),
            "years": random.choice((None, 3)), "reference": random.choice((None, *REFERENCES))}  # fmt: skip


def _preference(random: Random) -> dict[str, Any]:
    when = draw_leaf(random, random.choice(("region", "certificate", "founder_age")))
    return {"points": random.choice((None, 3)), "text_ko": "가점", "when": random.choice((None, when))}


LEAVES: dict[str, Callable[[Random], dict[str, Any]]] = {
    "firm_age": _firm_age,
    "pre_founder": lambda random: {"wanted": random.choice(("pre_founder", "registered")), **_reference(random)},
    "founder_age": _founder_age,
    "region": _region,
    "industry": _industry,
    "size": _size,
    "sme": _sme,
    "stage": _stage,
    "investment": _investment,
    "co_funding": lambda random: {
        "share_min": random.choice((0, 0.1, 0.3, 0.5, 1)),
        "of": random.choice(("total", "grant")),
    },
    "organisation_kind": _kinds,
    "legal_form": _legal_form,
    "certificate": _certificate,
    "disqualification": lambda random: {"of": some(random, DISQUALIFIED)},
    "earlier_award": _earlier_award,
    "exclusive_with": _exclusive_with,
    "de_minimis": _de_minimis,
    "order_of_acts": lambda random: {"before": random.choice(("start", "contract"))},
    "recommendation": lambda random: {"bodies": some(random, BODIES)},
    "statement": lambda random: {
        "key": random.choice(("a", "b")),
        "text_ko": "가",
        "wanted": random.choice((True, False)),
    },
    "prose": lambda _random: {"text_ko": "읽어 볼 것"},
    "preference": _preference,
}


def near(random: Random, years: tuple[float, ...] = (0, 1, 3)) -> str:
    """Return a day that lies some years before or after today, give or take some days."""
    middle = TODAY - timedelta(days=round(365.25 * random.choice(years)))
    special = (date(2024, 2, 29), date(2023, 11, 24), date(2025, 11, 24), date(2026, 8, 31), middle)
    return (random.choice(special) + timedelta(days=random.randint(-3, 3))).isoformat()


def draw_facts(random: Random) -> dict[str, Any]:
    """Return plain facts; each is left out in a third of the cases."""
    facts = {name: draw(random) for name, draw in FACTS.items() if random.random() < 0.67}
    return {name: value for name, value in facts.items() if value is not None}


def draw_organisation(random: Random) -> Organisation:
    """Return an organisation all of whose values may be unknown."""
    facts = draw_facts(random)
    own = {name: facts.pop(name) for name in ("founded_on", "employees", "industry_code") if name in facts}
    places = ((), ("11680", "11"), ("11650", "11"), ("41135", "41"), ("11",), ("41",))
    return Organisation(
        "org", random.choice(("startup", "sme", "corporate", "research")), region_codes=random.choice(places),
        certificates=random.choice(((), (), ("venture",))), facts=facts, **own,
    )  # fmt: skip


def _flag(random: Random) -> bool:
    return random.random() < 0.5


def _won(random: Random) -> int:
    return random.choice(WON)


def _certificates(random: Random) -> list[dict[str, Any]]:
    ends: tuple[dict[str, Any], ...] = ({}, {"expires_on": None}, {"expires_on": near(random)})
    return [{"name": random.choice(CERTIFICATES), **random.choice(ends)} for _ in range(random.randint(0, 2))]


def _investments(random: Random) -> list[dict[str, Any]]:
    return [
        {"on": random.choice((None, near(random))), "amount_won": random.choice((None, *WON[:4])),
         "paid": random.choice((None, True, True, False)), "investor": random.choice((None, *BODIES, "other"))}
        for _ in range(random.randint(0, 3))
    ]  # fmt: skip


def _awards(random: Random) -> list[dict[str, Any]]:
    return [
        {"programme": random.choice(PROGRAMMES), "on": random.choice((None, near(random))),
         "ends_on": random.choice((None, near(random))),
         "state": random.choice((None, "received", "running", "completed")),
         "regime": random.choice((None, "de_minimis")), "group": random.choice((None, "public_space")),
         "de_minimis_eur": random.choice((None, 100_000, 200_000.5, 300_000))}
        for _ in range(random.randint(0, 3))
    ]  # fmt: skip


def _affiliate_awards(random: Random) -> list[dict[str, Any]]:
    return [
        {"on": random.choice((None, near(random))),
         "de_minimis_eur": random.choice((None, 100_000, 99_999.5, 300_000))}
        for _ in range(random.choice((0, 0, 1, 2)))
    ]  # fmt: skip


FACTS: dict[str, Callable[[Random], Any]] = {
    "founded_on": lambda random: near(random, (0.5, 1, 3, 7, 10)),
    "registered": _flag,
    "founder_born_on": lambda random: random.choice(
        (
            near(random, (18, 29, 34, 39, 60)),
            near(random, (19, 30, 35, 40, 61)),
            "1988-02-29",
            "1987-11-24",
            "1986-11-24",
        )
    ),
    "branch_region_codes": lambda random: some(random, REGIONS, 0),
    "plant_region_codes": lambda random: some(random, REGIONS, 0),
    "moving_to": lambda random: some(random, REGIONS, 0),
    "moving_by": lambda random: near(random, (0, -0.16, -0.5)),
    "industry_code": lambda random: random.choice((*INDUSTRIES, "software", "C26.11")),
    "industry_revision": lambda random: random.choice(REVISIONS),
    "side_industry_codes": lambda random: some(random, INDUSTRIES, 0),
    "employees": lambda random: random.choice((0, 4, 5, 6, 9, 10, 11, 49, 50, 51, 249, 250)),
    "group_employees": lambda random: random.choice((4, 9, 10, 49, 50, 249, 250, 5000)),
    **dict.fromkeys(
        ("revenue_won", "revenue_average_won", "assets_won", "group_revenue_won", "group_assets_won"), _won
    ),
    "independent": lambda random: random.random() < 0.8,
    "sme_grace_until": near,
    "stage": lambda random: random.choice(("idea", "seed", "early", "growth", "mature")),
    "trl": lambda random: random.randint(1, 9),
    "investments": _investments,
    "own_share": lambda random: random.choice((0, 0.1, 1 / 11, 0.3 / 1.3, 0.3, 1 / 3, 0.5, 1)),
    "legal_form": lambda random: random.choice(("sole_trader", "corporation", "cooperative", "nonprofit", "public")),
    "certificates": _certificates,
    **dict.fromkeys(DISQUALIFIED, _flag),
    "awards": _awards,
    "affiliate_awards": _affiliate_awards,
    "work_started_on": near,
    "contract_signed_on": near,
    "recommendations": lambda random: some(random, BODIES, 0),
    "statements": lambda random: {key: _flag(random) for key in some(random, ("a", "b"), 0)},
}
