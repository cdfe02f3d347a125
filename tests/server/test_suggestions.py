"""Hiding a suggestion and showing it again."""

from __future__ import annotations

from typing import Any

import pytest
from madang_graph.client import Graph
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
    assert await dismiss(graph, subject, reason="지금은 아니에요") == "org_a"
    assert await hidden(graph) == {("org_a", subject, "지금은 아니에요")}
    assert await restore(graph, subject) == "org_a"
    assert await hidden(graph) == set()
    assert [action for _, action, _, _ in await audit_of(graph)] == ["suggestions.dismiss", "suggestions.restore"]
    assert await jobs_of(graph) == [("suggestions.refresh", {"organisation_id": "org_a"})] * 2


async def test_hiding_again_renews_the_reason(graph: Graph) -> None:
    await make_yard(graph)
    await dismiss(graph, "call_one", reason="later")
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
        await dismiss(graph, "call_one", reason="a" * 501)
