"""Affiliates: consent of both sides, what each then sees of the other, and what de minimis makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_graph.writes.snapshots import organisation_rows
from madang_server.api.de_minimis import de_minimis
from madang_server.api.execute import Api
from madang_server.api.schema import build_schema
from madang_server.matches.snapshot import organisation_of
from madang_server.services import affiliates, awards, facts
from madang_server.services.awards import AwardDraft
from madang_server.services.errors import LimitReachedError, NotFoundError, NotPermittedError, ValidationError
from madang_server.services.facts import FactText

from tests.graph.test_reading import FUNCTIONS
from tests.server.builders import (
    ADMIN,
    NOW,
    OUTSIDER,
    OWNER,
    PARTNER,
    READER,
    audit_of,
    everything,
    jobs_of,
    make_viewer,
    make_yard,
)

HIDDEN = make_viewer("per_hidden", edits=("org_hidden",))
ELSE = OUTSIDER
ORGANISATIONS = {"per_owner": "org_a", "per_partner": "org_b", "per_hidden": "org_hidden", "per_stranger": "org_else"}
DOCUMENT = """query Group($id: ID!) { organisation(id: $id) {
  affiliates { organisationId name state }
  deMinimis(newEur: 100000) { ownEur usedEur totalEur leftEur group affiliates { organisationId name usedEur kept } }
  awards { nodes { name } }
} }"""


def of(viewer: Viewer) -> str:
    return ORGANISATIONS[viewer.person_id or ""]


async def names(graph: Graph, viewer: Viewer, *others: str) -> None:
    for other in others:
        await affiliates.name(graph, viewer, of(viewer), other, now=NOW)


async def drops(graph: Graph, viewer: Viewer, other: str) -> None:
    await affiliates.drop(graph, viewer, of(viewer), other, now=NOW)


async def receives(graph: Graph, viewer: Viewer, eur: int) -> None:
    given: dict[str, Any] = {
        "name": "바우처",
        "regime": "de_minimis",
        "de_minimis_eur": eur,
        "received_on": "2026-03-02",
    }
    await awards.save(graph, viewer, AwardDraft(organisation_id=of(viewer), **given), now=NOW)


async def says(graph: Graph, viewer: Viewer, name: str, value: str) -> None:
    await facts.save(graph, viewer, of(viewer), [FactText(name, value)], now=NOW)


async def seen(graph: Graph, viewer: Viewer, organisation_id: str) -> Any:
    functions = FUNCTIONS | {"de_minimis": de_minimis}
    compiler = Compiler(ENTITIES, ONES, MANYS, functions, CursorSigner(b"test"), LEAVES)
    api = Api(graph, build_schema(), compiler, lambda: NOW, lambda *_: None, read_timeout_s=60)
    answer = await api.execute(DOCUMENT, {"id": organisation_id}, viewer)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return answer.data["organisation"]


async def states(graph: Graph, viewer: Viewer) -> dict[str, str]:
    found = (await seen(graph, viewer, of(viewer)))["affiliates"]
    return {one["organisationId"]: one["state"] for one in found}


async def judged_on(graph: Graph, viewer: Viewer) -> Any:
    ((row),) = await organisation_rows(graph, [of(viewer)])
    return organisation_of(row).facts.get("affiliate_awards")


async def test_a_name_counts_only_when_both_have_named_each_other(graph: Graph) -> None:
    await make_yard(graph)
    await receives(graph, PARTNER, 150_000)
    await receives(graph, OWNER, 100_000)
    assert (await seen(graph, OWNER, "org_a"))["deMinimis"]["group"] == "UNKNOWN"
    await names(graph, OWNER, "org_b")
    assert await states(graph, OWNER) == {"org_b": "ASKED"}
    assert await states(graph, PARTNER) == {"org_a": "ASKS"}
    assert await judged_on(graph, OWNER) == [{}], "one who has not answered may have received anything"
    assert await judged_on(graph, PARTNER) is None
    for viewer in (OWNER, PARTNER):
        assert (await seen(graph, viewer, of(viewer)))["deMinimis"]["affiliates"] == []
    await names(graph, PARTNER, "org_a")
    assert await states(graph, OWNER) == {"org_b": "CONFIRMED"}
    assert await states(graph, PARTNER) == {"org_a": "CONFIRMED"}
    found = await seen(graph, OWNER, "org_a")
    assert found["deMinimis"] == {
        "ownEur": 100_000, "usedEur": 250_000, "totalEur": 350_000, "leftEur": 0, "group": "KNOWN",
        "affiliates": [{"organisationId": "org_b", "name": "Naru", "usedEur": 150_000, "kept": True}],
    }  # fmt: skip
    assert len(found["awards"]["nodes"]) == 1, "of the other's ledger nothing but the sum is told"
    assert await judged_on(graph, OWNER) == [{"on": "2026-03-02", "de_minimis_eur": 150_000}]


async def test_of_a_group_nobody_else_learns_anything(graph: Graph) -> None:
    await make_yard(graph)
    await names(graph, OWNER, "org_b")
    await names(graph, PARTNER, "org_a")
    for viewer, organisation_id in ((ELSE, "org_a"), (ELSE, "org_b"), (PARTNER, "org_a"), (OWNER, "org_b")):
        assert await seen(graph, viewer, organisation_id) == {
            "affiliates": None, "deMinimis": None, "awards": {"nodes": []}
        }  # fmt: skip


async def test_a_hidden_organisation_cannot_be_named_and_looks_like_a_missing_one(graph: Graph) -> None:
    await make_yard(graph)
    before = await everything(graph)
    said: list[str] = []
    for target in ("org_hidden", "org_missing", "'; MATCH"):
        for act in (affiliates.name, affiliates.drop):
            with pytest.raises(NotFoundError) as refused:
                await act(graph, OWNER, "org_a", target, now=NOW)
            said.append(f"{refused.value.field} {refused.value.sentence}")
    assert len(set(said)) == 1
    assert await everything(graph) == before


async def test_a_hidden_one_that_names_us_can_be_confirmed_and_is_known_to_us_alone(graph: Graph) -> None:
    await make_yard(graph)
    await names(graph, HIDDEN, "org_a")
    assert await states(graph, OWNER) == {"org_hidden": "ASKS"}
    await names(graph, OWNER, "org_hidden", "org_b")
    await names(graph, PARTNER, "org_a")
    await receives(graph, HIDDEN, 70_000)
    found = await seen(graph, PARTNER, "org_b")
    assert {(one["organisationId"], one["name"], one["state"]) for one in found["affiliates"]} == {
        ("org_a", "Gaon", "CONFIRMED"), (None, None, "THROUGH"),
    }  # fmt: skip
    assert {(one["organisationId"], one["name"], one["usedEur"]) for one in found["deMinimis"]["affiliates"]} == {
        ("org_a", "Gaon", 0), (None, None, 70_000),
    }  # fmt: skip


async def test_a_circle_counts_each_member_once(graph: Graph) -> None:
    await make_yard(graph)
    for viewer, eur in ((OWNER, 1), (PARTNER, 10), (ELSE, 100)):
        await receives(graph, viewer, eur)
        await names(graph, viewer, *({"org_a", "org_b", "org_else"} - {of(viewer)}))
    for viewer, own in ((OWNER, 1), (PARTNER, 10), (ELSE, 100)):
        found = (await seen(graph, viewer, of(viewer)))["deMinimis"]
        assert (found["ownEur"], found["usedEur"], found["group"]) == (own, 111, "KNOWN")
    await drops(graph, OWNER, "org_b")
    assert (await seen(graph, OWNER, "org_a"))["deMinimis"]["usedEur"] == 111, "still tied over the third"
    await drops(graph, OWNER, "org_else")
    assert (await seen(graph, OWNER, "org_a"))["deMinimis"]["usedEur"] == 1
    assert (await seen(graph, PARTNER, "org_b"))["deMinimis"]["usedEur"] == 110


async def test_an_affiliate_without_a_ledger_leaves_the_sum_open_until_it_says_there_was_none(graph: Graph) -> None:
    await make_yard(graph)
    await names(graph, OWNER, "org_b")
    await names(graph, PARTNER, "org_a")
    assert (await seen(graph, OWNER, "org_a"))["deMinimis"]["group"] == "WAITING"
    assert await judged_on(graph, OWNER) == [{}]
    await says(graph, PARTNER, "awards", "[]")
    assert (await seen(graph, OWNER, "org_a"))["deMinimis"]["group"] == "KNOWN"
    assert await judged_on(graph, OWNER) == []


async def test_a_member_that_waits_for_an_answer_leaves_the_sum_of_all_open(graph: Graph) -> None:
    await make_yard(graph)
    await receives(graph, PARTNER, 5)
    await names(graph, OWNER, "org_b")
    await names(graph, PARTNER, "org_a", "org_else")
    assert await judged_on(graph, OWNER) == [{"on": "2026-03-02", "de_minimis_eur": 5}, {}]
    await drops(graph, ELSE, "org_b")
    assert await states(graph, PARTNER) == {"org_a": "CONFIRMED", "org_else": "DECLINED"}
    assert await states(graph, ELSE) == {}, "who declines is not asked again"
    assert await judged_on(graph, OWNER) == [{"on": "2026-03-02", "de_minimis_eur": 5}, {}]
    await drops(graph, PARTNER, "org_else")
    assert await judged_on(graph, OWNER) == [{"on": "2026-03-02", "de_minimis_eur": 5}]


async def test_that_there_are_none_is_a_fact_that_a_name_takes_back(graph: Graph) -> None:
    await make_yard(graph)
    await says(graph, OWNER, "affiliate_awards", "[]")
    assert (await seen(graph, OWNER, "org_a"))["deMinimis"]["group"] == "NONE"
    assert await judged_on(graph, OWNER) == []
    await names(graph, OWNER, "org_b")
    with pytest.raises(ValidationError):
        await says(graph, OWNER, "affiliate_awards", "[]")
    await drops(graph, OWNER, "org_b")
    assert await judged_on(graph, OWNER) is None
    with pytest.raises(ValidationError):
        await says(graph, OWNER, "affiliate_awards", '[{"on": "2026-01-01", "de_minimis_eur": 5}]')


async def test_whoever_is_dropped_is_told_so_and_can_take_its_word_back(graph: Graph) -> None:
    await make_yard(graph)
    await names(graph, OWNER, "org_b")
    await names(graph, PARTNER, "org_a")
    await drops(graph, PARTNER, "org_a")
    assert await states(graph, OWNER) == {"org_b": "DECLINED"}
    assert await states(graph, PARTNER) == {}
    await names(graph, PARTNER, "org_a")
    assert await states(graph, OWNER) == {"org_b": "CONFIRMED"}


async def test_only_editors_of_the_organisation_name_and_drop(graph: Graph) -> None:
    await make_yard(graph)
    await names(graph, OWNER, "org_b")
    before = await everything(graph)
    for viewer in (READER, ADMIN, PARTNER):
        with pytest.raises(NotPermittedError):
            await affiliates.name(graph, viewer, "org_a", "org_else", now=NOW)
        with pytest.raises(NotPermittedError):
            await affiliates.drop(graph, viewer, "org_a", "org_b", now=NOW)
    with pytest.raises(ValidationError):
        await names(graph, OWNER, "org_a")
    assert await everything(graph) == before


async def test_each_act_is_audited_once_and_the_lists_of_all_members_are_made_anew(graph: Graph) -> None:
    await make_yard(graph)
    await names(graph, OWNER, "org_b", "org_b")
    await names(graph, PARTNER, "org_a")
    await graph.write("MATCH (x:Outbox) DELETE x")
    await receives(graph, PARTNER, 5)
    assert {payload["organisation_id"] for _, payload in await jobs_of(graph)} == {"org_a", "org_b"}
    acts = [(person, action, subject) for person, action, subject, _ in await audit_of(graph)]
    assert acts.count(("per_owner", "affiliates.name", "org_a")) == 1
    assert acts.count(("per_partner", "affiliates.name", "org_b")) == 1


async def test_a_group_has_an_end(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_yard(graph)
    monkeypatch.setattr(affiliates, "MEMBERS_MOST", 2)
    await names(graph, PARTNER, "org_a")
    await names(graph, OWNER, "org_b")
    await names(graph, ELSE, "org_a")
    before = await everything(graph)
    with pytest.raises(LimitReachedError):
        await names(graph, OWNER, "org_else")
    assert await everything(graph) == before
