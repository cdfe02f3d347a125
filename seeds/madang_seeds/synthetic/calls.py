"""Calls of the synthetic district, and who is truly eligible: worked out from the true values, not from rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from madang_seeds.seoul.districts import all_gu
from madang_seeds.synthetic.members import Member
from madang_seeds.synthetic.topics import all_topics

CALLS = 40
_KINDS = (("startup", "sme"), ("startup", "sme", "research"), ("research",), ("startup", "sme", "corporate"))
"""Startups and SMEs together: a notice for one of them leaves open whether the other may apply."""
_PURPOSES = ("money", "space", "equipment", "mentoring", "data", "testing")


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may apply. None and empty: no limit."""

    kinds: tuple[str, ...]
    max_years: int | None
    """Founded on or after the day so many years before the notice."""
    most_people: int | None
    least_revenue_won: int | None
    gu: tuple[str, ...]
    """Korean names."""
    industries: tuple[str, ...]
    """Sections or divisions."""


@dataclass(frozen=True, slots=True)
class Call:
    """One dated edition of support."""

    number: int
    name_ko: str
    name_en: str
    summary_ko: str
    summary_en: str
    purposes: tuple[str, ...]
    topics: tuple[str, ...]
    noticed_on: str
    opens_at: str
    closes_at: str
    limits: Limits
    rules: dict[str, Any]


def draw_calls(seed: int, day: date) -> tuple[Call, ...]:
    """Return the calls, all open on the day."""
    return tuple(_call(number, Random(f"{seed}/call/{number}"), day) for number in range(CALLS))


def eligible(call: Call, members: Sequence[Member]) -> frozenset[int]:
    """Return the members that may apply, from what is true of them, said or not."""
    return frozenset(each.number for each in members if _meets(call.limits, each, date.fromisoformat(call.noticed_on)))


def decides_on(call: Call) -> frozenset[str]:
    """Return the fields of a member that its eligibility depends on, named as in `Member.unsaid`."""
    limits = call.limits
    used = {
        "founded_on": limits.max_years is not None,
        "employees": limits.most_people is not None,
        "revenue_won": limits.least_revenue_won is not None,
        "gu": bool(limits.gu),
    }
    return frozenset(name for name, needed in used.items() if needed)


def _meets(limits: Limits, member: Member, noticed: date) -> bool:
    founded = date.fromisoformat(member.founded_on)  # on the 28th at the latest: no month lacks its anniversary
    checks = (
        not limits.kinds or member.kind in limits.kinds,
        limits.max_years is None or founded.replace(year=founded.year + limits.max_years) >= noticed,
        limits.most_people is None or member.employees <= limits.most_people,
        limits.least_revenue_won is None or member.revenue_won >= limits.least_revenue_won,
        not limits.gu or member.gu in limits.gu,
        not limits.industries or member.industry.startswith(limits.industries),
    )
    return all(checks)


def _call(number: int, random: Random, day: date) -> Call:
    topic = random.choice(all_topics())
    noticed = day - timedelta(days=random.randint(5, 25))
    limits = _limits(random)
    purposes = tuple(sorted(random.sample(_PURPOSES, 2)))
    return Call(
        number=number,
        name_ko=f"{topic.words_ko[0]} 지원 {number + 1}호 (예시)",
        name_en=f"Support for {topic.words_en[0]} {number + 1} (example)",
        summary_ko=f"{topic.words_ko[-1]} 기술을 쓰거나 만드는 기업의 실증을 지원합니다.",
        summary_en=f"Supports trials of firms that use or make {topic.words_en[-1]}.",
        purposes=purposes,
        topics=(topic.code,),
        noticed_on=noticed.isoformat(),
        opens_at=f"{noticed.isoformat()}T00:00:00Z",
        closes_at=f"{(day + timedelta(days=random.randint(3, 60))).isoformat()}T09:00:00Z",
        limits=limits,
        rules=_rules(limits),
    )


def _limits(random: Random) -> Limits:
    def sometimes(chance: float, value: Any, otherwise: Any) -> Any:
        return value if random.random() < chance else otherwise

    kinds = random.choice(_KINDS)
    return Limits(
        kinds=kinds,
        max_years=sometimes(0.5, random.choice((3, 5, 7, 10)), None),
        most_people=sometimes(0.4, random.choice((10, 50, 100, 300)), None),
        least_revenue_won=sometimes(0.2, random.choice((100_000_000, 500_000_000)), None),
        gu=sometimes(0.4, tuple(sorted(random.sample(sorted(all_gu()), 8))), ()),
        industries=sometimes(0.3, random.choice((("C",), ("J",), ("J62", "J58", "M"))), ()),
    )


def _rules(limits: Limits) -> dict[str, Any]:
    """Return the limits as the rule tree of the notice."""
    leaves: list[dict[str, Any]] = []
    if limits.kinds:
        leaves.append(_leaf("organisation_kind", f"신청 자격: {', '.join(limits.kinds)}", include=list(limits.kinds)))
    if limits.max_years is not None:
        text = f"공고일 기준 창업 {limits.max_years}년 이내"
        leaves.append(_leaf("firm_age", text, max_years=limits.max_years, bound="inclusive", reference="notice"))
    if limits.most_people is not None:
        leaves.append(_leaf("size", f"직원 {limits.most_people}명 이하", employees_max=limits.most_people))
    if limits.least_revenue_won is not None:
        text = f"매출 {limits.least_revenue_won // 100_000_000}억 원 이상"
        leaves.append(_leaf("size", text, revenue_min_won=limits.least_revenue_won))
    if limits.gu:
        codes = [all_gu()[name].code for name in limits.gu]
        leaves.append(_leaf("region", f"본사가 {', '.join(limits.gu)}에 있을 것", codes=codes, site="head_office"))
    if limits.industries:
        leaves.append(_leaf("industry", f"업종: {', '.join(limits.industries)}", include=list(limits.industries)))
    return {"all": leaves}


def _leaf(kind: str, source_text: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, **fields, "source_text": source_text}
