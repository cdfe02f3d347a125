"""From what people say to what the matching reads, and back to the lists: over whole runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from madang_graph.client import Graph
from madang_graph.migrations import shipped_migrations
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_matching.records import Judgement
from madang_server.api.execute import Api
from madang_server.api.schema import build_schema
from madang_server.matches.run import match_all, refresh_organisation
from madang_server.matches.snapshot import read_snapshot
from madang_server.matches.state import Matcher
from madang_server.services import introductions, suggestions
from madang_server.services.introductions import Answer, IntroductionRequest
from madang_server.services.suggestions import Dismissal
from madang_server.wiring import Services

from tests.graph.test_reading import FUNCTIONS
from tests.server.conftest import NOW
from tests.server.yard import YARD, StubEncoder, rows_of

US = Viewer("per_us", ("org_01",), ("org_01",))
THEM = Viewer("per_them", ("org_02",), ("org_02",))
READ = """{
  organisation(id: "org_01") {
    partnerSuggestions(first: 50) { edges { rank score useful version modelVersion computedAt node { id }
      reasons { kind weight points sentence(language: KO) } } }
    programmeFits(first: 50) { nodes { id } }
    dismissedCalls { nodes { id } }
    dismissedPartners { edges { reason note againAt node { id } } }
    judgements { nodes { verdict reason score rank listVersion partner { id } call { id } person { id } } }
  }
}"""


async def read(services: Services, viewer: Viewer = US) -> dict[str, Any]:
    compiler = Compiler(ENTITIES, ONES, MANYS, FUNCTIONS, CursorSigner(b"test"), LEAVES)
    api = Api(services.graph, build_schema(), compiler, services.clock, lambda *_: None, read_timeout_s=60)
    answer = await api.execute(READ, {}, viewer)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return answer.data["organisation"]


async def partners(services: Services) -> list[str]:
    return [edge["node"]["id"] for edge in (await read(services))["partnerSuggestions"]["edges"]]


async def hide(services: Services, subject: str, **fields: Any) -> None:
    dismissal = Dismissal(organisation_id="org_01", subject_id=subject, **fields)
    await suggestions.dismiss(services.graph, US, dismissal, now=services.clock())


async def test_a_hidden_partner_is_gone_at_once_and_back_when_it_has_changed(
    services: Services, encoder: StubEncoder
) -> None:
    await services.graph.write(YARD)
    await match_all(services)
    first = (await partners(services))[0]
    await hide(services, first, reason="competitor", note="같은 제품")
    said = await read(services)
    assert first not in await partners(services)
    assert said["dismissedPartners"]["edges"] == [
        {"reason": "COMPETITOR", "note": "같은 제품", "againAt": None, "node": {"id": first}}
    ]
    matcher = Matcher(services.graph, services.encoder, services.clock)
    assert await refresh_organisation(services, matcher, "org_01")
    assert first not in await partners(services)
    await services.graph.write(
        "MATCH (o:Organisation {id: $id}) SET o.summary_ko = '이제 로봇 팔을 만듭니다'", {"id": first}
    )
    await match_all(services)
    after = await read(services)
    assert first in await partners(services)
    assert after["dismissedPartners"]["edges"] == []
    assert [one["verdict"] for one in after["judgements"]["nodes"]] == ["NOT_RELEVANT"]


async def test_a_hidden_call_is_back_on_the_day_set_without_a_run(services: Services, encoder: StubEncoder) -> None:
    await services.graph.write(YARD)
    await match_all(services)
    call = (await read(services))["programmeFits"]["nodes"][0]["id"]
    await hide(services, call, again_on="2026-03-05")
    read_now = await read(services)
    assert call not in [node["id"] for node in read_now["programmeFits"]["nodes"]]
    assert [node["id"] for node in read_now["dismissedCalls"]["nodes"]] == [call]
    # The day begins in Seoul, nine hours before it does in UTC.
    await services.graph.write("MATCH (:Organisation)-[d:DISMISSED]->() SET d.again_at = '2026-03-01T15:00:00Z'")
    later = await read(services)
    assert call in [node["id"] for node in later["programmeFits"]["nodes"]]
    assert later["dismissedCalls"]["nodes"] == []


async def test_the_matching_reads_what_holds_oldest_first(services: Services, encoder: StubEncoder) -> None:
    await services.graph.write(YARD)
    await match_all(services)
    graph = services.graph
    await suggestions.endorse(graph, US, "org_01", "call_0", now=NOW - timedelta(days=3))
    await suggestions.endorse(graph, US, "org_01", "org_04", now=NOW - timedelta(days=2))
    await suggestions.restore(graph, US, "org_01", "org_04", now=NOW - timedelta(days=2))
    wish = IntroductionRequest(from_id="org_01", to_id="org_02", message="함께 검사 시험을 하고 싶습니다.")
    asked = await introductions.request(graph, US, wish, now=NOW - timedelta(days=1))
    await introductions.answer(graph, THEM, Answer(id=asked, accept=False, reason="wrong_size"), now=NOW)
    await hide(services, "org_06", reason="too_far")
    snapshot = (await read_snapshot(graph, NOW)).snapshot
    assert snapshot.judgements[0] == Judgement("org_01", "call_0", "useful", "", "2026-02-27")
    assert set(snapshot.judgements[1:]) == {
        Judgement("org_02", "org_01", "refused", "wrong_size", "2026-03-02"),
        Judgement("org_01", "org_06", "not_relevant", "too_far", "2026-03-02"),
    }
    assert snapshot.dismissed == {("org_01", "org_06"), ("org_01", "org_02"), ("org_02", "org_01")}


async def test_what_was_shown_is_kept_with_the_judgement_and_read_back(
    services: Services, encoder: StubEncoder
) -> None:
    await services.graph.write(YARD)
    await match_all(services)
    edge = (await read(services))["partnerSuggestions"]["edges"][1]
    await suggestions.endorse(services.graph, US, "org_01", edge["node"]["id"], now=NOW)
    after = await read(services)
    judged = after["judgements"]["nodes"][0]
    assert (judged["score"], judged["rank"], judged["listVersion"]) == (edge["score"], edge["rank"], edge["version"])
    assert after["partnerSuggestions"]["edges"][1]["useful"] is True
    assert edge["useful"] is False
    assert (await read(services, THEM))["judgements"]["nodes"] == []


async def test_older_dismissals_and_answers_become_judgements(graph: Graph) -> None:
    await graph.write("""
