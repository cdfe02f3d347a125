"""Programmes with their calls, as the report of overlaps compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from madang_graph.subjects.policies import OWN_PROGRAMME
from madang_graph.subjects.programmes import CALL_ENTITY

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row
    from madang_graph.viewer import Viewer

MOST_CALLS = 3_000
TIMEOUT_S = 20.0

_STATE: LiteralString = next(field.cypher for field in CALL_ENTITY.fields if field.name == "state")
# Programmes and calls are public, all of them: their entities have no predicate.
_CALLS: LiteralString = (
    "MATCH (p:Programme)-[:HAS_CALL]->(c:Call) WHERE c.archived_at IS NULL AND c.withdrawn_on IS NULL "
    "WITH p, c ORDER BY c.closes_at IS NULL DESC, c.closes_at DESC, c.id LIMIT $most "
    "RETURN p.id, p.name_ko, p.name_en, p.owner_name, "
    + OWN_PROGRAMME.replace("{n}", "p")
    + ", c.id, c.name_ko, c.name_en, coalesce(c.purposes, p.purposes, []), c.rules, c.noticed_on, c.opens_at, "
    "c.closes_at, coalesce(c.rolling, false) OR coalesce(c.until_funds, false), "
    + _STATE.replace("{n}", "c")
    + ", coalesce(c.synthetic, false), coalesce(c.demo_dates, false)"
)

_MEMBERS: LiteralString = "MATCH (o:Organisation)-[:MEMBER_OF]->(:District {id: $id}) RETURN o.id"


async def edition_rows(graph: Graph, viewer: Viewer, now: str) -> list[Row]:
    """Return the calls that stand, those that close last first; at most 3,000.

    Returns: [programme id, name_ko, name_en, owner_name, whether the viewer runs it, call id, name_ko, name_en,
             purposes, rules as JSON text, noticed_on, opens_at, closes_at, whether it has no last day, state,
             synthetic, demo_dates].
    """
    given = {**viewer.parameters(), "now": now, "most": MOST_CALLS}
    return await graph.read(_CALLS, given, timeout_s=TIMEOUT_S)


async def member_ids(graph: Graph, district_id: str) -> frozenset[str]:
    """Return the ids of the members of a district, whoever may see them."""
    return frozenset(row[0] for row in await graph.read(_MEMBERS, {"id": district_id}, timeout_s=TIMEOUT_S))
