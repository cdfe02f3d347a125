"""Match runs: what is read, what is written, and that readers see whole lists."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from madang_graph.client import Graph, GraphAddress, open_graph
from madang_graph.writes.clusters import ClusterRow, replace_clusters
from madang_graph.writes.lists import FitRow, Lists, PartnerRow, replace_lists
from madang_matching.records import Membership, Project
from madang_server.matches.encoding import FallbackEncoder
from madang_server.matches.rows import new_version
from madang_server.matches.run import match_all, refresh_organisation
from madang_server.matches.snapshot import read_snapshot
from madang_server.matches.state import Matcher
from madang_server.matches.vector_keys import vector_key
from madang_server.wiring import Services
from numpy.typing import NDArray

from tests.server.conftest import NOW
from tests.server.yard import YARD, StubEncoder, rows_of, shown

ONLY_OTHERS = (
    "CREATE (:Organisation {id: 'org_foreign', kind: 'research', name_en: 'Elsewhere', name_key: 'elsewhere'})"
)
CLOSED = "CREATE (:Call {id: 'call_closed', name_ko: '지난 공고', name_key: '지난', closes_at: '2026-03-01T00:00:00Z'})"


async def test_a_run_gives_every_member_lists_of_one_version_with_reasons(
    services: Services, encoder: StubEncoder
) -> None:
    await services.graph.write(YARD)
    await services.graph.write(ONLY_OTHERS)
    await services.graph.write(CLOSED)
    report = await match_all(services)
    assert (report.organisations, report.districts, report.basic) == (12, 2, False)
    for organisation_id in ("org_00", "org_01", "org_11"):
        versions, calls, partners = await shown(services.graph, organisation_id)
        assert versions == {report.version}
        assert set(calls) == {"call_0", "call_1", "call_2", "call_3"}
        assert partners
        assert "org_foreign" not in partners
    assert await shown(services.graph, "org_foreign") == (set(), [], [])
    reasons = await rows_of(services.graph, "MATCH (:Organisation {id: 'org_01'})-[r:SUGGESTED]->() RETURN r.reasons")
    assert all(len(json.loads(text)) >= 2 for (text,) in reasons)
    assert {key for (text,) in reasons for each in json.loads(text) for key in each} == {
        "kind", "weight", "ko", "en", "fact",
    }  # fmt: skip


async def test_conditions_carry_the_value_and_where_it_came_from(services: Services, encoder: StubEncoder) -> None:
    await services.graph.write(YARD)
    await match_all(services)
    ((conditions, verdict),) = await rows_of(
        services.graph,
        "MATCH (:Organisation {id: 'org_00'})-[r:FITS]->(:Call {id: 'call_0'}) RETURN r.conditions, r.verdict",
    )
    (condition,) = json.loads(conditions)
    assert verdict == condition["verdict"] == "eligible"
    assert condition["source_text"] == "창업 7년 미만"
    assert condition["value_source"] == "등록부 · 2026-02-01"


async def test_vectors_are_stored_once_and_made_anew_when_the_text_changes(
    services: Services, encoder: StubEncoder
) -> None:
    graph = services.graph
    await graph.write(YARD)
    first = await match_all(services)
    assert first.vectors == 12 + 6 + 6 + 4 + 1  # summaries, needs, offers, calls, the programme
    assert (await match_all(services)).vectors == 0
    await graph.write("MATCH (o:Organisation {id: 'org_03'}) SET o.summary_ko = '이제 배터리를 만듭니다'")
    encoder.texts.clear()
    assert (await match_all(services)).vectors == 1
    assert encoder.texts[-1] == "이제 배터리를 만듭니다"
    ((key, size),) = await rows_of(
        graph, "MATCH (o:Organisation {id: 'org_03'}) RETURN o.text_vector_key, size(o.text_vector)"
    )
    assert (key, size) == (vector_key("이제 배터리를 만듭니다"), 512)


async def test_private_organisations_get_lists_and_stand_on_nobody_elses(
    services: Services, encoder: StubEncoder
) -> None:
    await services.graph.write(YARD)
    await services.graph.write("MATCH (o:Organisation {id: 'org_02'}) SET o.visibility = 'private'")
    await match_all(services)
    suggested = await rows_of(services.graph, "MATCH ()-[:SUGGESTED]->(p) RETURN DISTINCT p.id")
    assert ["org_02"] not in suggested
    assert (await shown(services.graph, "org_02"))[2]
    ranks = await rows_of(
        services.graph, "MATCH (:Organisation {id: 'org_01'})-[r:SUGGESTED]->() RETURN r.rank ORDER BY r.rank"
    )
    assert [rank for (rank,) in ranks] == list(range(1, len(ranks) + 1))


async def test_dismissed_and_declined_ones_do_not_return(services: Services, encoder: StubEncoder) -> None:
    await services.graph.write(YARD)
    await services.graph.write("""
