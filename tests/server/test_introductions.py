"""Asking to meet, answering, taking back: once, in time, by the right side."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.writes.refusals import lapse_refusals, refused_pairs
from madang_server.services import introductions
from madang_server.services.errors import (
    IntroductionClosedError,
    IntroductionOpenError,
    LimitReachedError,
    NotFoundError,
    NotPermittedError,
    ValidationError,
)
from madang_server.services.introductions import OPEN_REQUESTS_MOST, Answer, IntroductionRequest, Report

from tests.server.builders import (
    ADMIN,
    NOBODY,
    NOW,
    OUTSIDER,
    OWNER,
    PARTNER,
    READER,
    audit_of,
    everything,
    make_viewer,
    make_yard,
    values_of,
)

MESSAGE = "불량 검사에 대해 이야기 나누고 싶습니다."


async def ask(graph: Graph, viewer: Any = OWNER, key: str | None = None, **fields: Any) -> str:
    wish = IntroductionRequest(**({"from_id": "org_a", "to_id": "org_b", "message": MESSAGE} | fields))
    return await introductions.request(graph, viewer, wish, now=NOW, idempotency_key=key)


async def answer(graph: Graph, introduction_id: str, viewer: Any = PARTNER, **fields: Any) -> str:
    key, now = fields.pop("idempotency_key", None), fields.pop("now", NOW)
    said = Answer(**({"id": introduction_id, "accept": True} | fields))
    return await introductions.answer(graph, viewer, said, now=now, idempotency_key=key)


async def test_a_request_waits_for_its_answer(graph: Graph) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph, need_id="need_b")
    stored = await values_of(graph, introduction_id)
    assert (stored["state"], stored["message"]) == ("requested", MESSAGE)
    assert (stored["asked_at"], stored["expires_at"]) == ("2026-11-24T03:00:00Z", "2026-12-08T03:00:00Z")
    ties = await graph.read("""
