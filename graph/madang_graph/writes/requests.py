"""Answered mutations by idempotency key, so that a repeated one gives the same answer and changes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stands under a key. `result` is None when this request is the first with it."""

    checksum: str
    result: str | None


# MERGE on the constrained key takes the lock of that key: a second request with it waits here until the first
# has ended, then sees its result, or nothing if the first was rolled back.
_BEGIN = """
MERGE (r:Request {key: $key})
ON CREATE SET r.checksum = $checksum, r.at = $now
RETURN r.checksum, r.result
"""


async def begin(transaction: Transaction, key: str, checksum: str, now: datetime) -> Earlier:
    """Claim the key, or return what an earlier request left under it.

    Args:    key: person, mutation and idempotency key.  checksum: SHA-256 of the input, hex.
    """
    row = (await transaction.run(_BEGIN, {"key": key, "checksum": checksum, "now": instant(now)}))[0]
    return Earlier(row[0], None if row[1] is None else json.loads(row[1]))


_FINISH = """
MATCH (r:Request {key: $key})
SET r.result = $result
"""


async def finish(transaction: Transaction, key: str, result: str) -> None:
    """Keep the answer, an id, under the key."""
    await transaction.run(_FINISH, {"key": key, "result": json.dumps(result)})


_FORGET = """
MATCH (r:Request)
WHERE r.at < $before
WITH r LIMIT $limit
DELETE r
RETURN count(*)
"""


async def forget(graph: Graph, *, before: datetime, limit: int = 1_000) -> int:
    """Drop answers older than `before`, at most `limit` at a time. Returns how many were dropped."""
    return (await graph.write(_FORGET, {"before": instant(before), "limit": limit}))[0][0]