CREATE (a:Organisation {id: 'org_a'}), (b:Organisation {id: 'org_b'}), (c:Call {id: 'call_c'})
CREATE (a)-[:DISMISSED {dismissed_at: '2026-01-02T00:00:00Z', reason: '너무 멀어요'}]->(b), (a)-[:DISMISSED]->(c)
CREATE (a)-[:ASKED]->(:Introduction {id: 'int_1', state: 'declined', answered_at: '2026-01-03T00:00:00Z'})-[:ASKS]->(b)
CREATE (b)-[:ASKED]->(:Introduction {id: 'int_2', state: 'requested'})-[:ASKS]->(a)
""")
    (migration,) = [each for each in shipped_migrations() if each.name == "V0002__judgements.cypher"]
    for statement in migration.statements:
        step: Any = statement
        await graph.write(step)
    rows = await rows_of(
        graph, "MATCH (o)-[:JUDGED]->(j)-[:JUDGES]->(s) RETURN o.id, s.id, j.verdict, j.reason, j.note ORDER BY s.id"
    )
    assert {tuple(row) for row in rows} == {
        ("org_a", "org_b", "not_relevant", "other", "너무 멀어요"),
        ("org_a", "call_c", "not_relevant", None, None),
        ("org_b", "org_a", "refused", None, None),
    }
    assert await rows_of(graph, "MATCH (:Judgement)-[:CAME_OF]->(x) RETURN x.id") == [["int_1"]]
