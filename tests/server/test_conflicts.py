"""What the ledger of awards stands against, read through the API by its own people and by others."""

from __future__ import annotations

import json
from typing import Any

from madang_graph.client import Graph
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_server.api.conflicts import application_conflicts
from madang_server.api.de_minimis import de_minimis
from madang_server.api.execute import Api
from madang_server.api.schema import build_schema
from madang_server.services import applications, awards, facts
from madang_server.services.applications import ApplicationDraft
from madang_server.services.awards import AwardDraft
from madang_server.services.facts import FactText

from tests.graph.test_reading import FUNCTIONS
from tests.server.builders import NOW, OUTSIDER, OWNER, READER, make_yard

RULES = {
    "all": [
        {"kind": "exclusive_with", "programmes": ["prg_data"], "unless_same_plan": False},
        {"kind": "de_minimis", "award_eur": 50_000, "reference": "application"},
        {"kind": "organisation_kind", "include": ["research"]},
    ]
}
DOCUMENT = """{ organisation(id: "org_a") {
  deMinimis(newEur: 50000) { usedEur totalEur overEur }
  awards { totalCount nodes { name } }
  applications { totalCount nodes { conflicts { kind verdict } } }
} }"""


async def make_ledger(graph: Graph, eur: int) -> None:
    await make_yard(graph)
    await graph.write(
        "MATCH (c:Call {id: 'call_one'}) SET c.rules = $rules, c.opens_at = '2026-11-01T00:00:00Z' "
        "CREATE (:Programme {id: 'prg_data', name_ko: '데이터', name_key: '데이터'})",
        {"rules": json.dumps(RULES)},
    )
    given: dict[str, Any] = {"regime": "de_minimis", "de_minimis_eur": eur, "received_on": "2026-03-02"}
    draft = AwardDraft(organisation_id="org_a", programme_id="prg_data", **given)
    await awards.save(graph, OWNER, draft, now=NOW)
    await facts.save(graph, OWNER, "org_a", [FactText("affiliate_awards", "[]")], now=NOW)
    await applications.save(graph, OWNER, ApplicationDraft(organisation_id="org_a", call_id="call_one"), now=NOW)


async def seen(graph: Graph, viewer: Viewer) -> dict[str, Any]:
    functions = FUNCTIONS | {"application_conflicts": application_conflicts, "de_minimis": de_minimis}
    compiler = Compiler(ENTITIES, ONES, MANYS, functions, CursorSigner(b"test"), LEAVES)
    api = Api(graph, build_schema(), compiler, lambda: NOW, lambda *_: None, read_timeout_s=60)
    answer = await api.execute(DOCUMENT, {}, viewer)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return answer.data["organisation"]


async def test_an_application_names_the_awards_that_stand_against_it_and_nothing_else(graph: Graph) -> None:
    await make_ledger(graph, 260_000)
    answer = await seen(graph, READER)
    (application,) = answer["applications"]["nodes"]
    assert {one["kind"] for one in application["conflicts"]} == {"exclusive_with", "de_minimis"}
    assert answer["deMinimis"] == {"usedEur": 260_000, "totalEur": 310_000, "overEur": 10_000}


async def test_below_the_ceiling_only_the_excluding_programme_is_named(graph: Graph) -> None:
    await make_ledger(graph, 250_000)
    (application,) = (await seen(graph, OWNER))["applications"]["nodes"]
    assert [one["kind"] for one in application["conflicts"]] == ["exclusive_with"]


async def test_others_see_no_ledger_and_no_sum(graph: Graph) -> None:
    await make_ledger(graph, 260_000)
    assert await seen(graph, OUTSIDER) == {
        "deMinimis": None,
        "awards": {"totalCount": 0, "nodes": []},
        "applications": {"totalCount": 0, "nodes": []},
    }
