"""The cluster graph of a district: who is tied to whom, in which communities, for one viewer."""

from typing import LiteralString

from madang_graph.model.districts import CLUSTER_GRAPH, RELATIONSHIPS
from madang_graph.reading.declare import Argument, Entity, Field, Many, Sort, stored
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects import cluster_counts
from madang_graph.subjects.policies import ORGANISATION

_PLACES = RELATIONSHIPS[-1]
MOST_EDGES = 3000

_SEEN: LiteralString = (
    "COLLECT { MATCH ({n})-[place:PLACES]->(placed:Organisation) WHERE "
    + ORGANISATION.replace("{n}", "placed")
    + " RETURN [place.position, place.community, place.betweenness] }"
)
_ENDS: LiteralString = "{n}.edge_from, {n}.edge_to"
_COMMUNITY = Argument("community", Scalar.INT, "Only those inside the community of this number.")


def _first(what: str, default: int, most: int) -> Argument:
    return Argument("first", Scalar.INT, f"Most {what} to return.", default=default, most=most)


_EDGE = Value(
    "ClusterEdge",
    "A tie between two nodes of a cluster graph.",
    (
        ValueField("source", Scalar.INT, 0, "Position of the first end.", nullable=False),
        ValueField("target", Scalar.INT, 1, "Position of the second end.", nullable=False),
        ValueField("weight", Scalar.FLOAT, 2, "Strength of the tie.", nullable=False),
    ),
)
_GROUP = Value(
    "Community",
    "Organisations that often work with each other, counted over those that the viewer may see.",
    (
        ValueField("number", Scalar.INT, "number", "Number, 0 is the largest.", nullable=False),
        ValueField("name", Scalar.STRING, "name", "What it works on most.", localised=True),
        ValueField("size", Scalar.INT, "size", "Organisations in it.", nullable=False),
        ValueField("innerEdges", Scalar.INT, "inner_edges", "Ties inside.", nullable=False),
        ValueField("outerEdges", Scalar.INT, "outer_edges", "Ties to other communities.", nullable=False),
        ValueField("x", Scalar.FLOAT, "x", "Horizontal place while closed, -1 to 1; missing: it is not drawn."),
        ValueField("y", Scalar.FLOAT, "y", "Vertical place while closed, -1 to 1; missing: it is not drawn."),
    ),
)
_SPECIALISATION = Value(
    "Specialisation",
    "A technology that a community uses more than others do, counted over all that are not private.",
    (
        ValueField("community", Scalar.INT, "community", "Number of the community.", nullable=False),
        ValueField("technology", Scalar.ID, "technology_id", "Id of the technology.", nullable=False),
        ValueField("name", Scalar.STRING, "name", "Name of the technology.", localised=True),
        ValueField("share", Scalar.FLOAT, "share", "Share of the members that use it, 0 to 1.", nullable=False),
        ValueField(
            "quotient",
            Scalar.FLOAT,
            "quotient",
            "Location quotient: that share divided by the share among all organisations.",
            nullable=False,
        ),
    ),
)
_COMMUNITY_TIE = Value(
    "CommunityTie",
    "How many ties run between two communities.",
    (
        ValueField("source", Scalar.INT, 0, "Number of the one, the lesser.", nullable=False),
        ValueField("target", Scalar.INT, 1, "Number of the other.", nullable=False),
        ValueField("count", Scalar.INT, 2, "Ties between them.", nullable=False),
    ),
)
_CROSSING = Value(
    "Crossing",
    "That an organisation has ties to another community than its own.",
    (
        ValueField("position", Scalar.INT, 0, "Position of the organisation.", nullable=False),
        ValueField("community", Scalar.INT, 1, "Number of the other community.", nullable=False),
        ValueField("ties", Scalar.INT, 2, "Its ties to it.", nullable=False),
    ),
)
_TIE_START = Value(
    "TieStart",
    "How many ties of two communities, or inside one, began in a quarter, with their earliest joint project.",
    (
        ValueField("source", Scalar.INT, 0, "Number of the one, the lesser.", nullable=False),
        ValueField("target", Scalar.INT, 1, "Number of the other; the same for ties inside.", nullable=False),
        ValueField("year", Scalar.INT, 2, "Year.", nullable=False),
        ValueField("quarter", Scalar.INT, 3, "Quarter, 1 to 4.", nullable=False),
        ValueField("count", Scalar.INT, 4, "Ties that began in it.", nullable=False),
    ),
)
_NODE_FIELDS = (
    stored(_PLACES, "position", nullable=False, of="{r}"),
    stored(_PLACES, "x", nullable=False, of="{r}"),
    stored(_PLACES, "y", nullable=False, of="{r}"),
    stored(_PLACES, "community", nullable=False, of="{r}"),
    stored(_PLACES, "degree", nullable=False, of="{r}"),
    stored(_PLACES, "betweenness", nullable=False, of="{r}"),
)

