"""The invented organisations as records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from madang_graph.ids import stable_id
from madang_graph.text import search_text

from madang_seeds.importer import Row
from madang_seeds.records import NodeRecord, Record, edge, named
from madang_seeds.seoul.demo_calls import example_programmes
from madang_seeds.seoul.districts import all_gu, city_id, gu_id, innovation_district_id
from madang_seeds.seoul.firms.facts import drawn_facts, stored_facts
from madang_seeds.seoul.firms.firm import Firm, Statement
from madang_seeds.seoul.firms.organisations import all_firms
from madang_seeds.seoul.firms.wording import with_years
from madang_seeds.seoul.people import demo_firms
from madang_seeds.seoul.sources import DEMO, stated
from madang_seeds.seoul.vocabularies import industry_id, technology_id

_QUESTIONNAIRE = "madang-6d-1"
_DIMENSIONS = ("strategy", "processes", "data", "technology", "people", "customers")


def organisation_id(key: str) -> str:
    return stable_id("org_", "madang-demo", key)


def firms() -> tuple[Firm, ...]:
    """Return all invented organisations, those of the demo accounts first."""
    return (*demo_firms(), *all_firms())


def rows(day: date) -> Iterator[Row]:
    """Yield the invented organisations with their places, industry, technologies, maturity, needs and offers."""
    for line, firm in enumerate(firms(), 1):
        node = _organisation(firm, day)
        records: list[Record] = [node, *_ties(firm, node.id)]
        if firm.dimensions is not None:
            records.extend(_assessment(firm, node.id, day))
        for number, need in enumerate(firm.needs):
            records.extend(_need(firm, node.id, number, need, day))
        for number, offer in enumerate(firm.offers):
            records.extend(_offer(firm, node.id, number, offer, day))
        yield Row(line, records)


def before(day: date, days: int) -> str:
    """Return the ISO date so many days before `day`."""
    return (day - timedelta(days=days)).isoformat()


def _organisation(firm: Firm, day: date) -> NodeRecord:
    properties = {
        **named(firm.name_ko, firm.name_en, *firm.field.topic),
        "kind": firm.kind,
        "summary_ko": with_years(firm.summary_ko, day),
        "summary_en": with_years(firm.summary_en, day),
        "founded_on": None if firm.founded_days_ago is None else before(day, firm.founded_days_ago),
        "employees": firm.employees,
        "revenue_won": firm.revenue_won,
        "industry_code": firm.industry,
        "stage": firm.stage,
        "trl": firm.trl,
        "maturity": _total(firm),
        "country": "KR",
        "visibility": firm.visibility,
        "certificates": list(firm.certificates),
        "facts": stored_facts(firm.facts or drawn_facts(firm), day),
        "location": firm.place,
        "profiling": firm.profiling,
        "version": 1,
        "updated_at": f"{before(day, firm.edited_days_ago)}T03:00:00Z",
        "synthetic": True,
    }
    return NodeRecord("Organisation", organisation_id(firm.key), properties, (stated(DEMO, day.isoformat()),))


def _total(firm: Firm) -> int | None:
    return None if firm.dimensions is None else round(sum(firm.dimensions) / len(firm.dimensions))


def _ties(firm: Firm, id_: str) -> Iterator[Record]:
    gu = gu_id(all_gu()[firm.gu].code)
    yield edge("Organisation", "LOCATED_IN", "District", id_, gu)
    yield edge("Organisation", "MEMBER_OF", "District", id_, gu)
    yield edge("Organisation", "MEMBER_OF", "District", id_, city_id())
    if firm.innovation_district:
        yield edge("Organisation", "MEMBER_OF", "District", id_, innovation_district_id(firm.innovation_district))
    yield edge("Organisation", "IN_INDUSTRY", "Industry", id_, industry_id(firm.industry))
    for code in firm.technologies:
        yield edge("Organisation", "USES", "Technology", id_, technology_id(code))
    if firm.key.startswith("owner/"):
        for programme in example_programmes().get(firm.name_ko, ()):
            yield edge("Organisation", "RUNS", "Programme", id_, programme)


def _assessment(firm: Firm, id_: str, day: date) -> Iterator[Record]:
    values = dict(zip(_DIMENSIONS, firm.dimensions or (), strict=True))
    node = NodeRecord(
        "Assessment",
        stable_id("asm_", "madang-demo", firm.key),
        {
            **values,
            "total": _total(firm),
            "taken_on": before(day, firm.edited_days_ago),
            "questionnaire": _QUESTIONNAIRE,
        },
    )
    yield node
    yield edge("Organisation", "ASSESSED_BY", "Assessment", id_, node.id)


def _need(firm: Firm, id_: str, number: int, need: Statement, day: date) -> Iterator[Record]:
    properties = {**_text(need, day), "barrier": need.barrier, "budget_won": need.budget_won, "state": "open"}
    node = NodeRecord(
        "Need", stable_id("need_", "madang-demo", f"{firm.key}/{number}"), properties, (stated(DEMO, day.isoformat()),)
    )
    yield node
    yield edge("Organisation", "SEEKS", "Need", id_, node.id)
    for code in need.technologies:
        yield edge("Need", "ABOUT", "Technology", node.id, technology_id(code))


def _offer(firm: Firm, id_: str, number: int, offer: Statement, day: date) -> Iterator[Record]:
    node = NodeRecord(
        "Offer",
        stable_id("off_", "madang-demo", f"{firm.key}/{number}"),
        _text(offer, day),
        (stated(DEMO, day.isoformat()),),
    )
    yield node
    yield edge("Organisation", "OFFERS", "Offer", id_, node.id)
    for code in offer.technologies:
        yield edge("Offer", "ABOUT", "Technology", node.id, technology_id(code))


def _text(statement: Statement, day: date) -> dict[str, object]:
    return {
        "text": statement.text,
        "language": statement.language,
        "search_text": search_text(statement.text),
        "posted_at": f"{before(day, statement.posted_days_ago)}T01:00:00Z",
    }
