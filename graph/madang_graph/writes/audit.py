"""The audit trail: who changed what, when. Names of fields only, never their values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `person_id` is empty for the command line; `action` as in `organisations.edit`."""

    person_id: str
    action: str
    subject_id: str
    fields: Sequence[str] = ()
    """Names of the fields changed."""


_RECORD = """
CREATE (:Audit {
  id: $id, at: $now, person_id: $person_id, action: $action, subject_id: $subject_id, changes: $changes
})
"""


async def record(transaction: Transaction, entry: Entry, now: datetime) -> None:
    """Write the entry into the trail."""
    await transaction.run(
        _RECORD,
        {
            "id": new_id("aud_"),
            "now": instant(now),
            "person_id": entry.person_id,
            "action": entry.action,
            "subject_id": entry.subject_id,
            "changes": json.dumps(sorted(entry.fields)),
        },
    )
