"""Doubts between notices: merging, parting and undoing, who may, and what an import makes of it afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from madang_graph.client import Graph
from madang_server.services import doubts
from madang_server.services.errors import NotFoundError, NotPermittedError, StaleVersionError, ValidationError

from tests.seeds.connectors.items import bizinfo_item, k_startup_item
from tests.server.builders import ADMIN, NOBODY, NOW, OWNER, audit_of
from tests.server.doubting import in_doubt, load, the_doubt


async def calls(graph: Graph) -> list[list[Any]]:
    return await graph.read(
        "MATCH (c:Call)-[:ANNOUNCED_BY]->(n:Notice) WITH c, n ORDER BY n.source_key "
        "WITH c, collect(n.source_key) AS told ORDER BY told "
        "RETURN c.name_ko, told, COLLECT { MATCH (c)-[:STATED_BY]->(s:Source) RETURN s.key ORDER BY s.key }, "
        "COUNT { (:Programme)-[:HAS_CALL]->(c) }"
    )


async def standing(graph: Graph) -> list[str]:
    """Everything but what counts and dates decisions."""
    nodes = await graph.read("MATCH (n) WHERE NOT n:Audit AND NOT n:Doubt RETURN labels(n), n {.*, updated_at: null}")
    ties = await graph.read("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)")
    return sorted(repr([row[0], sorted(row[1].items())]) for row in nodes) + sorted(repr(row) for row in ties)


async def test_merging_makes_one_call_of_two_and_undoing_brings_everything_back(graph: Graph) -> None:
    doubt = await in_doubt(graph)
    before = await standing(graph)
    assert [row[1] for row in await calls(graph)] == [["bizinfo"], ["k-startup"]]
    await doubts.decide(graph, ADMIN, doubt, "same", version=1, now=NOW)
    ((name, told, sources, programmes),) = await calls(graph)
    assert name == k_startup_item()["biz_pbanc_nm"]
    assert (told, sources, programmes) == (["bizinfo", "k-startup"], ["bizinfo", "k-startup"], 1)
    assert await graph.read("MATCH (:Organisation)-[d:DISMISSED]->(m:Merged) RETURN d.note") == [["not ours"]]
    await doubts.undo(graph, ADMIN, doubt, version=2, now=NOW)
    assert await standing(graph) == before
    assert await graph.read("MATCH (d:Doubt) RETURN d.state, d.earlier, d.version") == [["open", None, 3]]


async def test_what_an_import_joined_can_be_parted_and_joined_again(graph: Graph) -> None:
    await load(graph, "k-startup", k_startup_item())
    await load(graph, "bizinfo", bizinfo_item())
    before = await standing(graph)
    doubt = await the_doubt(graph)
    await doubts.decide(graph, ADMIN, doubt, "different", version=1, now=NOW)
    assert [row[1:] for row in await calls(graph)] == [
        [["bizinfo"], ["bizinfo"], 1],
        [["k-startup"], ["k-startup"], 1],
    ]
    assert (await load(graph, "bizinfo", bizinfo_item())).written == 0, "an import does not join them again"
    await doubts.undo(graph, ADMIN, doubt, version=2, now=NOW)
    assert [row[1] for row in await calls(graph)] == [["bizinfo", "k-startup"]]
    after = [line for line in await standing(graph) if "Merged" not in line]
    assert set(after) >= {line for line in before if "Import" not in line}


async def test_a_changed_notice_reaches_the_call_that_it_was_merged_into(graph: Graph) -> None:
    doubt = await in_doubt(graph)
    await doubts.decide(graph, ADMIN, doubt, "same", version=1, now=NOW)
    report = await load(graph, "bizinfo", bizinfo_item(reqstBeginEndDe="상시 접수", creatPnttm="2026-11-01"))
    assert (report.plan.changed, report.written) == (1, 1)
    assert await graph.read("MATCH (c:Call) RETURN c.noticed_on, c.closes_at") == [
        ["2026-11-01", "2026-12-18T09:00:00Z"]
    ]


async def test_a_programme_that_came_again_meanwhile_takes_the_place_of_the_one_put_away(graph: Graph) -> None:
    await load(graph, "k-startup", k_startup_item())
    await load(graph, "bizinfo", bizinfo_item(excInsttNm="서울시험재단", reqstBeginEndDe="상시"))
    doubt = await the_doubt(graph)
    await doubts.decide(graph, ADMIN, doubt, "same", version=1, now=NOW)
    assert await graph.read("MATCH (m:Merged) RETURN m.was ORDER BY m.was") == [["Call"], ["Programme"]]
    later = bizinfo_item(9, excInsttNm="서울시험재단", reqstBeginEndDe="20280301 ~ 20280401")
    await load(graph, "bizinfo", bizinfo_item(excInsttNm="서울시험재단", reqstBeginEndDe="상시"), later)
    await doubts.undo(graph, ADMIN, doubt, version=2, now=NOW)
    assert await graph.read("MATCH (m:Merged) RETURN count(m)") == [[0]]
    assert await graph.read(
        "MATCH (p:Programme {owner_name: '서울시험재단'}) RETURN COUNT { (p)-[:HAS_CALL]->(:Call) }"
    ) == [[2]]


@pytest.mark.parametrize("viewer", [OWNER, NOBODY])
async def test_nobody_but_administrators_decides_or_learns_that_there_is_a_doubt(graph: Graph, viewer: Any) -> None:
    doubt = await in_doubt(graph)
    with pytest.raises((NotFoundError, NotPermittedError)):
        await doubts.decide(graph, viewer, doubt, "same", version=1, now=NOW)
    with pytest.raises((NotFoundError, NotPermittedError)):
        await doubts.undo(graph, viewer, doubt, version=1, now=NOW)
    assert len(await calls(graph)) == 2
    assert await audit_of(graph) == []


async def test_two_people_do_not_decide_past_each_other(graph: Graph) -> None:
    doubt = await in_doubt(graph)
    await doubts.decide(graph, ADMIN, doubt, "same", version=1, now=NOW)
    with pytest.raises(StaleVersionError):
        await doubts.decide(graph, ADMIN, doubt, "different", version=1, now=NOW)
    assert len(await calls(graph)) == 1


async def test_decisions_are_audited_and_a_repeated_one_is_done_once(graph: Graph) -> None:
    doubt = await in_doubt(graph)
    for _ in range(2):
        await doubts.decide(graph, ADMIN, doubt, "same", version=1, now=NOW, idempotency_key="once")
    await doubts.undo(graph, ADMIN, doubt, version=2, now=NOW)
    assert await audit_of(graph) == [
        ("per_admin", "doubts.decide", doubt, ("state",)),
        ("per_admin", "doubts.undo", doubt, ("state",)),
    ]


@pytest.mark.parametrize("verdict", ["open", "", "SAME; MATCH (n) DETACH DELETE n"])
async def test_only_known_verdicts_are_taken(graph: Graph, verdict: str) -> None:
    doubt = await in_doubt(graph)
    with pytest.raises(ValidationError):
        await doubts.decide(graph, ADMIN, doubt, verdict, version=1, now=NOW)


@pytest.mark.parametrize("doubt_id", ["", "dbt_nowhere", "dbt_'}) DETACH DELETE (n)//", "x" * 10_000])
async def test_an_unknown_doubt_is_not_found(graph: Graph, doubt_id: str) -> None:
    with pytest.raises(NotFoundError):
        await doubts.decide(graph, ADMIN, doubt_id, "same", version=1, now=NOW)
