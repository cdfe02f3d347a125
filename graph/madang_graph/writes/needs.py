"""Needs: what an organisation looks for, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.text import search_text
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class NewNeed:
    """A need to post. The technologies are known to exist."""

    organisation_id: str
    text: str
    language: str
    barrier: str | None
    budget_won: int | None
    technology_ids: Sequence[str]


_POST = """
MATCH (o:Organisation {id: $organisation_id})
CREATE (o)-[:SEEKS]->(n:Need {
  id: $id, text: $text, language: $language, state: 'open', search_text: $search_text, posted_at: $now
})
SET n.barrier = $barrier, n.budget_won = $budget_won
WITH n
MATCH (t:Technology)
WHERE t.id IN $technology_ids
MERGE (n)-[:ABOUT]->(t)
"""


async def post(transaction: Transaction, need: NewNeed, now: datetime) -> str:
    """Post a need and return its id. Its sentence vector comes with the refresh of suggestions."""
    need_id = new_id("need_")
    await transaction.run(
        _POST,
        {
            "id": need_id,
            "organisation_id": need.organisation_id,
            "text": need.text,
            "language": need.language,
            "barrier": need.barrier,
            "budget_won": need.budget_won,
            "technology_ids": list(need.technology_ids),
            "search_text": search_text(need.text),
            "now": instant(now),
        },
    )
    return need_id


_COUNT_OPEN = """
MATCH (o:Organisation {id: $id})
RETURN COUNT { (o)-[:SEEKS]->(:Need {state: 'open'}) }
"""


async def count_open(transaction: Transaction, organisation_id: str) -> int:
    """Return how many open needs the organisation has."""
    return (await transaction.run(_COUNT_OPEN, {"id": organisation_id}))[0][0]


# As for organisations: the lock is a statement of its own.
_LOCK = """
MATCH (n:Need {id: $id})
SET n.id = n.id
"""

_STATE = """
MATCH (o:Organisation)-[:SEEKS]->(n:Need {id: $id})
RETURN o.id, n.state
"""


async def find_locked(transaction: Transaction, need_id: str) -> tuple[str, str] | None:
    """Return (organisation's id, state) of the need, held until the transaction ends, or None."""
    await transaction.run(_LOCK, {"id": need_id})
    rows = await transaction.run(_STATE, {"id": need_id})
    return (rows[0][0], rows[0][1]) if rows else None


_SET_STATE = """
MATCH (n:Need {id: $id})
SET n.state = $state
"""


async def set_state(transaction: Transaction, need_id: str, state: str) -> None:
    """Open or close the need."""
    await transaction.run(_SET_STATE, {"id": need_id, "state": state})


_OWNER = """
MATCH (o:Organisation)-[:SEEKS]->(n:Need {id: $id})
RETURN o.id
"""


async def owner_of(transaction: Transaction, need_id: str) -> str | None:
    """Return the id of the organisation that posted the need, or None."""
    rows = await transaction.run(_OWNER, {"id": need_id})
    return rows[0][0] if rows else None