MATCH (a)-[:ASKED]->(x:Introduction)-[:ASKS]->(b), (x)-[:CONCERNS]->(n) RETURN a.id, b.id, n.id
""")
    assert ties == [["org_a", "org_b", "need_b"]]
    assert await audit_of(graph) == [("per_owner", "introductions.request", introduction_id, ("message", "state"))]


@pytest.mark.parametrize(("accept", "state"), [(True, "accepted"), (False, "declined")])
async def test_the_asked_side_answers(graph: Graph, accept: bool, state: str) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    await answer(graph, introduction_id, accept=accept, answer="반갑습니다.")
    stored = await values_of(graph, introduction_id)
    assert (stored["state"], stored["answer"], stored["answered_at"]) == (state, "반갑습니다.", "2026-11-24T03:00:00Z")


@pytest.mark.parametrize(
    ("viewer", "error"),
    [
        (OWNER, NotPermittedError),
        (ADMIN, NotPermittedError),
        (make_viewer("per_b_reader", organisation_ids=("org_b",)), NotPermittedError),
        (READER, NotPermittedError),
        (NOBODY, NotPermittedError),
        (OUTSIDER, NotFoundError),
    ],
)
async def test_nobody_else_answers(graph: Graph, viewer: Any, error: type[Exception]) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await answer(graph, introduction_id, viewer)
    assert await everything(graph) == before


@pytest.mark.parametrize(
    ("viewer", "fields", "error"),
    [
        (NOBODY, {}, NotPermittedError),
        (OUTSIDER, {}, NotPermittedError),
        (READER, {}, NotPermittedError),
        (ADMIN, {}, NotPermittedError),
        (OWNER, {"from_id": "org_hidden"}, NotFoundError),
        (OWNER, {"to_id": "org_hidden"}, NotFoundError),
        (OWNER, {"to_id": "org_none"}, NotFoundError),
        (OWNER, {"to_id": "x" * 1_000_000}, NotFoundError),
        (OWNER, {"to_id": "org_a"}, ValidationError),
        (OWNER, {"message": "hello"}, ValidationError),
        (OWNER, {"message": "a" * 2_001}, ValidationError),
        (OWNER, {"need_id": "need_else"}, ValidationError),
        (OWNER, {"need_id": "need_none"}, ValidationError),
    ],
)
async def test_a_request_that_may_not_be_made_leaves_nothing(
    graph: Graph, viewer: Any, fields: dict[str, Any], error: type[Exception]
) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await ask(graph, viewer, **fields)
    assert await everything(graph) == before


async def test_one_open_request_between_two_whoever_asks(graph: Graph) -> None:
    await make_yard(graph)
    await ask(graph)
    with pytest.raises(IntroductionOpenError):
        await ask(graph)
    with pytest.raises(IntroductionOpenError):
        await ask(graph, PARTNER, from_id="org_b", to_id="org_a")


async def test_two_who_ask_each_other_at_once_make_one_request(graph: Graph) -> None:
    await make_yard(graph)
    results = await asyncio.gather(
        ask(graph),
        ask(graph, PARTNER, from_id="org_b", to_id="org_a"),
        ask(graph),
        return_exceptions=True,
    )
    assert sum(isinstance(result, str) for result in results) == 1
    assert sum(isinstance(result, IntroductionOpenError) for result in results) == 2


async def test_after_an_answer_or_a_lapse_one_may_ask_again(graph: Graph) -> None:
    await make_yard(graph)
    await answer(graph, await ask(graph), accept=False)
    await ask(graph)
    await graph.write("MATCH (x:Introduction {state: 'requested'}) SET x.expires_at = '2026-11-24T03:00:00Z'")
    await ask(graph)


async def test_an_answer_counts_once(graph: Graph) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    results = await asyncio.gather(
        *(answer(graph, introduction_id, accept=accept) for accept in (True, False, True)), return_exceptions=True
    )
    assert sum(result == introduction_id for result in results) == 1
    assert sum(isinstance(result, IntroductionClosedError) for result in results) == 2


async def test_an_answer_comes_too_late(graph: Graph) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    with pytest.raises(IntroductionClosedError):
        await answer(graph, introduction_id, now=NOW + timedelta(days=14))
    await answer(graph, introduction_id, now=NOW + timedelta(days=14, seconds=-1))


async def test_the_asking_side_takes_its_request_back_and_may_ask_again(graph: Graph) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    await introductions.withdraw(graph, OWNER, introduction_id, now=NOW)
    stored = await values_of(graph, introduction_id)
    assert (stored["state"], stored["answered_at"]) == ("withdrawn", "2026-11-24T03:00:00Z")
    assert ("per_owner", "introductions.withdraw", introduction_id, ("state",)) in await audit_of(graph)
    with pytest.raises(IntroductionClosedError):
        await answer(graph, introduction_id)
    await ask(graph)


@pytest.mark.parametrize(
    ("viewer", "error"),
    [
        (PARTNER, NotPermittedError),
        (ADMIN, NotPermittedError),
        (READER, NotPermittedError),
        (NOBODY, NotPermittedError),
        (OUTSIDER, NotFoundError),
    ],
)
async def test_nobody_else_takes_a_request_back(graph: Graph, viewer: Any, error: type[Exception]) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await introductions.withdraw(graph, viewer, introduction_id, now=NOW)
    assert await everything(graph) == before


async def test_an_answered_or_lapsed_request_cannot_be_taken_back(graph: Graph) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    with pytest.raises(IntroductionClosedError):
        await introductions.withdraw(graph, OWNER, introduction_id, now=NOW + timedelta(days=14))
    await answer(graph, introduction_id)
    with pytest.raises(IntroductionClosedError):
        await introductions.withdraw(graph, OWNER, introduction_id, now=NOW)


async def test_twenty_requests_can_wait_and_no_more_even_at_once(graph: Graph) -> None:
    await make_yard(graph)
    await graph.write(
        """
