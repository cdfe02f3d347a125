"""What people say of their suggestions: hide this one, show it again. The lists themselves are written elsewhere."""

from __future__ import annotations

from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.writes.instants import instant

_CALL_EXISTS = """
OPTIONAL MATCH (c:Call {id: $id})
RETURN c IS NOT NULL
"""


async def call_exists(transaction: Transaction, call_id: str) -> bool:
    """Say whether the id names a call."""
    return (await transaction.run(_CALL_EXISTS, {"id": call_id}))[0][0]


_DISMISS_CALL = """
MATCH (o:Organisation {id: $organisation_id})
MATCH (c:Call {id: $subject_id})
MERGE (o)-[d:DISMISSED]->(c)
SET d.dismissed_at = $now, d.reason = $reason
"""

_DISMISS_PARTNER = """
MATCH (o:Organisation {id: $organisation_id})
MATCH (p:Organisation {id: $subject_id})
MERGE (o)-[d:DISMISSED]->(p)
SET d.dismissed_at = $now, d.reason = $reason
"""


async def dismiss(
    transaction: Transaction, organisation_id: str, subject_id: str, reason: str | None, now: datetime
) -> None:
    """Hide a call or an organisation from the organisation's lists. The subject is known to exist."""
    statement = _DISMISS_CALL if subject_id.startswith("call_") else _DISMISS_PARTNER
    await transaction.run(
        statement,
        {"organisation_id": organisation_id, "subject_id": subject_id, "reason": reason, "now": instant(now)},
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
