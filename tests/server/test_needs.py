"""Posting needs and offers, closing needs and opening them again."""

from __future__ import annotations

from typing import Any

import pytest
from madang_graph.client import Graph
from madang_server.services import needs, offers
from madang_server.services.errors import LimitReachedError, NotFoundError, NotPermittedError, ValidationError
from madang_server.services.needs import OPEN_NEEDS_MOST, NeedDraft
from madang_server.services.offers import OFFERS_MOST, OfferDraft

from tests.server.builders import (
    ADMIN,
    NOBODY,
    NOW,
    OUTSIDER,
    OWNER,
    READER,
    audit_of,
    everything,
    jobs_of,
    make_yard,
    values_of,
)

TEXT = "AI센서로 불량을 찾고 싶습니다"


async def post_need(graph: Graph, viewer: Any = OWNER, key: str | None = None, **fields: Any) -> str:
    draft = NeedDraft(**({"organisation_id": "org_a", "text": TEXT} | fields))
    return await needs.post(graph, viewer, draft, now=NOW, idempotency_key=key)


async def post_offer(graph: Graph, viewer: Any = OWNER, key: str | None = None, **fields: Any) -> str:
    draft = OfferDraft(**({"organisation_id": "org_a", "text": TEXT} | fields))
    return await offers.post(graph, viewer, draft, now=NOW, idempotency_key=key)


async def test_a_posted_need_can_be_searched_and_refreshes_the_lists(graph: Graph) -> None:
    await make_yard(graph)
    need_id = await post_need(graph, barrier="skill", budget_won=50_000_000, technology_ids=["tec_ai", "tec_ai"])
    assert await values_of(graph, need_id) == {
        "id": need_id,
        "text": TEXT,
        "language": "en",
        "barrier": "skill",
        "budget_won": 50_000_000,
        "state": "open",
        "search_text": "ai 센서로 불량을 찾고 싶습니다",
        "posted_at": "2026-11-24T03:00:00Z",
    }
    ties = await graph.read(
        "MATCH (o:Organisation)-[:SEEKS]->(:Need {id: $id})-[:ABOUT]->(t) RETURN o.id, t.id", {"id": need_id}
    )
    assert ties == [["org_a", "tec_ai"]]
    assert await audit_of(graph) == [("per_owner", "needs.post", need_id, ("text",))]
    assert await jobs_of(graph) == [("suggestions.refresh", {"organisation_id": "org_a"})]


async def test_a_posted_offer_can_be_searched_and_refreshes_the_lists(graph: Graph) -> None:
    await make_yard(graph)
    offer_id = await post_offer(graph, language="ko", technology_ids=["tec_iot"])
    stored = await values_of(graph, offer_id)
    assert (stored["text"], stored["language"]) == (TEXT, "ko")
    ties = await graph.read(
        "MATCH (o:Organisation)-[:OFFERS]->(:Offer {id: $id})-[:ABOUT]->(t) RETURN o.id, t.id", {"id": offer_id}
    )
    assert ties == [["org_a", "tec_iot"]]
    assert await jobs_of(graph) == [("suggestions.refresh", {"organisation_id": "org_a"})]


@pytest.mark.parametrize("post", [post_need, post_offer])
async def test_the_same_key_posts_once(graph: Graph, post: Any) -> None:
    await make_yard(graph)
    first = await post(graph, key="k")
    after = await everything(graph)
    assert await post(graph, key="k") == first
    assert await everything(graph) == after


@pytest.mark.parametrize("post", [post_need, post_offer])
@pytest.mark.parametrize(
    ("viewer", "target", "error"),
    [
        (NOBODY, "org_a", NotPermittedError),
        (OUTSIDER, "org_a", NotPermittedError),
        (READER, "org_a", NotPermittedError),
        (OUTSIDER, "org_hidden", NotFoundError),
        (OUTSIDER, "org_none", NotFoundError),
    ],
)
async def test_who_may_not_post_leaves_nothing(
    graph: Graph, post: Any, viewer: Any, target: str, error: type[Exception]
) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await post(graph, viewer, organisation_id=target)
    assert await everything(graph) == before


