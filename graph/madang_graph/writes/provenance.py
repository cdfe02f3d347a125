"""Which source stated which field, after people have stated some themselves; and which fields the last edit changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.ids import stable_id
from madang_graph.writes.instants import instant

SELF_SOURCE_ID = stable_id("src_", "madang", "self")

_UNSTATE = """
MATCH (o:Organisation {id: $id})-[s:STATED_BY]->(source:Source)
WHERE source.id <> $source_id AND any(field IN s.fields WHERE field IN $fields)
SET s.fields = [field IN s.fields WHERE NOT field IN $fields]
WITH s WHERE size(s.fields) = 0
DELETE s
"""

_STATE = """
MERGE (source:Source {id: $source_id})
ON CREATE SET source.key = 'self',
  source.title_ko = '기관이 직접 입력', source.title_en = 'Stated by the organisation itself',
  source.attribution = '', source.licence = '', source.url = '', source.synthetic = false
WITH source
MATCH (o:Organisation {id: $id})
MERGE (o)-[s:STATED_BY]->(source)
SET s.fields = coalesce(s.fields, []) + [field IN $fields WHERE NOT field IN coalesce(s.fields, [])], s.as_of = $today
"""


async def state_by_itself(transaction: Transaction, organisation_id: str, fields: Sequence[str], now: datetime) -> None:
    """Note that the organisation itself stated these properties today; other sources no longer stand for them."""
    parameters = {
        "id": organisation_id,
        "fields": sorted(fields),
        "source_id": SELF_SOURCE_ID,
        "today": instant(now)[:10],
    }
    await transaction.run(_UNSTATE, parameters)
    await transaction.run(_STATE, parameters)


_NOTE_CHANGES = """
MATCH (o:Organisation {id: $id})
SET o.changed_fields = $fields
"""


async def note_changes(transaction: Transaction, organisation_id: str, fields: Sequence[str]) -> None:
    """Note what this edit changed, in place of what the one before it did."""
    await transaction.run(_NOTE_CHANGES, {"id": organisation_id, "fields": sorted(fields)})
