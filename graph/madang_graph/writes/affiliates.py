"""Affiliates: one organisation names another; the link counts once both have. Lock both before reading or writing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from madang_graph.client import Transaction
from madang_graph.writes.instants import instant

MEMBERS_MOST = 50
"""Organisations in one single undertaking."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How two organisations stand: who has named whom."""

    named: bool
    """This one has named the other."""
    named_back: bool
    """The other has named this one, and was not declined."""

    @property
    def linked(self) -> bool:
        return self.named and self.named_back


_STANDING: LiteralString = """
MATCH (o:Organisation {id: $id})
MATCH (other:Organisation {id: $other_id})
RETURN EXISTS { (o)-[:NAMES_AFFILIATE]->(other) },
  EXISTS { (other)-[n:NAMES_AFFILIATE]->(o) WHERE n.declined_at IS NULL }
"""


async def standing(transaction: Transaction, organisation_id: str, other_id: str) -> Standing:
    """Return how the two stand; of one that does not exist: nobody has named anybody."""
    rows = await transaction.run(_STANDING, {"id": organisation_id, "other_id": other_id})
    return Standing(*rows[0]) if rows else Standing(False, False)


_NAME: LiteralString = """
MATCH (o:Organisation {id: $id})
MATCH (other:Organisation {id: $other_id})
MERGE (o)-[n:NAMES_AFFILIATE]->(other)
ON CREATE SET n.since_at = $now, n.by = $by
WITH o, other
MATCH (other)-[back:NAMES_AFFILIATE]->(o)
SET back.declined_at = null
"""


async def name(transaction: Transaction, organisation_id: str, other_id: str, by: str, now: datetime) -> None:
    """Name the other. Where it has named this one, both are affiliates from now on, whatever was declined before."""
    given = {"id": organisation_id, "other_id": other_id, "by": by, "now": instant(now)}
    await transaction.run(_NAME, given)


_DROP: LiteralString = """
MATCH (o:Organisation {id: $id})
MATCH (other:Organisation {id: $other_id})
OPTIONAL MATCH (o)-[n:NAMES_AFFILIATE]->(other)
DELETE n
WITH DISTINCT o, other
MATCH (other)-[back:NAMES_AFFILIATE]->(o)
WHERE back.declined_at IS NULL
SET back.declined_at = $now
"""


async def drop(transaction: Transaction, organisation_id: str, other_id: str, now: datetime) -> None:
    """Take the name back, and decline that of the other, if there is one."""
    await transaction.run(_DROP, {"id": organisation_id, "other_id": other_id, "now": instant(now)})


_COUNT: LiteralString = """
MATCH (o:Organisation {id: $id})
RETURN COUNT { (o)-[:NAMES_AFFILIATE]->(:Organisation) }
"""


async def count_named(transaction: Transaction, organisation_id: str) -> int:
    """Return how many the organisation has named."""
    return (await transaction.run(_COUNT, {"id": organisation_id}))[0][0]


_NEIGHBOURS: LiteralString = """
MATCH (o:Organisation)-[:NAMES_AFFILIATE]->(next:Organisation)-[:NAMES_AFFILIATE]->(o)
WHERE o.id IN $ids
RETURN DISTINCT next.id
"""


async def members(transaction: Transaction, organisation_id: str) -> frozenset[str]:
    """Return the ids of its single undertaking, itself included: whoever is linked to it, directly or over others.

    Breadth-first, so that circles end and each is found once; stops at the first beyond MEMBERS_MOST.
    """
    found = {organisation_id}
    edge = found
    while edge and len(found) <= MEMBERS_MOST:
        rows = await transaction.run(_NEIGHBOURS, {"ids": sorted(edge)})
        edge = {row[0] for row in rows} - found
        found = found | edge
    return frozenset(found)


_KEEP: LiteralString = """
UNWIND $ids AS id
MATCH (o:Organisation {id: id})
SET o.affiliate_ids = [other IN $ids WHERE other <> id]
"""


async def keep(transaction: Transaction, group: Collection[str]) -> None:
    """Store on each member of a single undertaking who the others are."""
    await transaction.run(_KEEP, {"ids": sorted(group)})