MATCH (o:Organisation {id: 'org_01'}), (x:Organisation {id: 'org_02'}), (p:Organisation {id: 'org_00'})
CREATE (o)-[:DISMISSED]->(x)
CREATE (p)-[:ASKED]->(:Introduction {id: 'int_a', state: 'declined'})-[:ASKS]->(o)
""")
    await match_all(services)
    partners = (await shown(services.graph, "org_01"))[2]
    assert not {"org_00", "org_02"} & set(partners)
    assert "org_01" not in (await shown(services.graph, "org_00"))[2]


async def test_a_refresh_follows_an_edit_and_leaves_the_others_alone(services: Services, encoder: StubEncoder) -> None:
    graph = services.graph
    await graph.write(YARD)
    report = await match_all(services)
    matcher = Matcher(graph, services.encoder, services.clock)
    await matcher.current()
    await graph.write("MATCH (o:Organisation {id: 'org_00'}) SET o.founded_on = '2010-01-01'")
    assert await refresh_organisation(services, matcher, "org_00")
    verdicts = await rows_of(
        graph,
        "MATCH (o:Organisation {id: 'org_00'})-[r:FITS]->() WHERE r.version = o.lists_version "
        "RETURN DISTINCT r.verdict",
    )
    assert verdicts == [["not_eligible"]]
    assert (await shown(graph, "org_00"))[0] != {report.version}
    assert (await shown(graph, "org_01"))[0] == {report.version}
    assert not await refresh_organisation(services, matcher, "org_gone")


async def test_without_a_model_rules_serve_alone_and_the_version_says_so(services: Services) -> None:
    class Broken:
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise ValueError("weights.npz is truncated")

    await services.graph.write(YARD)
    encoder = FallbackEncoder(Broken)
    assert not encoder.check()
    state = await Matcher(services.graph, encoder, services.clock).all()
    assert state.basic
    assert new_version(NOW, basic=state.basic).startswith("basic-")
    assert not encoder.encode(["가", "나"]).any()


async def test_rules_that_are_not_json_ask_for_a_check(services: Services, encoder: StubEncoder) -> None:
    await services.graph.write(YARD)
    await services.graph.write("MATCH (c:Call {id: 'call_0'}) SET c.rules = '{broken'")
    await match_all(services)
    verdicts = await rows_of(services.graph, "MATCH ()-[r:FITS]->(:Call {id: 'call_0'}) RETURN DISTINCT r.verdict")
    assert verdicts == [["check"]]


async def test_the_snapshot_knows_provinces_and_provenance(services: Services) -> None:
    await services.graph.write(YARD)
    read = await read_snapshot(services.graph, NOW)
    record = read.snapshot.organisations[0]
    assert (record.id, record.region_codes, record.location) == ("org_00", ("11680", "11"), (127.0, 37.5))
    assert record.value_sources == {"founded_on": "등록부 · 2026-02-01", "employees": "등록부 · 2026-02-01"}
    assert read.snapshot.calls[0].summary_ko == "검사 기술을 지원합니다"


async def test_the_snapshot_knows_programmes_of_calls_members_and_projects(services: Services) -> None:
    await services.graph.write(YARD)
    await services.graph.write(ONLY_OTHERS)
    await services.graph.write("""
