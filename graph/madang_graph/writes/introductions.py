"""Introductions: ask to meet, answer, take back. Lock both organisations before counting or looking for an open one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.writes.instants import instant
from madang_graph.writes.materials import digests


@dataclass(frozen=True, slots=True)
class NewIntroduction:
    """A request to meet. Both organisations, and the need if there is one, are known to exist."""

    asker_id: str
    asked_id: str
    message: str
    need_id: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Introduction:
    """A request as an answer finds it. `expires_at` is an instant as stored."""

    id: str
    state: str
    expires_at: str
    asker_id: str
    asked_id: str


_COUNT_OPEN = """
MATCH (o:Organisation {id: $id})
RETURN COUNT { MATCH (o)-[:ASKED]->(x:Introduction) WHERE x.state = 'requested' AND x.expires_at > $now }
"""


async def count_open(transaction: Transaction, asker_id: str, now: datetime) -> int:
    """Return how many requests of the organisation wait for an answer."""
    return (await transaction.run(_COUNT_OPEN, {"id": asker_id, "now": instant(now)}))[0][0]


_OPEN_BETWEEN = """
MATCH (a:Organisation {id: $one_id})
MATCH (b:Organisation {id: $other_id})
RETURN EXISTS {
  MATCH (a)-[:ASKED|ASKS]-(x:Introduction)-[:ASKED|ASKS]-(b)
  WHERE x.state = 'requested' AND x.expires_at > $now
}
"""


async def open_between(transaction: Transaction, one_id: str, other_id: str, now: datetime) -> bool:
    """Say whether a request waits for an answer between the two, whoever asked."""
    rows = await transaction.run(_OPEN_BETWEEN, {"one_id": one_id, "other_id": other_id, "now": instant(now)})
    return rows[0][0]


_REQUEST = """
MATCH (asker:Organisation {id: $asker_id})
MATCH (asked:Organisation {id: $asked_id})
CREATE (asker)-[:ASKED]->(x:Introduction {
  id: $id, state: 'requested', message: $message, asked_at: $now, expires_at: $expires_at
})-[:ASKS]->(asked)
WITH x
MATCH (n:Need {id: $need_id})
MERGE (x)-[:CONCERNS]->(n)
"""


async def request(transaction: Transaction, introduction: NewIntroduction, now: datetime) -> str:
    """Write the request and return its id."""
    introduction_id = new_id("int_")
    await transaction.run(
        _REQUEST,
        {
            "id": introduction_id,
            "asker_id": introduction.asker_id,
            "asked_id": introduction.asked_id,
            "message": introduction.message,
            "need_id": introduction.need_id,
            "expires_at": instant(introduction.expires_at),
            "now": instant(now),
        },
    )
    return introduction_id


# As for organisations: the lock is a statement of its own.
_LOCK = """
MATCH (x:Introduction {id: $id})
SET x.id = x.id
"""

_FIND = """
MATCH (asker:Organisation)-[:ASKED]->(x:Introduction {id: $id})-[:ASKS]->(asked:Organisation)
RETURN x.id, x.state, x.expires_at, asker.id, asked.id
"""


async def find_locked(transaction: Transaction, introduction_id: str) -> Introduction | None:
    """Return the introduction, held until the transaction ends, or None."""
    await transaction.run(_LOCK, {"id": introduction_id})
    rows = await transaction.run(_FIND, {"id": introduction_id})
    return Introduction(*rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Decline:
    """Why a request is declined, and when the two may be suggested to each other again; None: not said."""

    reason: str | None = None
    again_at: datetime | None = None


_ACCEPT = """
MATCH (x:Introduction {id: $id})
SET x.state = 'accepted', x.answer = $answer, x.answered_at = $now
"""

_DECLINE = """
MATCH (x:Introduction {id: $id})
SET x.state = 'declined', x.answer = $answer, x.answered_at = $now, x.reason = $reason, x.again_at = $again_at,
  x.asker_digest = $asker, x.asked_digest = $asked
"""


async def accept(transaction: Transaction, introduction_id: str, text: str | None, now: datetime) -> None:
    """Accept the request."""
    await transaction.run(_ACCEPT, {"id": introduction_id, "answer": text, "now": instant(now)})


async def decline(
    transaction: Transaction, introduction: Introduction, text: str | None, why: Decline, now: datetime
) -> None:
    """Decline the request, with what both sides are like now."""
    known = await digests(transaction, (introduction.asker_id, introduction.asked_id))
    await transaction.run(
        _DECLINE,
        {
            "id": introduction.id,
            "answer": text,
            "reason": why.reason,
            "again_at": instant(why.again_at) if why.again_at else None,
            "asker": known.get(introduction.asker_id),
            "asked": known.get(introduction.asked_id),
            "now": instant(now),
        },
    )


_WITHDRAW = """
MATCH (x:Introduction {id: $id})
SET x.state = 'withdrawn', x.answered_at = $now
"""


async def withdraw(transaction: Transaction, introduction_id: str, now: datetime) -> None:
    """Take the request back."""
    await transaction.run(_WITHDRAW, {"id": introduction_id, "now": instant(now)})
