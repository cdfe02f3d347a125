"""The synthetic district: its truth holds together, its profiles tell it with noise, and it is marked as invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest
from madang_graph.client import Graph
from madang_graph.writes.checksum import graph_checksum
from madang_seeds.importer import check
from madang_seeds.loading import load_dataset
from madang_seeds.records import EdgeRecord, NodeRecord, Record
from madang_seeds.synthetic import Synthetic, plant
from madang_seeds.synthetic.data_set import data_set
from madang_seeds.synthetic.topics import all_topics, complements

DAY = date(2026, 11, 24)
COUNT = 300


@cache
def district() -> Synthetic:
    return plant(COUNT, 3, DAY)


@cache
def records() -> tuple[Record, ...]:
    tables = data_set(DAY, 40, 3).tables
    return tuple(record for table in tables for row in table.rows() for record in row.records)


def test_the_same_number_and_seed_give_the_same_district_and_another_seed_another() -> None:
    assert plant(60, 3, DAY) == plant(60, 3, DAY)
    assert plant(60, 3, DAY) != plant(60, 4, DAY)


def test_a_larger_district_holds_the_members_of_a_smaller_one() -> None:
    assert district().members[:60] == plant(60, 3, DAY).members


def test_complements_are_mutual_and_cross_communities() -> None:
    topics, other = all_topics(), complements(3)
    assert all(other[other[place]] == place for place in range(len(topics)))
    across = sum(topics[place].community != topics[other[place]].community for place in range(len(topics)))
    assert across >= len(topics) - 2


def test_mutual_pairs_are_those_where_each_would_choose_the_other() -> None:
    found = district()
    for number, others in found.mutual.items():
        assert others == {other for other in found.choices[number] if number in found.choices[other]}
        assert found.to_meet[number] <= others
        assert number not in found.choices[number]
    assert sum(map(len, found.to_meet.values())) > COUNT / 3
    one_sided = sum(len(set(found.choices[n]) - found.mutual[n]) for n in range(COUNT))
    assert one_sided > 3 * sum(map(len, found.mutual.values())), "most wishes are not returned"


def test_what_one_would_choose_mostly_supplies_what_it_lacks() -> None:
    found = district()
    first = [(each, found.members[found.choices[each.number][0]]) for each in found.members]
    assert sum(bool(set(each.lacks) & set(other.supplies)) for each, other in first) > 0.8 * COUNT


def test_those_to_meet_have_no_history_with_each_other() -> None:
    found = district()
    met = {(a, b) for each in found.projects for a in each.members for b in each.members}
    asked = {(each.asker, each.asked) for each in found.requests}
    for number, others in found.to_meet.items():
        assert not any((number, o) in met or (number, o) in asked or (o, number) in asked for o in others)


def test_history_is_before_the_day_and_answers_mostly_tell_the_truth() -> None:
    found = district()
    assert max(each.started_on for each in found.projects) < found.day
    assert max(each.on for each in found.requests) < found.day
    true = sum((each.asker in found.choices[each.asked]) == each.accepted for each in found.requests)
    assert 0.9 < true / len(found.requests) < 1
    counts = Counter(member for each in found.projects for member in each.members)
    assert max(counts.values()) > 5 * sum(counts.values()) / COUNT, "there are stars"


def test_profiles_leave_things_out_and_use_both_languages() -> None:
    found = district()
    needs = [need for each in found.members for need in each.needs]
    assert 0.05 < sum(need.language == "en" for need in needs) / len(needs) < 0.3
    assert 0.3 < sum(not need.topics for need in needs) / len(needs) < 0.5
    assert {name for each in found.members for name in each.unsaid} == {"founded_on", "employees", "revenue_won", "gu"}


def test_eligible_sets_are_neither_empty_nor_everybody() -> None:
    sizes = [len(each) for each in district().eligible.values()]
    assert sum(0 < size < COUNT for size in sizes) > 0.8 * len(sizes)


def test_every_row_keeps_to_the_vocabulary_and_every_relationship_has_both_ends() -> None:
    assert [p for table in data_set(DAY, 40, 3).tables for row in table.rows() for p in check(row)] == []
    ids = [record.id for record in records() if isinstance(record, NodeRecord)]
    assert len(ids) == len(set(ids))
    ties = [record for record in records() if isinstance(record, EdgeRecord)]
    assert [tie for tie in ties if tie.start_id not in set(ids) or tie.end_id not in set(ids)] == []


def test_everything_invented_says_so() -> None:
    for record in records():
        if isinstance(record, NodeRecord) and record.label in {"Organisation", "Project", "Call", "Programme"}:
            assert record.properties["synthetic"] is True
        if isinstance(record, NodeRecord) and record.label == "Organisation":
            assert record.properties["name_ko"][-1].isdigit()


def test_what_a_profile_leaves_out_is_not_imported() -> None:
    members = {f"{each.name_ko}": each for each in plant(40, 3, DAY).members}
    organisations = [r for r in records() if isinstance(r, NodeRecord) and r.label == "Organisation"]
    assert len(organisations) == 40
    for record in organisations:
        unsaid = members[record.properties["name_ko"]].unsaid
        assert not unsaid & set(record.properties)
        assert ("location" in record.properties) == ("gu" not in unsaid)


def test_requests_are_imported_with_their_answers() -> None:
    nodes = [record for record in records() if isinstance(record, NodeRecord)]
    states = Counter(each.properties["state"] for each in nodes if each.label == "Introduction")
    verdicts = Counter(each.properties["verdict"] for each in nodes if each.label == "Judgement")
    accepted = [each.accepted for each in plant(40, 3, DAY).requests]
    assert states == {"accepted": sum(accepted), "declined": len(accepted) - sum(accepted)}
    assert verdicts == {"accepted": sum(accepted), "refused": len(accepted) - sum(accepted)}


def test_a_district_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match="two"):
        data_set(DAY, 1)
    with pytest.raises(ValueError, match="two"):
        plant(1, 0, DAY)


async def test_loading_twice_writes_nothing_the_second_time(graph: Graph) -> None:
    def make(day: date) -> object:
        return data_set(day, 40, 3)

    first = await load_dataset(graph, "synthetic", today=DAY, make=make)
    before = await graph_checksum(graph)
    second = await load_dataset(graph, "synthetic", today=DAY, make=make)
    assert first.rows > 40
    assert not first.problems
    assert second.rows == 0
    assert await graph_checksum(graph) == before
