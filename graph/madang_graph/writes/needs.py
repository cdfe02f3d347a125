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


_OWNER = """
MATCH (o:Organisation)-[:SEEKS]->(n:Need {id: $id})
RETURN o.id
"""


async def owner_of(transaction: Transaction, need_id: str) -> str | None:
    """Return the id of the organisation that posted the need, or None."""
    rows = await transaction.run(_OWNER, {"id": need_id})
    return rows[0][0] if rows else None