_FIELDS = (
    stored(CLUSTER_GRAPH, "id"),
    stored(CLUSTER_GRAPH, "computed_at"),
    stored(CLUSTER_GRAPH, "version"),
    Field(
        "nodeCount",
        Scalar.INT,
        "COUNT { MATCH ({n})-[:PLACES]->(placed:Organisation) WHERE " + ORGANISATION.replace("{n}", "placed") + " }",
        "Number of organisations in it that the viewer may see.",
        nullable=False,
    ),
    Field(
        "edgeCount",
        Scalar.INT,
        "[" + _ENDS + ", " + _SEEN + "]",
        "Number of ties between organisations that the viewer may see.",
        nullable=False,
        compute=cluster_counts.edge_count,
    ),
    Field(
        "edges",
        _EDGE,
        "[" + _ENDS + ", {n}.edge_weight, " + _SEEN + "]",
        "Ties between visible nodes, strongest first.",
        nullable=False,
        many=True,
        arguments=(_first("edges", MOST_EDGES, MOST_EDGES), _COMMUNITY),
        compute=cluster_counts.visible_edges,
    ),
    Field(
        "communities",
        _GROUP,
        "[{n}.communities, " + _ENDS + ", " + _SEEN + "]",
        "Its communities, largest first.",
        nullable=False,
        many=True,
        compute=cluster_counts.communities,
        cost=50,
    ),
    Field(
        "specialisations",
        _SPECIALISATION,
        "[{n}.communities, " + _SEEN + "]",
        "What each community does more of than others, highest location quotient first.",
        nullable=False,
        many=True,
        compute=cluster_counts.specialisations,
        cost=100,
    ),
    Field(
        "communityTies",
        _COMMUNITY_TIE,
        "[" + _ENDS + ", " + _SEEN + "]",
        "How many visible ties run between its communities, most first.",
        nullable=False,
        many=True,
        compute=cluster_counts.community_ties,
        cost=200,
    ),
    Field(
        "crossings",
        _CROSSING,
        "[" + _ENDS + ", " + _SEEN + "]",
        "Which organisations have visible ties to other communities, highest betweenness first.",
        nullable=False,
        many=True,
        arguments=(_first("organisations", 20, 500), _COMMUNITY),
        compute=cluster_counts.crossings,
    ),
    Field(
        "tieStarts",
        _TIE_START,
        "[" + _ENDS + ", {n}.edge_since, " + _SEEN + "]",
        "When the visible ties began, earliest first; ties without a date are left out.",
        nullable=False,
        many=True,
        compute=cluster_counts.tie_starts,
        cost=500,
    ),
)

ENTITY = Entity(
    "ClusterGraph",
    CLUSTER_GRAPH,
    CLUSTER_GRAPH.description,
    _FIELDS,
    (
        Many(
            "nodes",
            "Organisation",
            "({n})-[{r}:PLACES]->({m}:Organisation)",
            "Where its organisations stand, those with most ties first.",
            clause="WITH $a_community AS {r}_asked MATCH ({n})-[{r}:PLACES]->({m}:Organisation)",
            condition="({r}_asked IS NULL OR {r}.community = {r}_asked)",
            edge="ClusterNode",
            edge_fields=_NODE_FIELDS,
            sorts=(Sort("POSITION", "{r}.position"),),
            arguments=(_COMMUNITY,),
            plain=True,
            node_name="organisation",
            first=500,
            most=2000,
            filter=False,
        ),
        Many(
            "bridges",
            "Organisation",
            "({n})-[{r}:PLACES]->({m}:Organisation)",
            "Organisations that stand on shortest paths between others, highest betweenness first.",
            condition="{r}.betweenness > 0",
            edge="ClusterBridge",
            edge_fields=_NODE_FIELDS,
            sorts=(Sort("BETWEENNESS", "{r}.betweenness", descending=True),),
            plain=True,
            node_name="organisation",
            first=20,
            most=500,
            filter=False,
        ),
    ),
    sorts=(Sort("COMPUTED", "{n}.computed_at", nullable=True, descending=True),),
    is_node=False,
)
