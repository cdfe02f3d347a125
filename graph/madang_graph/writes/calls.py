"""Calls as those who run a programme write them: plan an edition, change its facts, publish it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.model.programmes import FACTS
from madang_graph.name_starts import name_starts
from madang_graph.text import name_key, search_text
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Edition:
    """What a new edition goes on from: the programme, who runs it, and its last call."""

    programme_id: str
    owner_ids: frozenset[str]
    names: tuple[str | None, str | None]
    """Korean, English."""
    opened_on: tuple[str | None, ...]
    """When each edition so far opens, those that are being prepared included."""
    planned: int
    """How many are being prepared."""
    last_id: str | None
    rules: str | None
    documents: tuple[str, ...]


_LOCK_PROGRAMME: LiteralString = """
MATCH (p:Programme {id: $id})
SET p.id = p.id
"""

_EDITION: LiteralString = """
MATCH (p:Programme {id: $id})
WITH p, head(COLLECT {
  MATCH (p)-[:HAS_CALL]->(c:Call) RETURN c ORDER BY c.opens_at IS NULL, c.opens_at DESC, c.id LIMIT 1
}) AS last
RETURN COLLECT { MATCH (o:Organisation)-[:RUNS]->(p) RETURN o.id }, p.name_ko, p.name_en,
  COLLECT { MATCH (p)-[:HAS_CALL|PLANS]->(c:Call|PlannedCall) RETURN c.opens_at },
  COUNT { (p)-[:PLANS]->(:PlannedCall) },
  last.id, last.rules, coalesce(last.documents, [])
"""


async def find_edition(transaction: Transaction, programme_id: str) -> Edition | None:
    """Return what the next edition of a programme goes on from, held until the transaction ends, or None."""
    await transaction.run(_LOCK_PROGRAMME, {"id": programme_id})
    rows = await transaction.run(_EDITION, {"id": programme_id})
    if not rows:
        return None
    owners, ko, en, opened, planned, last_id, rules, documents = rows[0]
    return Edition(programme_id, frozenset(owners), (ko, en), tuple(opened), planned, last_id, rules, tuple(documents))


_PLAN: LiteralString = """
MATCH (p:Programme {id: $programme_id})
CREATE (p)-[:PLANS]->(c:PlannedCall {id: $id})
SET c += $facts, c.name_key = $name_key, c.synthetic = false, c.rules = $rules, c.documents = $documents,
  c.version = 1, c.updated_at = $now
WITH c
MATCH (:Call {id: $last_id})-[:ABOUT]->(t:Technology)
CREATE (c)-[:ABOUT]->(t)
"""


async def plan(
    transaction: Transaction, edition: Edition, facts: Mapping[str, object], documents: Sequence[str], now: datetime
) -> str:
    """Begin an edition with the rules and technologies of the last one and return its id."""
    call_id = new_id("call_")
    await transaction.run(
        _PLAN,
        {
            "programme_id": edition.programme_id,
            "id": call_id,
            "facts": dict(facts),
            "name_key": name_key(_text(facts, "name_ko"), _text(facts, "name_en")),
            "rules": edition.rules,
            "documents": list(documents),
            "last_id": edition.last_id or "",
            "now": instant(now),
        },
    )
    return call_id


_CHANGE: LiteralString = """
MATCH (c:Call|PlannedCall {id: $id})
SET c += $facts, c.version = coalesce(c.version, 0) + 1, c.updated_at = $now,
  c.kept_fields = CASE WHEN c:Call
    THEN [kept IN coalesce(c.kept_fields, []) WHERE NOT kept IN $names] + $names END
"""


async def change(transaction: Transaction, call_id: str, facts: Mapping[str, object], now: datetime) -> None:
    """Set facts and count the version up; None removes one. From now on imports leave these of a published call alone.

    Args: facts: names out of `FACTS`.
    """
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise ValueError(f"Not editable: {sorted(unknown)}")
    given = {"id": call_id, "facts": dict(facts), "names": sorted(facts), "now": instant(now)}
    await transaction.run(_CHANGE, given)
    await _derive(transaction, call_id)


_NAMES: LiteralString = """
MATCH (c:Call|PlannedCall {id: $id})
RETURN c:Call, c.name_ko, c.name_en, c.summary_ko, c.summary_en
"""

_DERIVE: LiteralString = """
MATCH (c:Call|PlannedCall {id: $id})
SET c.name_key = $name_key, c.search_text = $search_text, c.name_starts = $name_starts
"""


async def _derive(transaction: Transaction, call_id: str) -> None:
    """Derive the sort key anew and, of what is published, the texts by which it is found."""
    ((published, name_ko, name_en, *summaries),) = await transaction.run(_NAMES, {"id": call_id})
    await transaction.run(
        _DERIVE,
        {
            "id": call_id,
            "name_key": name_key(name_ko, name_en),
            "search_text": search_text(name_ko, name_en, *summaries) if published else None,
            "name_starts": name_starts(name_ko, name_en) if published else None,
        },
    )


_PUBLISH: LiteralString = """
MATCH (p:Programme)-[planned:PLANS]->(c:PlannedCall {id: $id})
DELETE planned
CREATE (p)-[:HAS_CALL]->(c)
SET c:Call
REMOVE c:PlannedCall
SET c.updated_at = $now
"""


async def publish(transaction: Transaction, call_id: str, now: datetime) -> None:
    """Make a call of what was planned, under the same id: from now on everybody finds it."""
    await transaction.run(_PUBLISH, {"id": call_id, "now": instant(now)})
    await _derive(transaction, call_id)


def _text(facts: Mapping[str, object], name: str) -> str | None:
    value = facts.get(name)
    return value if isinstance(value, str) else None
