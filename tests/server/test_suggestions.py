"""Saying what a suggestion is worth, hiding one until a day or a change, and showing it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.writes.judgements import judgement_rows
from madang_graph.writes.refusals import lapse_refusals, refused_pairs
from madang_server.services import suggestions
from madang_server.services.errors import NotFoundError, NotPermittedError, ValidationError
from madang_server.services.suggestions import Dismissal

from tests.server.builders import NOBODY, NOW, OUTSIDER, OWNER, READER, audit_of, everything, jobs_of, make_yard


async def dismiss(graph: Graph, subject_id: str, viewer: Any = OWNER, reason: str | None = None, **fields: Any) -> str:
    dismissal = Dismissal(**({"organisation_id": "org_a", "subject_id": subject_id, "reason": reason} | fields))
    return await suggestions.dismiss(graph, viewer, dismissal, now=NOW)


async def restore(graph: Graph, subject_id: str, viewer: Any = OWNER) -> str:
    return await suggestions.restore(graph, viewer, "org_a", subject_id, now=NOW)


async def hidden(graph: Graph) -> set[tuple[str, str, str | None]]:
    rows = await graph.read("MATCH (o)-[d:DISMISSED]->(x) RETURN o.id, x.id, d.reason")
    return {(o, x, reason) for o, x, reason in rows}


@pytest.mark.parametrize("subject", ["call_one", "org_b"])
async def test_a_suggestion_is_hidden_and_comes_back(graph: Graph, subject: str) -> None:
    await make_yard(graph)
    assert await dismiss(graph, subject, reason="bad_timing", note="지금은 아니에요") == "org_a"
    assert await hidden(graph) == {("org_a", subject, "bad_timing")}
    assert await restore(graph, subject) == "org_a"
    assert await hidden(graph) == set()
    assert [action for _, action, _, _ in await audit_of(graph)] == ["suggestions.dismiss", "suggestions.restore"]
    assert await jobs_of(graph) == [("suggestions.refresh", {"organisation_id": "org_a"})] * 2


async def test_hiding_again_renews_the_reason(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "call_one", reason="wrong_size")
    await dismiss(graph, "call_one")
    assert await hidden(graph) == {("org_a", "call_one", None)}


async def test_restoring_what_was_not_hidden_does_nothing(graph: Graph) -> None:
    await make_yard(graph)
    before = await everything(graph)
    assert await restore(graph, "call_one") == "org_a"
    assert await everything(graph) == before


async def test_what_became_private_since_can_still_be_restored(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "org_b")
    await graph.write("MATCH (o:Organisation {id: 'org_b'}) SET o.visibility = 'private'")
    await restore(graph, "org_b")
    assert await hidden(graph) == set()


@pytest.mark.parametrize(
    ("subject", "viewer", "error"),
    [
        ("call_one", NOBODY, NotPermittedError),
        ("call_one", OUTSIDER, NotPermittedError),
        ("call_one", READER, NotPermittedError),
        ("call_none", OWNER, NotFoundError),
        ("org_hidden", OWNER, NotFoundError),
        ("org_none", OWNER, NotFoundError),
        ("org_a", OWNER, ValidationError),
        ("tec_ai", OWNER, ValidationError),
        ("", OWNER, ValidationError),
        ("x" * 1_000_000, OWNER, ValidationError),
        ("call_'}) DETACH DELETE x //", OWNER, ValidationError),
    ],
)
async def test_what_may_not_be_hidden_leaves_nothing(
    graph: Graph, subject: str, viewer: Any, error: type[Exception]
) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await dismiss(graph, subject, viewer)
    assert await everything(graph) == before


async def test_a_reason_has_a_length(graph: Graph) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError):
        await dismiss(graph, "call_one", note="a" * 501)


@pytest.mark.parametrize("reason", ["ugly", "", "WRONG_FIELD"])
async def test_a_reason_is_one_of_the_list(graph: Graph, reason: str) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError):
        await dismiss(graph, "call_one", reason=reason)


@pytest.mark.parametrize("day", ["2026-11-24", "2020-01-01", "2037-01-01", "tomorrow", "2026-13-01", "1" * 10_000])
async def test_the_day_to_come_back_lies_ahead(graph: Graph, day: str) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError):
        await dismiss(graph, "org_b", again_on=day)


async def test_a_hidden_partner_comes_back_on_the_day_set_in_seoul(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "org_b", again_on="2026-12-01")
    before = datetime(2026, 11, 30, 14, 59, tzinfo=UTC)
    assert await refused_pairs(graph, before) == [("org_a", "org_b")]
    assert await refused_pairs(graph, before + timedelta(minutes=1)) == []


CHANGES = {
    "its own need": "MATCH (o:Organisation {id: 'org_a'}) CREATE (o)-[:SEEKS]->(:Need {id: 'n', text: '새 필요'})",
    "their summary": "MATCH (o:Organisation {id: 'org_b'}) SET o.summary_ko = '이제 로봇을 만듭니다'",
    "their technology": "MATCH (o:Organisation {id: 'org_b'}), (t:Technology {id: 'tec_ai'}) CREATE (o)-[:USES]->(t)",
    "their need is met": "MATCH (n:Need {id: 'need_b'}) SET n.state = 'met'",
}
NO_CHANGES = {
    "revenue": "MATCH (o:Organisation) SET o.revenue_won = 5000000, o.employees = 3, o.homepage = 'https://x.kr'",
    "spaces": "MATCH (n:Need {id: 'need_b'}) SET n.text = '  ' + n.text + ' '",
    "another firm": "MATCH (o:Organisation {id: 'org_else'}) SET o.summary_ko = '이제 로봇을 만듭니다'",
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_hidden_partner_comes_back_when_one_of_the_two_has_changed(graph: Graph, change: str) -> None:
    await make_yard(graph)
    await dismiss(graph, "org_b")
    statement: Any = CHANGES[change]
    await graph.write(statement)
    assert await lapse_refusals(graph, NOW) == 1
    assert await refused_pairs(graph, NOW) == []
    await dismiss(graph, "org_b")
    assert await lapse_refusals(graph, NOW) == 0
    assert await refused_pairs(graph, NOW) == [("org_a", "org_b")]


@pytest.mark.parametrize("change", NO_CHANGES)
async def test_small_changes_and_those_of_others_bring_nobody_back(graph: Graph, change: str) -> None:
    await make_yard(graph)
    await dismiss(graph, "org_b")
    statement: Any = NO_CHANGES[change]
    await graph.write(statement)
    assert await lapse_refusals(graph, NOW) == 0
    assert await refused_pairs(graph, NOW) == [("org_a", "org_b")]


async def test_a_hidden_call_comes_back_when_its_rules_have_changed(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "call_one")
    assert await lapse_refusals(graph, NOW, "org_a") == 0
    await graph.write("MATCH (c:Call {id: 'call_one'}) SET c.rules = '{\"all\": []}'")
    assert await lapse_refusals(graph, NOW, "org_b") == 0
    assert await lapse_refusals(graph, NOW, "org_a") == 1
    assert await graph.read("MATCH ()-[d:DISMISSED]->(:Call) RETURN d.lapsed_at") == [["2026-11-24T03:00:00Z"]]


CALL_CHANGES = {
    "rules": "SET c.rules = '{\"all\": []}'",
    "opens_at": "SET c.opens_at = '2026-12-01T00:00:00Z'",
    "closes_at": "SET c.closes_at = '2026-12-31T09:00:00Z'",
    "amount_max_won": "SET c.amount_max_won = 50000000",
    "texts": "SET c.summary_ko = '이제 공간도 줍니다'",
}


@pytest.mark.parametrize("part", CALL_CHANGES)
async def test_a_hidden_call_comes_back_with_what_has_changed_of_it(graph: Graph, part: str) -> None:
    await make_yard(graph)
    await dismiss(graph, "call_one")
    statement: Any = "MATCH (c:Call {id: 'call_one'}) " + CALL_CHANGES[part]
    await graph.write(statement)
    assert await lapse_refusals(graph, NOW) == 1
    assert await lapse_refusals(graph, NOW) == 0
    assert await graph.read("MATCH ()-[d:DISMISSED]->(:Call) RETURN d.lapsed_for") == [[[part]]]
    await dismiss(graph, "call_one")
    assert await graph.read("MATCH ()-[d:DISMISSED]->(:Call) RETURN d.lapsed_at, d.lapsed_for") == [[None, None]]
    assert await lapse_refusals(graph, NOW) == 0


async def test_a_hidden_call_stays_hidden_when_only_the_organisation_or_a_date_of_record_changes(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "call_one")
    await graph.write(
        "MATCH (o:Organisation {id: 'org_a'}), (c:Call {id: 'call_one'}) "
        "SET o.summary_ko = '이제 로봇을 만듭니다', c.updated_at = '2026-11-25T00:00:00Z', c.source_note = '다른 곳'"
    )
    assert await lapse_refusals(graph, NOW) == 0


async def test_a_call_that_was_hidden_before_parts_were_kept_comes_back_by_its_texts_and_rules(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "call_one")
    await graph.write(
        "MATCH ()-[d:DISMISSED]->(c:Call) SET d.subject_parts = null, c.closes_at = '2026-12-31T09:00:00Z'"
    )
    assert await lapse_refusals(graph, NOW) == 0
    await graph.write("MATCH (c:Call {id: 'call_one'}) SET c.rules = '{\"all\": []}'")
    assert await lapse_refusals(graph, NOW) == 1


async def judged(graph: Graph) -> list[tuple[Any, ...]]:
    rows = await graph.read("""
