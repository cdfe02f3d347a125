"""Random rules and applicants that stand on the bounds of the rules, for tests and measurements of eligibility."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from madang_matching.records import Call, Organisation

from tests import eligibility_kinds
from tests.eligibility_kinds import INDUSTRIES, LEAVES, TODAY, draw_facts

REVISIONS = ("ksic10", "ksic10", "ksic11", "nace2")
"""Those that the reference knows."""


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
    noticed = _around(random, random.choice((TODAY, date(2026, 11, 1))))
    opens, closes = noticed + timedelta(days=random.randint(0, 20)), noticed + timedelta(days=random.randint(20, 60))
    hour = random.choice(("00:00:00", "14:59:59", "15:00:00", "09:00:00"))
    return Call(
        f"call_{number}",
        noticed_on=_mostly(random, noticed.isoformat()),
        opens_at=_mostly(random, f"{opens}T{random.choice(('00:00:00', '15:00:00'))}Z"),
        closes_at=_mostly(random, f"{closes}T{hour}Z"),
        contract_on=_mostly(random, _around(random, closes).isoformat()),
    )


KINDS = frozenset(LEAVES)
DECIDING = KINDS - {"preference"}
"""Kinds that may stand in a choice or under `not`."""


def draw_rules(random: Random, most: int = 6, depth: int = 0, kinds: frozenset[str] = KINDS) -> dict[str, Any]:
    """Return a tree of conditions of `kinds`."""
    shape = random.random()
    if most <= 1 or depth > 4 or shape < 0.15:
        return draw_leaf(random, random.choice(sorted(kinds)))
    if shape < 0.25:
        return {"not": draw_rules(random, most, depth + 1, kinds & DECIDING)}
    word = random.choice(("all", "all", "any"))
    inner = kinds if word == "all" else kinds & DECIDING
    count = random.randint(2, most) if random.random() < 0.5 else 2
    return {word: [draw_rules(random, max(1, most // count), depth + 1, inner) for _ in range(count)]}


def draw_leaf(random: Random, kind: str) -> dict[str, Any]:
    """Return one condition."""
    leaf = eligibility_kinds.draw_leaf(random, kind)
    if "revision" in leaf:
        leaf["revision"] = random.choice(REVISIONS)
    return leaf


def _around(random: Random, day: date) -> date:
    special = (date(2024, 2, 29), date(2028, 2, 29), date(2026, 2, 28), date(2026, 8, 31), date(2026, 12, 31))
    middle = random.choice(special) if random.random() < 0.2 else day
    return middle + timedelta(days=random.randint(-3, 3))


def _mostly(random: Random, value: Any, share: float = 0.85) -> Any:
    return value if random.random() < share else None


def draw_organisation(random: Random, call: Call, number: int = 0) -> Organisation:
    """Return an organisation whose values lie on the bounds that the rules draw from, or beside them."""
    facts = draw_facts(random)
    own = ("founded_on", "employees", "revenue_won", "industry_code", "stage", "trl")
    facts |= {"industry_revision": random.choice(REVISIONS)} if "industry_revision" in facts else {}
    return Organisation(
        f"org_{number}",
        random.choice(("startup", "sme", "corporate", "research", "unheard_of")),
        founded_on=_mostly(random, _founded(random, call)),
        employees=_mostly(random, random.choice((0, 4, 5, 6, 9, 10, 11, 49, 50, 51, -1))),
        revenue_won=_mostly(random, random.choice((0, 10**8 - 1, 10**8, 10**8 + 1, 10**9, 10**9 + 1))),
        industry_code=_mostly(random, random.choice((*INDUSTRIES, "software", "C26.11"))),
        region_codes=random.choice(((), ("11680", "11"), ("11650", "11"), ("41135", "41"), ("11",), ("41",))),
        certificates=random.choice(((), (), ("venture",))),
        stage=facts.get("stage"),
        trl=facts.get("trl"),
        facts={name: value for name, value in facts.items() if name not in own},
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
