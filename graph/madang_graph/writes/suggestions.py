"""What people say of their suggestions: hide this one, show it again. The lists themselves are written elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.writes.instants import instant
from madang_graph.writes.materials import call_parts, digests

_CALL_EXISTS = """
OPTIONAL MATCH (c:Call {id: $id})
RETURN c IS NOT NULL
"""


async def call_exists(transaction: Transaction, call_id: str) -> bool:
    """Say whether the id names a call."""
    return (await transaction.run(_CALL_EXISTS, {"id": call_id}))[0][0]


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A call or an organisation that an organisation does not want to see. Both are known to exist."""

    organisation_id: str
    subject_id: str
    reason: str | None
    """One of `model.judgements.JUDGEMENT_REASONS`."""
    note: str | None
    again_at: datetime | None
    """When it may be shown again; None: not before a call, or one of two organisations, has changed."""


_DISMISS_CALL = """
MATCH (o:Organisation {id: $organisation_id})
MATCH (c:Call {id: $subject_id})
MERGE (o)-[d:DISMISSED]->(c)
SET d.dismissed_at = $now, d.reason = $reason, d.note = $note, d.again_at = $again_at, d.own_digest = $own,
  d.subject_digest = $other, d.subject_parts = $parts, d.lapsed_at = null, d.lapsed_for = null
"""

_DISMISS_PARTNER = """
MATCH (o:Organisation {id: $organisation_id})
MATCH (p:Organisation {id: $subject_id})
MERGE (o)-[d:DISMISSED]->(p)
SET d.dismissed_at = $now, d.reason = $reason, d.note = $note, d.again_at = $again_at, d.own_digest = $own,
  d.subject_digest = $other, d.lapsed_at = null
"""


async def dismiss(transaction: Transaction, dismissal: Dismissal, now: datetime) -> None:
    """Hide a call or an organisation from the organisation's lists, with what both are like now."""
    pair = (dismissal.organisation_id, dismissal.subject_id)
    known = await digests(transaction, pair)
    is_call = dismissal.subject_id.startswith("call_")
    await transaction.run(
        _DISMISS_CALL if is_call else _DISMISS_PARTNER,
        {
            "organisation_id": dismissal.organisation_id,
            "subject_id": dismissal.subject_id,
            "reason": dismissal.reason,
            "note": dismissal.note,
            "again_at": instant(dismissal.again_at) if dismissal.again_at else None,
            "own": known.get(pair[0]),
            "other": known.get(pair[1]),
            "parts": json.dumps(await call_parts(transaction, dismissal.subject_id)) if is_call else None,
            "now": instant(now),
        },
    )


_RESTORE_CALL = """
MATCH (:Organisation {id: $organisation_id})-[d:DISMISSED]->(:Call {id: $subject_id})
DELETE d
RETURN count(*)
"""

_RESTORE_PARTNER = """
MATCH (:Organisation {id: $organisation_id})-[d:DISMISSED]->(:Organisation {id: $subject_id})
DELETE d
RETURN count(*)
"""


async def restore(transaction: Transaction, organisation_id: str, subject_id: str) -> bool:
    """Show a hidden subject again. Returns whether it was hidden."""
    statement = _RESTORE_CALL if subject_id.startswith("call_") else _RESTORE_PARTNER
    rows = await transaction.run(statement, {"organisation_id": organisation_id, "subject_id": subject_id})
    return rows[0][0] > 0