MATCH (o)-[:JUDGED]->(j:Judgement)-[:JUDGES]->(s)
RETURN o.id, s.id, j.verdict, j.reason, j.note, j.score, j.rank, j.list_version, j.model_version, j.ended_at IS NULL
ORDER BY j.ended_at, j.verdict
""")
    return [tuple(row) for row in rows]


async def test_what_is_said_is_kept_with_what_was_shown(graph: Graph) -> None:
    await make_yard(graph)
    await graph.write("""
MATCH (o:Organisation {id: 'org_a'}), (p:Organisation {id: 'org_b'}), (c:Call {id: 'call_one'})
SET o.lists_version = 'v2', o.lists_model = 'm7'
CREATE (o)-[:SUGGESTED {version: 'v1', score: 0.1, rank: 9, reasons: '[]'}]->(p)
CREATE (o)-[:SUGGESTED {version: 'v2', score: 0.6, rank: 3, reasons: '[{"kind": "place", "weight": 0.4}]'}]->(p)
CREATE (:Person {id: 'per_owner', name: 'Owner'})
""")
    await dismiss(graph, "org_b", reason="too_far", note="멀어요")
    await suggestions.endorse(graph, OWNER, "org_a", "call_one", now=NOW)
    assert await judged(graph) == [
        ("org_a", "org_b", "not_relevant", "too_far", "멀어요", 0.6, 3, "v2", "m7", True),
        ("org_a", "call_one", "useful", None, None, None, None, None, None, True),
    ]
    shown = await graph.read("MATCH (j:Judgement {reason: 'too_far'})-[:SAID_BY]->(p) RETURN j.contributions, p.id")
    assert shown == [['[{"kind": "place", "weight": 0.4}]', "per_owner"]]
    assert {tuple(row[:4]) for row in await judgement_rows(graph)} == {
        ("org_a", "org_b", "not_relevant", "too_far"),
        ("org_a", "call_one", "useful", None),
    }


async def test_a_later_word_replaces_the_earlier_and_taking_back_ends_it(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "org_b", reason="competitor")
    await suggestions.endorse(graph, OWNER, "org_a", "org_b", now=NOW)
    assert await hidden(graph) == set()
    assert [(row[2], row[-1]) for row in await judged(graph)] == [("not_relevant", False), ("useful", True)]
    await restore(graph, "org_b")
    assert [row[-1] for row in await judged(graph)] == [False, False]
    assert await judgement_rows(graph) == []
    assert [action for _, action, _, _ in await audit_of(graph)] == [
        "suggestions.dismiss",
        "suggestions.endorse",
        "suggestions.restore",
    ]


@pytest.mark.parametrize(("viewer", "error"), [(NOBODY, NotPermittedError), (READER, NotPermittedError)])
async def test_only_editors_say_that_something_is_useful(graph: Graph, viewer: Any, error: type[Exception]) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await suggestions.endorse(graph, viewer, "org_a", "org_b", now=NOW)
    assert await everything(graph) == before
