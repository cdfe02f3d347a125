"""The outbox: jobs written in the transaction that caused them, and the mark that an effect has happened."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, LiteralString

from madang_graph.writes.instants import instant

if TYPE_CHECKING:
    from madang_graph.client import Graph, Transaction

_TIMEOUT_S = 10.0
"""Jobs can wait longer than pages."""
MOST_ATTEMPTS = 10
"""A job that failed this often is left in the outbox for people to look at."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A job to do. Made once before the transaction, so that its retry writes the same row."""

    id: str
    job: str
    """Subject and verb, as in suggestions.refresh."""
    payload: str
    """JSON text."""
    created_at: str


def outbox_row(job: str, payload: Mapping[str, object], now: datetime) -> OutboxRow:
    """Return a new row for `job`; the payload holds ids, never contents or personal data."""
    return OutboxRow(f"job_{secrets.token_hex(10)}", job, json.dumps(dict(payload)), instant(now))


_ADD: LiteralString = """
MERGE (o:Outbox {id: $id})
ON CREATE SET o.job = $job, o.payload = $payload, o.created_at = $created_at, o.attempts = 0
"""


async def add_job(transaction: Transaction, row: OutboxRow) -> None:
    """Write the row in the caller's transaction."""
    await transaction.run(_ADD, {"id": row.id, "job": row.job, "payload": row.payload, "created_at": row.created_at})


_TO_ENQUEUE: LiteralString = """
MATCH (o:Outbox)
WHERE o.created_at IS NOT NULL
  AND (o.enqueued_at IS NULL OR o.enqueued_at < $before)
  AND o.attempts < $most_attempts
RETURN o.id, o.job, o.payload, o.created_at
ORDER BY o.created_at
LIMIT $limit
"""


async def rows_to_enqueue(graph: Graph, before: datetime, limit: int = 500) -> list[OutboxRow]:
    """Return rows never handed over, or last handed over before `before`; oldest first."""
    rows = await graph.read(
        _TO_ENQUEUE,
        {"before": instant(before), "limit": limit, "most_attempts": MOST_ATTEMPTS},
        timeout_s=_TIMEOUT_S,
    )
    return [OutboxRow(*row) for row in rows]


_MARK: LiteralString = """
UNWIND $ids AS id
MATCH (o:Outbox {id: id})
SET o.enqueued_at = $now, o.attempts = o.attempts + 1
"""


async def mark_enqueued(graph: Graph, ids: Sequence[str], now: datetime) -> None:
    """Note that these rows were handed over now; rows already done are gone and stay so."""
    await graph.write(_MARK, {"ids": list(ids), "now": instant(now)})


_COUNT: LiteralString = """
MATCH (o:Outbox)
RETURN count(o), count(CASE WHEN o.attempts >= $most_attempts THEN 1 END)
"""


async def count_rows(graph: Graph) -> tuple[int, int]:
    """Return (rows not done, those of them given up)."""
    ((waiting, given_up),) = await graph.read(_COUNT, {"most_attempts": MOST_ATTEMPTS})
    return waiting, given_up


_FIRST_TIME: LiteralString = """
OPTIONAL MATCH (e:Effect {key: $key})
WITH e WHERE e IS NULL
CREATE (:Effect {key: $key, at: $now})
RETURN true
"""


async def is_first_time(transaction: Transaction, key: str, now: datetime) -> bool:
    """Mark in the caller's transaction that the effect `key` happens; False: it has happened before.

    Raises: ConstraintViolatedError at the same time as another transaction marks it: that one does the work.
    """
    return bool(await transaction.run(_FIRST_TIME, {"key": key, "now": instant(now)}))


_HAPPENED: LiteralString = """
OPTIONAL MATCH (e:Effect {key: $key})
RETURN e IS NOT NULL
"""


async def has_happened(graph: Graph, key: str) -> bool:
    """Tell whether the effect `key` is marked, so that a repeated job need not compute what it may not write."""
    ((happened,),) = await graph.read(_HAPPENED, {"key": key}, timeout_s=_TIMEOUT_S)
    return bool(happened)


_DONE: LiteralString = """
MATCH (o:Outbox {id: $id})
DELETE o
"""


async def remove_job(transaction: Transaction, job_id: str) -> None:
    """Take the row out, in the transaction that wrote the job's effect."""
    await transaction.run(_DONE, {"id": job_id})
