"""The cluster graph of a district, replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, LiteralString

from madang_graph.writes.instants import instant

if TYPE_CHECKING:
    from madang_graph.client import Graph

_READ_FOR = timedelta(minutes=1)
"""How long a reader may still be busy with a cluster graph that was unlinked: far more than a read may take."""
_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One version of the cluster graph of one district."""

    district_id: str
    id: str
    version: str
    computed_at: datetime
    positions: Sequence[tuple[str, float, float, int, int, float]]
    """(organisation id, x, y, community, degree, betweenness), in the order the edges count by."""
    edges: Sequence[tuple[int, int, float, str]]
    """(position, position, weight, first day or empty), strongest first."""
    communities: str
    """JSON text as declared in `model.districts`."""


_CREATE_CLUSTERS: LiteralString = """
MERGE (c:ClusterGraph {id: $id})
SET c.version = $version, c.computed_at = $computed_at, c.communities = $communities,
  c.edge_from = $edge_from, c.edge_to = $edge_to, c.edge_weight = $edge_weight,
  c.edge_since = $edge_since
WITH c
UNWIND $positions AS row
MATCH (o:Organisation {id: row[1]})
MERGE (c)-[p:PLACES]->(o)
SET p.position = row[0], p.x = row[2], p.y = row[3], p.community = row[4], p.degree = row[5], p.betweenness = row[6]
"""

# Setting a property takes the district's write lock, so that of two writers the one with newer data stays.
_LINK_CLUSTERS: LiteralString = """
MATCH (d:District {id: $district_id})
SET d.kind = d.kind
WITH d
MATCH (new:ClusterGraph {id: $id})
WHERE NOT EXISTS { (d)-[:HAS_CLUSTERS]->(c:ClusterGraph) WHERE c.computed_at > $computed_at }
MERGE (d)-[:HAS_CLUSTERS]->(new)
RETURN d.id
"""

_UNLINK_OLD: LiteralString = """
MATCH (:District {id: $district_id})-[link:HAS_CLUSTERS]->(c:ClusterGraph)
WHERE c.id <> $id
DELETE link
"""

_REMOVE_UNLINKED: LiteralString = """
MATCH (c:ClusterGraph)
WHERE c.computed_at < $before AND NOT EXISTS { (:District)-[:HAS_CLUSTERS]->(c) }
DETACH DELETE c
"""


async def replace_clusters(graph: Graph, row: ClusterRow) -> bool:
    """Put this cluster graph in the place of the district's older one.

    Readers always find a whole one: the new one is written before it is linked, linked before the old one is
    unlinked, and the old one goes with a later run, when nobody is reading it any more.

    Returns: False when the district is gone, or has one computed from newer data.
    """
    district = {"district_id": row.district_id, "id": row.id}
    before = instant(row.computed_at - _READ_FOR)
    await graph.write(_REMOVE_UNLINKED, {"before": before}, timeout_s=_TIMEOUT_S)
    await graph.write(_CREATE_CLUSTERS, _parameters(row), timeout_s=_TIMEOUT_S)
    linked = await graph.write(_LINK_CLUSTERS, {**district, "computed_at": instant(row.computed_at)})
    if linked:
        await graph.write(_UNLINK_OLD, district)
    return bool(linked)


def _parameters(row: ClusterRow) -> dict[str, object]:
    return {
        "id": row.id,
        "version": row.version,
        "computed_at": instant(row.computed_at),
        "communities": row.communities,
        "edge_from": [edge[0] for edge in row.edges],
        "edge_to": [edge[1] for edge in row.edges],
        "edge_weight": [edge[2] for edge in row.edges],
        "edge_since": [edge[3] for edge in row.edges],
        "positions": [[number, *position] for number, position in enumerate(row.positions)],
    }
