"""Which ids of the shared vocabularies exist: what a form may point to."""

from __future__ import annotations

from collections.abc import Sequence

from madang_graph.client import Transaction

_TECHNOLOGIES = """
MATCH (t:Technology)
WHERE t.id IN $ids
RETURN t.id
"""


async def unknown_technologies(transaction: Transaction, technology_ids: Sequence[str]) -> list[str]:
    """Return those of the ids that name no technology, in their order."""
    if not technology_ids:
        return []
    known = {row[0] for row in await transaction.run(_TECHNOLOGIES, {"ids": list(technology_ids)})}
    return [technology_id for technology_id in technology_ids if technology_id not in known]


_INDUSTRY = """
OPTIONAL MATCH (i:Industry {id: $id})
RETURN i IS NOT NULL
"""


async def industry_exists(transaction: Transaction, industry_id: str) -> bool:
    """Say whether the id names an industry."""
    return (await transaction.run(_INDUSTRY, {"id": industry_id}))[0][0]


_GU = """
OPTIONAL MATCH (d:District {id: $id})
RETURN coalesce(d.kind = 'gu', false)
"""


async def is_gu(transaction: Transaction, district_id: str) -> bool:
    """Say whether the id names a gu, the kind of district that a head office lies in."""
    return (await transaction.run(_GU, {"id": district_id}))[0][0]
