"""Watches: made, changed, taken off and put back by the person who keeps them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from madang_graph.client import Graph, Transaction
from madang_graph.ids import new_id
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Kept:
    """A watch as it stands. `removed`: it was taken off, and can be put back."""

    id: str
    kind: str
    removed: bool


_LOCK: LiteralString = """
MATCH (p:Person {id: $person_id})
SET p.id = p.id
RETURN p.id
"""


async def lock_person(transaction: Transaction, person_id: str) -> bool:
    """Hold the person until the transaction ends; False: there is none."""
    return bool(await transaction.run(_LOCK, {"person_id": person_id}))


_OF_CALL: LiteralString = """
MATCH (:Person {id: $person_id})-[:KEEPS_WATCH]->(w:Watch)-[:WATCHES]->(:Call {id: $call_id})
RETURN w.id, w.kind, w.removed_at IS NOT NULL
"""

_WATCH_CALL: LiteralString = """
MATCH (p:Person {id: $person_id})
MATCH (c:Call {id: $call_id})
CREATE (p)-[:KEEPS_WATCH]->(w:Watch {id: $id, kind: 'call', created_at: $now})-[:WATCHES]->(c)
"""


async def of_call(transaction: Transaction, person_id: str, call_id: str) -> Kept | None:
    """Return the person's watch of the call, taken off ones included."""
    rows = await transaction.run(_OF_CALL, {"person_id": person_id, "call_id": call_id})
    return Kept(*rows[0]) if rows else None


async def watch_call(transaction: Transaction, person_id: str, call_id: str, now: datetime) -> str:
    """Watch the call; both are known to exist. Returns the id of the watch."""
    watch_id = new_id("wat_")
    given = {"id": watch_id, "person_id": person_id, "call_id": call_id, "now": instant(now)}
    await transaction.run(_WATCH_CALL, given)
    return watch_id


_SAVE_SEARCH: LiteralString = """
MATCH (p:Person {id: $person_id})
CREATE (p)-[:KEEPS_WATCH]->(w:Watch {id: $id, kind: 'search', created_at: $now, query: $filters})
SET w.name = $name
"""

_CHANGE_SEARCH: LiteralString = """
MATCH (w:Watch {id: $id})
SET w.name = $name, w.looked_at = CASE WHEN w.query = $filters THEN w.looked_at END, w.query = $filters
"""


async def save_search(
    transaction: Transaction, person_id: str, name: str | None, filters: Sequence[tuple[str, str]], now: datetime
) -> str:
    """Keep a search of calls. Returns the id of the watch."""
    watch_id = new_id("wat_")
    given = {"id": watch_id, "person_id": person_id, "name": name, "filters": _text(filters), "now": instant(now)}
    await transaction.run(_SAVE_SEARCH, given)
    return watch_id


async def change_search(
    transaction: Transaction, watch_id: str, name: str | None, filters: Sequence[tuple[str, str]]
) -> None:
    """Replace name and filters; with other filters, what the search finds now counts as known already."""
    await transaction.run(_CHANGE_SEARCH, {"id": watch_id, "name": name, "filters": _text(filters)})


def _text(filters: Sequence[tuple[str, str]]) -> str:
    return json.dumps([list(each) for each in filters], ensure_ascii=False)


_FIND: LiteralString = """
MATCH (:Person {id: $person_id})-[:KEEPS_WATCH]->(w:Watch {id: $id})
RETURN w.id, w.kind, w.removed_at IS NOT NULL
"""


async def find(transaction: Transaction, person_id: str, watch_id: str) -> Kept | None:
    """Return the watch if the person keeps it, taken off ones included."""
    rows = await transaction.run(_FIND, {"person_id": person_id, "id": watch_id})
    return Kept(*rows[0]) if rows else None


_COUNT: LiteralString = """
MATCH (:Person {id: $person_id})-[:KEEPS_WATCH]->(w:Watch)
WHERE w.removed_at IS NULL
RETURN count(w)
"""


async def count(transaction: Transaction, person_id: str) -> int:
    """Return how many watches the person keeps."""
    return (await transaction.run(_COUNT, {"person_id": person_id}))[0][0]


# What happened while it was off is not news: it is looked at as if it were new.
_MARK: LiteralString = """
MATCH (w:Watch {id: $id})
SET w.removed_at = $removed_at, w.looked_at = null, w.seen = null
"""


async def mark(transaction: Transaction, watch_id: str, removed_at: datetime | None) -> None:
    """Take the watch off, or put it back with None."""
    await transaction.run(_MARK, {"id": watch_id, "removed_at": None if removed_at is None else instant(removed_at)})


_SET_DIGEST: LiteralString = """
MATCH (p:Person {id: $person_id})
SET p.digest = $digest
"""


async def set_digest(transaction: Transaction, person_id: str, digest: str) -> None:
    """Say how often news come: daily, weekly, off."""
    await transaction.run(_SET_DIGEST, {"person_id": person_id, "digest": digest})


_RENEW_FEEDS: LiteralString = """
MATCH (p:Person {id: $person_id})
SET p.feeds_version = coalesce(p.feeds_version, 0) + 1
"""


async def renew_feeds(transaction: Transaction, person_id: str) -> None:
    """End the addresses of the person's feeds that were given out so far."""
    await transaction.run(_RENEW_FEEDS, {"person_id": person_id})


_FEEDS_VERSION: LiteralString = """
MATCH (p:Person {id: $person_id})
RETURN coalesce(p.feeds_version, 0)
"""


async def feeds_version(graph: Graph, person_id: str) -> int | None:
    """Return the number that holds in addresses of the person's feeds; None: there is no such person."""
    rows = await graph.read(_FEEDS_VERSION, {"person_id": person_id})
    return rows[0][0] if rows else None


_FORGET: LiteralString = """
MATCH (w:Watch)
WHERE w.removed_at < $before
OPTIONAL MATCH (n:Notification)-[:RAISED_BY]->(w)
WITH w, collect(n) AS told
LIMIT 1000
FOREACH (n IN told | DETACH DELETE n)
DETACH DELETE w
"""


async def forget(graph: Graph, *, before: datetime) -> None:
    """Delete watches that were taken off before `before`, at most a thousand, with what was told of them."""
    await graph.write(_FORGET, {"before": instant(before)})
