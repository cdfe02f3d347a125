"""Offers: what an organisation can supply, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.text import search_text
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer to post. The technologies are known to exist."""

    organisation_id: str
    text: str
    language: str
    technology_ids: Sequence[str]


_POST = """
MATCH (o:Organisation {id: $organisation_id})
CREATE (o)-[:OFFERS]->(n:Offer {
  id: $id, text: $text, language: $language, search_text: $search_text, posted_at: $now
})
WITH n
MATCH (t:Technology)
WHERE t.id IN $technology_ids
MERGE (n)-[:ABOUT]->(t)
"""


async def post(transaction: Transaction, offer: NewOffer, now: datetime) -> str:
    """Post an offer and return its id. Its sentence vector comes with the refresh of suggestions."""
    offer_id = new_id("off_")
    await transaction.run(
        _POST,
        {
            "id": offer_id,
            "organisation_id": offer.organisation_id,
            "text": offer.text,
            "language": offer.language,
            "technology_ids": list(offer.technology_ids),
            "search_text": search_text(offer.text),
            "now": instant(now),
        },
    )
    return offer_id


_COUNT = """
MATCH (o:Organisation {id: $id})
RETURN COUNT { (o)-[:OFFERS]->(:Offer) }
"""


async def count(transaction: Transaction, organisation_id: str) -> int:
    """Return how many offers the organisation has."""
    return (await transaction.run(_COUNT, {"id": organisation_id}))[0][0]
