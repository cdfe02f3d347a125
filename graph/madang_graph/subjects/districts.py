"""Districts and the cluster graph of each."""

import json
from typing import Any, LiteralString

from madang_graph.model.districts import CLUSTER_GRAPH, DISTRICT, RELATIONSHIPS
from madang_graph.reading.declare import Argument, Entity, Field, Many, One, Sort, boolean, stored
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects.policies import ORGANISATION
from madang_graph.subjects.shared import BY_NAME, SOURCES, name_fields, place_fields
from madang_graph.subjects.suggestions import from_json
from madang_graph.subjects.words import DISTRICT_KIND

_PLACES = RELATIONSHIPS[-1]
MOST_EDGES = 3000

ENTITY = Entity(
    "District",
    DISTRICT,
    DISTRICT.description,
    (
        *name_fields(DISTRICT),
        stored(DISTRICT, "kind", words=DISTRICT_KIND, nullable=False, filter=True),
        stored(DISTRICT, "code", filter=True),
        stored(DISTRICT, "specialisation"),
        stored(DISTRICT, "designation"),
        stored(DISTRICT, "as_of_year"),
        stored(DISTRICT, "source_note"),
        *place_fields(),
        Field(
            "boundary",
            Scalar.GEOJSON,
            "{n}.boundary",
            DISTRICT.properties["boundary"].description,
            compute=lambda value, _: json.loads(value) if value else None,
        ),
        boolean("isMine", "{n}.id IN $viewer_districts", "The viewer manages it."),
    ),
    (
        One("parent", "District", "({n})-[:PART_OF]->({m}:District)", "The city it is part of."),
        Many("parts", "District", "({n})<-[:PART_OF]-({m}:District)", "Its gu."),
        Many("covers", "District", "({n})-[:COVERS]->({m}:District)", "The gu that an innovation district lies in."),
        Many("members", "Organisation", "({n})<-[:MEMBER_OF]-({m}:Organisation)", "Organisations in it."),
        Many("spaces", "Space", "({n})<-[:LOCATED_IN]-({m}:Space)", "Spaces in it."),
        One(
            "clusterGraph",
            "ClusterGraph",
            "({n})-[:HAS_CLUSTERS]->({m}:ClusterGraph)",
            "Who is tied to whom among its members; missing until it was computed.",
            filter=False,
        ),
        SOURCES,
    ),
    (BY_NAME,),
)

_EDGES: LiteralString = (
    "[{n}.edge_from, {n}.edge_to, {n}.edge_weight, COLLECT { MATCH ({n})-[place:PLACES]->(placed:Organisation) WHERE "
    + ORGANISATION.replace("{n}", "placed")
    + " RETURN place.position }]"
)


def _visible_edges(value: list[list[Any]], arguments: dict[str, Any]) -> list[tuple[int, int, float]]:
    """Return the strongest edges (source, target, weight) whose two ends the viewer may see."""
    sources, targets, weights, positions = value
    seen = set(positions)
    edges = zip(sources or (), targets or (), weights or (), strict=True)
    return [edge for edge in edges if edge[0] in seen and edge[1] in seen][: arguments["first"]]


_CLUSTER_EDGE = Value(
    "ClusterEdge",
    "A tie between two nodes of a cluster graph.",
    (
        ValueField("source", Scalar.INT, 0, "Position of the first end.", nullable=False),
        ValueField("target", Scalar.INT, 1, "Position of the second end.", nullable=False),
        ValueField("weight", Scalar.FLOAT, 2, "Strength of the tie.", nullable=False),
    ),
)
_COMMUNITY = Value(
    "Community",
    "Organisations that often work with each other.",
    (
        ValueField("number", Scalar.INT, "number", "Number, 0 is the largest.", nullable=False),
        ValueField("name", Scalar.STRING, "name", "What it works on most.", localised=True),
        ValueField("size", Scalar.INT, "size", "Organisations in it.", nullable=False),
        ValueField("innerEdges", Scalar.INT, "inner_edges", "Ties inside.", nullable=False),
        ValueField("outerEdges", Scalar.INT, "outer_edges", "Ties to other communities.", nullable=False),
    ),
)

CLUSTER_GRAPH_ENTITY = Entity(
    "ClusterGraph",
    CLUSTER_GRAPH,
    CLUSTER_GRAPH.description,
    (
        stored(CLUSTER_GRAPH, "id"),
        stored(CLUSTER_GRAPH, "computed_at"),
        stored(CLUSTER_GRAPH, "version"),
        Field(
            "nodeCount",
            Scalar.INT,
            "COUNT { MATCH ({n})-[:PLACES]->(placed:Organisation) WHERE "
            + ORGANISATION.replace("{n}", "placed")
            + " }",
            "Number of organisations in it that the viewer may see.",
            nullable=False,
        ),
        Field("edgeCount", Scalar.INT, "size(coalesce({n}.edge_from, []))", "Number of ties.", nullable=False),
        Field(
            "edges",
            _CLUSTER_EDGE,
            _EDGES,
            "Ties between visible nodes, strongest first.",
            nullable=False,
            many=True,
            arguments=(Argument("first", Scalar.INT, "Most edges to return.", default=MOST_EDGES, most=MOST_EDGES),),
            compute=_visible_edges,
        ),
        Field(
            "communities",
            _COMMUNITY,
            "{n}.communities",
            "Its communities, largest first.",
            nullable=False,
            many=True,
            compute=from_json,
            cost=50,
        ),
    ),
    (
        Many(
            "nodes",
            "Organisation",
            "({n})-[{r}:PLACES]->({m}:Organisation)",
            "Where its organisations stand, those with most ties first.",
            edge="ClusterNode",
            edge_fields=(
                stored(_PLACES, "position", nullable=False, of="{r}"),
                stored(_PLACES, "x", nullable=False, of="{r}"),
                stored(_PLACES, "y", nullable=False, of="{r}"),
                stored(_PLACES, "community", nullable=False, of="{r}"),
                stored(_PLACES, "degree", nullable=False, of="{r}"),
                stored(_PLACES, "betweenness", nullable=False, of="{r}"),
            ),
            sorts=(Sort("POSITION", "{r}.position"),),
            plain=True,
            node_name="organisation",
            first=500,
            most=2000,
            filter=False,
        ),
    ),
    sorts=(Sort("COMPUTED", "{n}.computed_at", nullable=True, descending=True),),
    is_node=False,
)
