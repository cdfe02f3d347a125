"""What lapses with time: introductions without an answer, sessions and tokens that are over, marks of old jobs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, LiteralString

from madang_graph.writes.instants import instant

if TYPE_CHECKING:
    from madang_graph.client import Graph

PER_WRITE = 1_000
"""Nodes changed per transaction."""

_EXPIRE_INTRODUCTIONS: LiteralString = """
MATCH (i:Introduction)
WHERE i.expires_at <= $now AND i.state = 'requested'
WITH i LIMIT $limit
SET i.state = 'expired'
RETURN count(*)
"""


async def expire_introductions(graph: Graph, now: datetime) -> int:
    """Set the state of introductions that lapsed without an answer; return how many."""
    expired = 0
    while True:
        ((count,),) = await graph.write(_EXPIRE_INTRODUCTIONS, {"now": instant(now), "limit": PER_WRITE})
        expired += count
        if count < PER_WRITE:
            return expired


_PRUNE_SESSIONS: LiteralString = """
MATCH (s:Session)
WHERE s.expires_at <= $now
WITH s LIMIT $limit
DETACH DELETE s
RETURN count(*)
"""


async def prune_sessions(graph: Graph, now: datetime) -> int:
    """Remove sessions that are over; return how many."""
    pruned = 0
    while True:
        ((count,),) = await graph.write(_PRUNE_SESSIONS, {"now": instant(now), "limit": PER_WRITE})
        pruned += count
        if count < PER_WRITE:
            return pruned


_PRUNE_TOKENS: LiteralString = """
MATCH (t:Token)
WHERE t.expires_at <= $now
WITH t LIMIT $limit
DETACH DELETE t
RETURN count(*)
"""


async def prune_tokens(graph: Graph, now: datetime) -> int:
    """Remove at most a thousand API tokens that are over; return how many."""
    ((count,),) = await graph.write(_PRUNE_TOKENS, {"now": instant(now), "limit": PER_WRITE})
    return count


_PRUNE_EFFECTS: LiteralString = """
MATCH (e:Effect)
WHERE e.at < $before
WITH e LIMIT $limit
DELETE e
RETURN count(*)
"""


async def prune_effects(graph: Graph, before: datetime) -> int:
    """Remove marks of effects older than `before`; return how many. A job must not live that long."""
    pruned = 0
    while True:
        ((count,),) = await graph.write(_PRUNE_EFFECTS, {"before": instant(before), "limit": PER_WRITE})
        pruned += count
        if count < PER_WRITE:
            return pruned