@pytest.mark.parametrize("post", [post_need, post_offer])
async def test_an_administrator_may_post_for_others(graph: Graph, post: Any) -> None:
    await make_yard(graph)
    assert await post(graph, ADMIN)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"text": "too short"}, "text"),
        ({"text": "a" * 1_001}, "text"),
        ({"text": "a" * 1_000_000}, "text"),
        ({"text": "null\x00byte in it"}, "text"),
        ({"language": "fr"}, "language"),
        ({"barrier": "weather"}, "barrier"),
        ({"budget_won": -1}, "budgetWon"),
        ({"budget_won": 10**16}, "budgetWon"),
        ({"technology_ids": ["tec_none"]}, "technologyIds"),
        ({"technology_ids": [f"tec_{n}" for n in range(31)]}, "technologyIds"),
    ],
)
async def test_a_need_that_cannot_be_taken_leaves_nothing(graph: Graph, fields: dict[str, Any], place: str) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(ValidationError) as caught:
        await post_need(graph, **fields)
    assert [problem.field for problem in caught.value.problems] == [place]
    assert await everything(graph) == before


async def test_needs_and_offers_have_a_limit_each(graph: Graph) -> None:
    await make_yard(graph)
    await graph.write(
        """
MATCH (o:Organisation {id: 'org_a'})
UNWIND range(1, $most) AS n
CREATE (o)-[:SEEKS]->(:Need {id: 'need_' + n, state: 'open', text: ''})
CREATE (o)-[:SEEKS]->(:Need {id: 'need_met_' + n, state: 'met', text: ''})
CREATE (o)-[:OFFERS]->(:Offer {id: 'off_' + n, text: ''})
""",
        {"most": OPEN_NEEDS_MOST - 1},
    )
    assert OPEN_NEEDS_MOST == OFFERS_MOST
    await post_need(graph)
    await post_offer(graph)
    for post in (post_need, post_offer):
        with pytest.raises(LimitReachedError):
            await post(graph)


async def close(graph: Graph, need_id: str, viewer: Any = OWNER, *, met: bool = True) -> str:
    return await needs.close(graph, viewer, need_id, met=met, now=NOW)


async def test_a_need_is_closed_and_opened_again(graph: Graph) -> None:
    await make_yard(graph)
    need_id = await post_need(graph)
    for met, state in ((True, "met"), (False, "withdrawn")):
        await close(graph, need_id, met=met)
        assert (await values_of(graph, need_id))["state"] == state
    await needs.reopen(graph, OWNER, need_id, now=NOW)
    assert (await values_of(graph, need_id))["state"] == "open"
    assert ("per_owner", "needs.reopen", need_id, ("state",)) in await audit_of(graph)
    # Each change of the state has the lists computed anew; what changes nothing does not.
    before = len(await jobs_of(graph))
    await needs.reopen(graph, OWNER, need_id, now=NOW)
    assert len(await jobs_of(graph)) == before == 4


@pytest.mark.parametrize(
    ("viewer", "need_id", "error"),
    [
        (NOBODY, "need_b", NotPermittedError),
        (OUTSIDER, "need_b", NotPermittedError),
        (READER, "need_b", NotPermittedError),
        (OWNER, "need_none", NotFoundError),
        (OWNER, "x" * 1_000_000, NotFoundError),
    ],
)
async def test_who_may_not_close_or_open_a_need_leaves_nothing(
    graph: Graph, viewer: Any, need_id: str, error: type[Exception]
) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await close(graph, need_id, viewer)
    with pytest.raises(error):
        await needs.reopen(graph, viewer, need_id, now=NOW)
    assert await everything(graph) == before


async def test_no_more_than_fifty_are_open_by_opening_again(graph: Graph) -> None:
    await make_yard(graph)
    closed = await post_need(graph)
    await close(graph, closed)
    await graph.write(
        """
MATCH (o:Organisation {id: 'org_a'})
UNWIND range(1, $most) AS n
CREATE (o)-[:SEEKS]->(:Need {id: 'need_' + n, state: 'open', text: ''})
""",
        {"most": OPEN_NEEDS_MOST},
    )
    with pytest.raises(LimitReachedError):
        await needs.reopen(graph, OWNER, closed, now=NOW)
