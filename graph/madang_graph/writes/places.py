"""Where an organisation is: the gu of its head office, and the memberships that follow from it."""

from __future__ import annotations

from madang_graph.client import Transaction

# Membership of the gu and of what it is part of follows the head office; of an innovation district it does not.
_LEAVE = """
MATCH (o:Organisation {id: $id})-[place:LOCATED_IN]->(gu:District)
OPTIONAL MATCH (gu)-[:PART_OF*0..2]->(area:District)<-[member:MEMBER_OF]-(o)
DELETE place, member
"""

_CLEAR_POINT = """
MATCH (o:Organisation {id: $id})
REMOVE o.location
"""

_MOVE_IN = """
MATCH (o:Organisation {id: $id})
MATCH (gu:District {id: $gu_id})
MERGE (o)-[:LOCATED_IN]->(gu)
SET o.location = gu.location
WITH o, gu
MATCH (gu)-[:PART_OF*0..2]->(area:District)
MERGE (o)-[:MEMBER_OF]->(area)
"""


async def set_gu(transaction: Transaction, organisation_id: str, gu_id: str | None) -> None:
    """Move the head office to a gu, or to nowhere. The gu is known to exist.

    The point on the map becomes a point inside the gu: the person names no street.
    """
    await transaction.run(_LEAVE, {"id": organisation_id})
    if gu_id is None:
        await transaction.run(_CLEAR_POINT, {"id": organisation_id})
    else:
        await transaction.run(_MOVE_IN, {"id": organisation_id, "gu_id": gu_id})