MATCH (o:Organisation {id: 'org_a'})
UNWIND range(1, $open) AS n
CREATE (o)-[:ASKED]->(:Introduction {id: 'int_' + n, state: 'requested', expires_at: '2026-12-01T00:00:00Z'})
CREATE (o)-[:ASKED]->(:Introduction {id: 'int_old_' + n, state: 'requested', expires_at: '2026-11-01T00:00:00Z'})
CREATE (o)-[:ASKED]->(:Introduction {id: 'int_done_' + n, state: 'accepted', expires_at: '2026-12-01T00:00:00Z'})
""",
        {"open": OPEN_REQUESTS_MOST - 1},
    )
    results = await asyncio.gather(ask(graph), ask(graph, to_id="org_else"), return_exceptions=True)
    assert sum(isinstance(result, str) for result in results) == 1
    assert sum(isinstance(result, LimitReachedError) for result in results) == 1


async def test_the_same_key_asks_once(graph: Graph) -> None:
    await make_yard(graph)
    first = await ask(graph, key="k")
    assert await ask(graph, key="k") == first
    assert len(await audit_of(graph)) == 1


@pytest.mark.parametrize("introduction_id", ["int_none", "", "org_a", "x" * 1_000_000, "int_'}) //"])
async def test_an_unknown_introduction_is_not_found(graph: Graph, introduction_id: str) -> None:
    await make_yard(graph)
    with pytest.raises(NotFoundError):
        await answer(graph, introduction_id)


async def judged(graph: Graph) -> set[tuple[Any, ...]]:
    rows = await graph.read("""
MATCH (o)-[:JUDGED]->(j:Judgement)-[:JUDGES]->(s), (j)-[:CAME_OF]->(x:Introduction)
RETURN o.id, s.id, j.verdict, j.reason, j.note, j.ended_at IS NULL
""")
    return {tuple(row) for row in rows}


async def test_a_declined_pair_stays_apart_until_the_day_set(graph: Graph) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    await answer(graph, introduction_id, accept=False, reason="bad_timing", again_on="2027-01-10")
    assert await judged(graph) == {("org_b", "org_a", "refused", "bad_timing", None, True)}
    pairs = {("org_a", "org_b"), ("org_b", "org_a")}
    assert set(await refused_pairs(graph, datetime(2027, 1, 9, 14, 59, tzinfo=UTC))) == pairs
    assert await refused_pairs(graph, datetime(2027, 1, 9, 15, tzinfo=UTC)) == []


async def test_a_declined_pair_may_meet_again_when_one_of_the_two_has_changed(graph: Graph) -> None:
    await make_yard(graph)
    await answer(graph, await ask(graph), accept=False)
    assert await lapse_refusals(graph, NOW) == 0
    await graph.write("MATCH (o:Organisation {id: 'org_a'}) SET o.summary_en = 'Now we make robots'")
    assert await lapse_refusals(graph, NOW, "org_b") == 1
    assert await refused_pairs(graph, NOW) == []


@pytest.mark.parametrize("fields", [{"reason": "too_far"}, {"again_on": "2027-01-10"}])
async def test_who_accepts_gives_no_reason_against_it(graph: Graph, fields: dict[str, str]) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError):
        await answer(graph, await ask(graph), accept=True, **fields)


async def test_each_side_says_what_came_of_it_and_may_correct_itself(graph: Graph) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    with pytest.raises(IntroductionClosedError):
        await report(graph, introduction_id, OWNER, "org_a")
    await answer(graph, introduction_id)
    await report(graph, introduction_id, OWNER, "org_a", worked=False)
    await report(graph, introduction_id, OWNER, "org_a", note="시험을 함께 합니다")
    await report(graph, introduction_id, PARTNER, "org_b", worked=False)
    assert await judged(graph) == {
        ("org_b", "org_a", "accepted", None, None, True),
        ("org_a", "org_b", "failed", None, None, False),
        ("org_a", "org_b", "worked", None, "시험을 함께 합니다", True),
        ("org_b", "org_a", "failed", None, None, True),
    }


@pytest.mark.parametrize(
    ("viewer", "side", "error"),
    [
        (OUTSIDER, "org_else", NotFoundError),
        (NOBODY, "org_a", NotPermittedError),
        (READER, "org_a", NotPermittedError),
        (OWNER, "org_b", NotPermittedError),
        (ADMIN, "org_a", NotPermittedError),
        (make_viewer("per_two", edits=("org_a", "org_else")), "org_else", NotFoundError),
    ],
)
async def test_nobody_reports_for_others(graph: Graph, viewer: Any, side: str, error: type[Exception]) -> None:
    await make_yard(graph)
    introduction_id = await ask(graph)
    await answer(graph, introduction_id)
    with pytest.raises(error):
        await report(graph, introduction_id, viewer, side)


async def report(graph: Graph, introduction_id: str, viewer: Any, side: str, **fields: Any) -> str:
    said = Report(**({"id": introduction_id, "organisation_id": side, "worked": True} | fields))
    return await introductions.report_outcome(graph, viewer, said, now=NOW)
