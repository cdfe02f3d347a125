"""The Seoul data set: what it holds, that it holds together, and that it is told apart from real data."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from statistics import mean

from madang_graph.client import Graph
from madang_graph.writes.checksum import graph_checksum
from madang_matching.eligibility.kinds import KINDS
from madang_seeds.importer import check
from madang_seeds.loading import load_dataset
from madang_seeds.records import EdgeRecord, NodeRecord
from madang_seeds.seoul.data_set import data_set
from madang_seeds.seoul.districts import all_gu
from madang_seeds.seoul.shapes import contains

DAY = date(2026, 11, 24)
NOW = "2026-11-24T12:00:00Z"


@cache
def nodes() -> dict[str, list[NodeRecord]]:
    found: dict[str, list[NodeRecord]] = {}
    for table in data_set(DAY).tables:
        for row in table.rows():
            for record in row.records:
                if isinstance(record, NodeRecord):
                    found.setdefault(record.label, []).append(record)
    return found


@cache
def edges() -> list[EdgeRecord]:
    rows = (row for table in data_set(DAY).tables for row in table.rows())
    return [record for row in rows for record in row.records if isinstance(record, EdgeRecord)]


def test_every_row_keeps_to_the_vocabulary() -> None:
    assert [problem for table in data_set(DAY).tables for row in table.rows() for problem in check(row)] == []


def test_ids_are_unique_and_every_relationship_has_both_ends() -> None:
    ids = [record.id for records in nodes().values() for record in records]
    assert len(ids) == len(set(ids))
    known = set(ids)
    assert [tie for tie in edges() if tie.start_id not in known or tie.end_id not in known] == []


def test_the_city_has_25_gu_with_boundaries_and_names_in_two_languages() -> None:
    gu = [record.properties for record in nodes()["District"] if record.properties["kind"] == "gu"]
    assert len(gu) == 25
    assert all(facts["name_en"] and json.loads(facts["boundary"])["coordinates"] for facts in gu)
    assert {facts["name_en"] for facts in gu} >= {"Gangnam-gu", "Jongno-gu"}
    kinds = Counter(record.properties["kind"] for record in nodes()["District"])
    assert kinds == {"gu": 25, "innovation_district": 12, "city": 1}


def test_real_programmes_show_their_year_and_source_and_invented_ones_their_mark() -> None:
    for label in ("Programme", "Call", "Space"):
        for record in nodes()[label]:
            facts = record.properties
            assert facts["source_note"]
            assert facts["synthetic"] == ("예시" in facts["name_ko"]), facts["name_ko"]
    assert sum(not record.properties["synthetic"] for record in nodes()["Programme"]) == 29
    assert len(nodes()["Space"]) == 47


def test_no_real_call_is_open_and_enough_examples_are_open_upcoming_closed() -> None:
    states: Counter[str] = Counter()
    for record in nodes()["Call"]:
        facts = record.properties
        opens, closes = facts["opens_at"], facts["closes_at"]
        is_open = opens is not None and opens <= NOW and (facts["rolling"] or (closes is not None and closes > NOW))
        if not facts["synthetic"]:
            assert not is_open, facts["name_ko"]
            continue
        state = "open" if is_open else "upcoming" if opens > NOW else "closed"
        states[state] += 1
        assert facts["demo_dates"]
    assert states["open"] >= 15
    assert states["upcoming"] >= 3
    assert states["closed"] >= 3


def leaves(rule: dict) -> list[dict]:  # type: ignore[type-arg]
    parts = rule.get("all") or rule.get("any") or ([rule["not"]] if "not" in rule else None)
    return [rule] if parts is None else [leaf for part in parts for leaf in leaves(part)]


def test_open_calls_use_all_condition_kinds_and_groups() -> None:
    rules = [json.loads(record.properties["rules"]) for record in nodes()["Call"] if record.properties["synthetic"]]
    kinds = {leaf["kind"] for rule in rules for leaf in leaves(rule)}
    assert kinds >= {"firm_age", "region", "industry", "size", "organisation_kind", "prose", "founder_age", "sme"}
    assert kinds >= {"stage", "investment", "co_funding", "certificate", "disqualification", "statement", "preference"}
    assert kinds <= set(KINDS)
    text = json.dumps(rules)
    assert '"any"' in text
    assert '"not"' in text
    assert all(leaf["source_text"] for rule in rules for leaf in leaves(rule))


def test_there_are_enough_invented_organisations_of_every_kind() -> None:
    kinds = Counter(record.properties["kind"] for record in nodes()["Organisation"])
    assert sum(kinds.values()) >= 600
    assert set(kinds) == {"startup", "sme", "corporate", "research", "public_body", "investor", "civic"}
    assert all(record.properties["synthetic"] for record in nodes()["Organisation"])
    assert len({record.properties["name_ko"] for record in nodes()["Organisation"]}) == sum(kinds.values())


def test_maturity_is_like_the_published_figures() -> None:
    firms = [record.properties for record in nodes()["Organisation"] if record.properties["maturity"] is not None]
    assert 38 <= mean(facts["maturity"] for facts in firms) <= 44

    def of(*codes: str) -> float:
        return mean(facts["maturity"] for facts in firms if facts["industry_code"].startswith(codes))

    assert of("J62", "J58") > of("C") > of("H52")


def test_texts_are_not_visibly_repeated() -> None:
    summaries = [record.properties["summary_ko"] for record in nodes()["Organisation"]]
    needs = [record.properties["text"] for record in nodes()["Need"]]
    offers = [record.properties["text"] for record in nodes()["Offer"]]
    assert len(set(summaries)) > 0.95 * len(summaries)
    assert len(set(needs)) > 0.95 * len(needs)
    assert len(set(offers)) > 0.7 * len(offers)


def test_some_profiles_are_incomplete() -> None:
    firms = [record.properties for record in nodes()["Organisation"] if record.properties["kind"] in {"startup", "sme"}]
    for name in ("employees", "revenue_won", "founded_on"):
        missing = sum(facts[name] is None for facts in firms)
        assert 0.02 * len(firms) < missing < 0.4 * len(firms)


def test_organisations_stand_inside_their_gu() -> None:
    of_gu = {tie.start_id: tie.end_id for tie in edges() if tie.pattern.startswith("(:Organisation)-[:LOCATED_IN]")}
    names = {record.id: record.properties["name_ko"] for record in nodes()["District"]}
    for record in nodes()["Organisation"]:
        gu = all_gu()[names[of_gu[record.id]]]
        assert contains(gu.polygons, *record.properties["location"])


def test_the_same_day_gives_the_same_rows_and_another_day_moves_only_dates() -> None:
    def firms(day: date) -> list[NodeRecord]:
        table = next(table for table in data_set(day).tables if table.name == "organisations")
        return [record for row in table.rows() for record in row.records if isinstance(record, NodeRecord)]

    assert firms(DAY) == firms(DAY)
    moved = firms(date(2027, 2, 1))
    assert [record.id for record in moved] == [record.id for record in firms(DAY)]
    assert [r.properties.get("employees") for r in moved] == [r.properties.get("employees") for r in firms(DAY)]


def test_demo_people_have_no_password_and_no_real_address() -> None:
    people = [record.properties for record in nodes()["Person"] if record.properties["demo"]]
    assert len(people) == 5
    assert all(person["demo"] and person["email"].endswith("@example.org") for person in people)
    assert all("password_hash" not in person for person in people)
    assert sum(person["admin"] for person in people) == 1


async def test_seoul_loads_and_a_second_load_changes_nothing(graph: Graph) -> None:
    first = await load_dataset(graph, "seoul", today=DAY)
    before = await graph_checksum(graph)
    second = await load_dataset(graph, "seoul", today=date(2027, 1, 1))
    assert first.problem_count == 0
    assert second.rows == 0
    assert await graph_checksum(graph) == before
    await load_dataset(graph, "seoul", today=DAY, again=True)
    assert await graph_checksum(graph) == before


def test_every_startup_has_a_founder_who_is_marked_as_invented_and_cannot_sign_in() -> None:
    founders = [record.properties for record in nodes()["Person"] if not record.properties["demo"]]
    startups = [record for record in nodes()["Organisation"] if record.properties["kind"] == "startup"]
    assert len(founders) >= len(startups) - 1  # the demo founder is an account of its own
    assert all("(가상)" in founder["name"] for founder in founders)
    assert not any("email" in founder or "password_hash" in founder for founder in founders)