MATCH (p:Programme {id: 'prg_a'}), (ai:Technology {id: 'tec_ai'}), (a:Organisation {id: 'org_00'})
MATCH (b:Organisation {id: 'org_01'}), (x:Organisation {id: 'org_foreign'})
SET a.country = 'KR'
CREATE (j:Project {id: 'prj_a', name_key: 'a', started_on: '2024-05-01'})-[:ABOUT]->(ai), (j)-[:FUNDED_BY]->(p)
CREATE (b)-[:TOOK_PART_IN]->(j), (a)-[:TOOK_PART_IN]->(j), (x)-[:TOOK_PART_IN]->(j)
CREATE (a)-[:TOOK_PART_IN {since_on: '2023-02-01'}]->(p), (b)-[:TOOK_PART_IN]->(p), (x)-[:TOOK_PART_IN]->(p)
""")
    snapshot = (await read_snapshot(services.graph, NOW)).snapshot
    assert {call.programme for call in snapshot.calls} == {"prg_a"}
    assert snapshot.memberships == (Membership("org_00", "prg_a", "2023-02-01"), Membership("org_01", "prg_a"))
    assert snapshot.projects == (Project("prj_a", ("org_00", "org_01"), "2024-05-01", ("prg_a", "tec_ai")),)
    assert [each.country for each in snapshot.organisations[:2]] == ["KR", ""]


def lists(version: str, at: Any = NOW, size: int = 10) -> Lists:
    fits = [FitRow(f"call_{i}", i, 0.5, "check", "[]", "[]") for i in range(size)]
    partners = [PartnerRow(f"org_{i}", i, 0.5, "[]") for i in range(1, size)]
    return Lists("org_0", version, at, fits, partners)


async def test_a_reader_never_sees_a_list_that_is_half_old(graph: Graph, neo4j_address: GraphAddress) -> None:
    await graph.write("UNWIND range(0, 50) AS i CREATE (:Organisation {id: 'org_' + i}), (:Call {id: 'call_' + i})")
    seen: list[tuple[set[str], int, int]] = []
    done = asyncio.Event()

    async def read_on() -> None:
        async with open_graph(neo4j_address) as reader:
            while not done.is_set():
                versions, calls, partners = await shown(reader, "org_0")
                seen.append((versions, len(calls), len(partners)))

    readers = [asyncio.create_task(read_on()) for _ in range(3)]
    for number in range(40):
        assert await replace_lists(graph, [lists(f"v{number}", size=50)]) == 1
    done.set()
    await asyncio.gather(*readers)
    assert {(len(versions), calls, partners) for versions, calls, partners in seen} <= {(0, 0, 0), (1, 50, 49)}
    assert len({version for versions, _, _ in seen for version in versions}) > 1


async def test_lists_computed_from_older_data_do_not_replace_newer_ones(graph: Graph) -> None:
    await graph.write("UNWIND range(0, 10) AS i CREATE (:Organisation {id: 'org_' + i}), (:Call {id: 'call_' + i})")
    assert await replace_lists(graph, [lists("new")]) == 1
    assert await replace_lists(graph, [lists("old", NOW - timedelta(minutes=5))]) == 0
    assert (await shown(graph, "org_0"))[0] == {"new"}


async def test_lists_leave_out_what_was_deleted_meanwhile_and_may_be_empty(graph: Graph) -> None:
    await graph.write("UNWIND range(0, 3) AS i CREATE (:Organisation {id: 'org_' + i}), (:Call {id: 'call_' + i})")
    assert await replace_lists(graph, [lists("v1")]) == 1
    assert await shown(graph, "org_0") == (
        {"v1"},
        ["call_0", "call_1", "call_2", "call_3"],
        ["org_1", "org_2", "org_3"],
    )
    assert await replace_lists(graph, [Lists("org_0", "v2", NOW, [], [])]) == 1
    assert await shown(graph, "org_0") == (set(), [], [])


async def test_old_versions_go_with_the_second_replacement_after_a_minute(graph: Graph) -> None:
    await graph.write("UNWIND range(0, 10) AS i CREATE (:Organisation {id: 'org_' + i}), (:Call {id: 'call_' + i})")
    for minutes in range(0, 12, 3):
        await replace_lists(graph, [lists(f"v{minutes}", NOW + timedelta(minutes=minutes))])
    kept = await rows_of(graph, "MATCH ()-[r:FITS]->() RETURN DISTINCT r.version ORDER BY r.version")
    assert kept == [["v6"], ["v9"]]


def clusters(name: str, at: Any = NOW) -> ClusterRow:
    positions = [(f"org_{i}", 0.0, 0.0, 0, 1, 0.0) for i in range(20)]
    return ClusterRow("dst_a", name, name, at, positions, [(0, 1, 1.0, "2024-03-01")], "[]")


async def test_a_district_always_has_one_whole_cluster_graph(graph: Graph, neo4j_address: GraphAddress) -> None:
    await graph.write("UNWIND range(0, 19) AS i CREATE (:Organisation {id: 'org_' + i})")
    await graph.write("CREATE (:District {id: 'dst_a', kind: 'gu'})")
    await replace_clusters(graph, clusters("clu_first"))
    sizes: set[int] = set()
    done = asyncio.Event()

    async def read_on() -> None:
        async with open_graph(neo4j_address) as reader:
            while not done.is_set():
                ((size,),) = await rows_of(
                    reader,
                    """
MATCH (d:District {id: 'dst_a'})
RETURN head(COLLECT { MATCH (d)-[:HAS_CLUSTERS]->(c) WITH c ORDER BY c.id LIMIT 1 RETURN COUNT { (c)-[:PLACES]->() } })
""",
                )
                sizes.add(-1 if size is None else size)

    reading = asyncio.create_task(read_on())
    for number in range(15):
        assert await replace_clusters(graph, clusters(f"clu_{number}", NOW + timedelta(minutes=2 * number)))
    done.set()
    await reading
    assert sizes == {20}
    assert not await replace_clusters(graph, clusters("clu_late", NOW))
    ((linked, kept),) = await rows_of(
        graph, "MATCH (c:ClusterGraph) RETURN count(CASE WHEN (:District)-->(c) THEN 1 END), count(c)"
    )
    assert linked == 1
    assert kept <= 4
