"""Random rules and applicants that stand on the bounds of the rules, for tests and measurements of eligibility."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from madang_matching.records import Call, Organisation

TODAY = date(2026, 11, 24)
REFERENCES = ("notice", "opening", "closing", "application", "contract", "unknown")
BOUNDS = ("inclusive", "exclusive")
CODES = ("11", "11680", "11650", "41", "41135", "26")
INDUSTRIES = ("C", "C10", "C26", "C29", "G47", "I56", "J", "J62", "J6201", "M")


@dataclass(frozen=True, slots=True)
class Case:
    """One applicant before one call."""

    rules: dict[str, Any]
    organisation: Organisation
    call: Call
    today: date


def draw_case(random: Random, most: int = 6) -> Case:
    """Return rules of at most so many conditions, and an applicant of whom some things are unknown."""
    call = draw_call(random)
    today = random.choice((TODAY, TODAY + timedelta(days=random.randint(-40, 40))))
    return Case(draw_rules(random, most), draw_organisation(random, call), call, today)


def draw_call(random: Random, number: int = 0) -> Call:
    """Return a call whose days are mostly known."""
    noticed = _around(random, date(2026, 11, 1))
    opens, closes = noticed + timedelta(days=random.randint(0, 20)), noticed + timedelta(days=random.randint(20, 60))
    hour = random.choice(("00:00:00", "14:59:59", "15:00:00", "09:00:00"))
    return Call(
        f"call_{number}",
        noticed_on=_mostly(random, noticed.isoformat()),
        opens_at=_mostly(random, f"{opens}T{random.choice(('00:00:00', '15:00:00'))}Z"),
        closes_at=_mostly(random, f"{closes}T{hour}Z"),
    )


def draw_rules(random: Random, most: int = 6, depth: int = 0, kinds: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return a tree of conditions of `kinds`, or of all."""
    shape = random.random()
    if most <= 1 or depth > 4 or shape < 0.15:
        return draw_leaf(random, random.choice(sorted(kinds or LEAVES)))
    if shape < 0.25:
        return {"not": draw_rules(random, most, depth + 1, kinds)}
    count = random.randint(2, most) if random.random() < 0.5 else 2
    parts = [draw_rules(random, max(1, most // count), depth + 1, kinds) for _ in range(count)]
    return {random.choice(("all", "all", "any")): parts}


def draw_leaf(random: Random, kind: str) -> dict[str, Any]:
    """Return one condition."""
    return {"kind": kind, **LEAVES[kind](random)}


def _around(random: Random, day: date) -> date:
    special = (date(2024, 2, 29), date(2028, 2, 29), date(2026, 2, 28), date(2026, 8, 31), date(2026, 12, 31))
    middle = random.choice(special) if random.random() < 0.2 else day
    return middle + timedelta(days=random.randint(-3, 3))


def _mostly(random: Random, value: Any, share: float = 0.85) -> Any:
    return value if random.random() < share else None


def _some(random: Random, values: tuple[str, ...], least: int = 1, most: int = 3) -> list[str]:
    return random.sample(values, random.randint(least, min(most, len(values))))


def _without_none(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _limits(random: Random, low: str, high: str, values: tuple[float, ...]) -> dict[str, Any]:
    first, second = sorted(random.choices(values, k=2))
    shape = random.randint(0, 2)
    return {low: first} if shape == 0 else {high: second} if shape == 1 else {low: first, high: second}


def _firm_age(random: Random) -> dict[str, Any]:
    years = _limits(random, "min_years", "max_years", (0, 0.5, 1, 3, 7, 10))
    both = _without_none({"min_bound": random.choice((None, *BOUNDS))}) if len(years) > 1 else {}
    return {**years, **both, "bound": random.choice(BOUNDS), "reference": random.choice(REFERENCES)}


def _region(random: Random) -> dict[str, Any]:
    return {"codes": _some(random, CODES), "site": random.choice(("head_office", "branch", "plant", "any"))}


def _industry(random: Random) -> dict[str, Any]:
    include, exclude = _some(random, INDUSTRIES, 0), _some(random, INDUSTRIES, 0, 2)
    return {"include": include, "exclude": exclude} if include or exclude else {"include": ["C"]}


def _size(random: Random) -> dict[str, Any]:
    people = _limits(random, "employees_min", "employees_max", (0, 5, 10, 50))
    money = _limits(random, "revenue_min_won", "revenue_max_won", (0, 10**8, 10**9))
    chosen = random.choice((people, money, people | money))
    return {**chosen, "bound": random.choice(BOUNDS)}


def _organisation_kind(random: Random) -> dict[str, Any]:
    return {"include": _some(random, ("startup", "sme", "corporate", "research", "civic"))}


def _prose(random: Random) -> dict[str, Any]:
    return {"text_ko": "읽어 볼 것", "text_en": "To be read"}


LEAVES: dict[str, Callable[[Random], dict[str, Any]]] = {
    "firm_age": _firm_age,
    "region": _region,
    "industry": _industry,
    "size": _size,
    "organisation_kind": _organisation_kind,
    "prose": _prose,
}


def draw_organisation(random: Random, call: Call, number: int = 0) -> Organisation:
    """Return an organisation whose values lie on the bounds that the rules draw from, or beside them."""
    return Organisation(
        f"org_{number}",
        random.choice(("startup", "sme", "corporate", "research", "unheard_of")),
        founded_on=_mostly(random, _founded(random, call)),
        employees=_mostly(random, random.choice((0, 4, 5, 6, 9, 10, 11, 49, 50, 51, -1))),
        revenue_won=_mostly(random, random.choice((0, 10**8 - 1, 10**8, 10**8 + 1, 10**9, 10**9 + 1))),
        industry_code=_mostly(random, random.choice((*INDUSTRIES, "software"))),
        region_codes=random.choice(((), ("11680", "11"), ("11650", "11"), ("41135", "41"), ("11",), ("41",))),
    )


def _founded(random: Random, call: Call) -> str:
    """A day that is some years, give or take a day, before one of the days of the call."""
    texts = [text[:10] for text in (call.noticed_on, call.opens_at, call.closes_at) if text]
    reference = date.fromisoformat(random.choice(texts)) if texts else TODAY
    years, month = random.choice((0, 1, 3, 7, 10)), reference.month
    if random.random() < 0.2:
        month = (month + 5) % 12 + 1
    day = min(reference.day, 28) if month == 2 else min(reference.day, 30)
    founded = date(reference.year - years, month, day) + timedelta(days=random.randint(-2, 2))
    return random.choice((founded.isoformat(),) * 9 + (str(founded.year),))
