"""People who watch, calls to be watched, and what is read of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import notifications
from madang_server.services import digests
from madang_server.services.digests import Stationery
from madang_server.services.watching import Lookout, look

from tests.server.builders import make_viewer

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""A Tuesday, noon in Seoul."""
MINA = make_viewer("per_mina")
OTHER = make_viewer("per_other")
SECRET = "a-secret-of-the-tests-that-is-long-enough"
ORIGIN = "https://madang.example"


def call(call_id: str, days: int | None = 30, **overrides: Any) -> dict[str, Any]:
    closes = None if days is None else (NOW + timedelta(days=days)).strftime("%Y-%m-%dT09:00:00Z")
    values = {
        "id": call_id, "name_ko": f"공고 {call_id}", "name_key": call_id, "search_text": f"공고 {call_id}",
        "purposes": ["money"], "opens_at": "2026-11-01T00:00:00Z", "closes_at": closes, "amount_max_won": 10**8,
        "rules": '{"all": []}', "updated_at": "2026-11-20T00:00:00Z",
    }  # fmt: skip
    return {key: value for key, value in {**values, **overrides}.items() if value is not None}


async def put(graph: Graph, *calls: dict[str, Any]) -> None:
    await graph.write("UNWIND $calls AS c MERGE (n:Call {id: c.id}) SET n = c", {"calls": list(calls)})


async def make_watch_yard(graph: Graph) -> None:
    """Two people, three calls that close in 30, 10 and 2 days, and one that has closed."""
    await graph.write("""
UNWIND ['per_mina', 'per_other'] AS id
CREATE (:Person {id: id, name: id, email: id + '@example.org', language: 'ko'})
""")
    await put(graph, call("call_far"), call("call_near", 10), call("call_soon", 2), call("call_gone", -3))


def stationery() -> Stationery:
    return Stationery.made(SECRET, ORIGIN, lambda: NOW, "Asia/Seoul")


async def nothing(_transaction: Transaction) -> None:
    """What a job does last: here, nothing."""


async def looked(graph: Graph, viewer: Viewer = MINA, now: datetime = NOW) -> int:
    keeper = await notifications.keeper(graph, str(viewer.person_id))
    assert keeper is not None
    return await look(Lookout.over(graph), keeper, now)


async def letter_of(graph: Graph, day: str, now: datetime, viewer: Viewer = MINA) -> Any:
    return await digests.write(Lookout.over(graph), stationery(), str(viewer.person_id), day, now, nothing)


async def told(graph: Graph) -> set[tuple[str, str]]:
    rows = await graph.read("MATCH (n:Notification)-[:TELLS_OF]->(c:Call) RETURN n.kind, c.id")
    return {(kind, call_id) for kind, call_id in rows}
