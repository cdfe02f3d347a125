"""Letters: written in the transaction that says what they hold, handed over once, and forgotten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString

from madang_graph.client import Graph, Transaction
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person. `headers` are further header lines by name."""

    id: str
    person_id: str
    language: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False, default_factory=dict[str, str])


_WRITE: LiteralString = """
MATCH (p:Person {id: $person_id})
MERGE (m:Mail {id: $id})
ON CREATE SET m.language = $language, m.subject = $subject, m.text = $text, m.html = $html, m.headers = $headers,
  m.made_at = $now
MERGE (m)-[:SENT_TO]->(p)
WITH m
UNWIND $holds AS told
MATCH (n:Notification {id: told})
MERGE (m)-[:HOLDS]->(n)
"""


async def write(transaction: Transaction, letter: Letter, holds: Sequence[str], now: datetime) -> None:
    """Write the letter, and note which notifications it holds."""
    await transaction.run(
        _WRITE,
        {
            "id": letter.id,
            "person_id": letter.person_id,
            "language": letter.language,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "headers": json.dumps(dict(letter.headers)),
            "holds": list(holds),
            "now": instant(now),
        },
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits, with the address that it goes to."""

    letter: Letter
    address: str = field(repr=False)


_WAITING: LiteralString = """
MATCH (m:Mail {id: $id})-[:SENT_TO]->(p:Person)
WHERE m.sent_at IS NULL
RETURN m.id, p.id, m.language, m.subject, m.text, m.html, m.headers, p.email
"""


async def waiting(graph: Graph, mail_id: str) -> Waiting | None:
    """Return the letter if it waits to be sent; None: it is gone, or was sent."""
    rows = await graph.read(_WAITING, {"id": mail_id}, timeout_s=10)
    if not rows:
        return None
    found, person_id, language, subject, text, html, headers, address = rows[0]
    return Waiting(Letter(found, person_id, language, subject, text, html, json.loads(headers)), address)


_KEEP_LOCALLY: LiteralString = """
MATCH (m:Mail {id: $id})
SET m.sent_at = $now, m.local = true
"""

_SENT: LiteralString = """
MATCH (m:Mail {id: $id})
SET m.sent_at = $now, m.local = false
REMOVE m.text, m.html, m.headers
"""


async def mark_sent(transaction: Transaction, mail_id: str, now: datetime, *, local: bool) -> None:
    """Note that a mail server has taken the letter, whose text goes then, or that it stays in the local outbox."""
    await transaction.run(_KEEP_LOCALLY if local else _SENT, {"id": mail_id, "now": instant(now)})


# Notifications stay as long as their watch: their ids keep the same thing from being told again.
_FORGET: LiteralString = """
MATCH (m:Mail)
WHERE m.sent_at < $before
WITH m LIMIT 1000
REMOVE m.text, m.html, m.headers
SET m.local = false
"""


async def forget(graph: Graph, *, before: datetime) -> None:
    """Take the texts out of letters sent before `before`, at most a thousand."""
    await graph.write(_FORGET, {"before": instant(before)})
