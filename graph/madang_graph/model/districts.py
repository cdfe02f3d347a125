"""Districts: the city, its gu, its innovation districts, and the cluster graph computed for each."""

from madang_graph.model.declare import (
    Node,
    Relationship,
    instant,
    integer,
    integers,
    json,
    named,
    number,
    numbers,
    point,
    text,
    texts,
)

DISTRICT_KINDS = ("city", "gu", "innovation_district")

DISTRICT = Node(
    "District",
    "A city, one of its gu, or an innovation district.",
    {
        **named("district"),
        "kind": text("What it is.", *DISTRICT_KINDS),
        "code": text("Official code of the area; empty for innovation districts."),
        "specialisation": texts("What an innovation district is known for, in English words of the source."),
        "designation": text("How and when it was designated, in Korean."),
        "boundary": json("GeoJSON geometry, WGS84, simplified; missing for innovation districts."),
        "location": point("A point inside."),
        "as_of_year": integer("Year for which the facts were seen."),
        "source_note": text("Where the facts were seen."),
    },
    prefix="dst_",
    search=True,
)

CLUSTER_GRAPH = Node(
    "ClusterGraph",
    "Who is tied to whom among a district's members, with positions and communities; one version, replaced as a whole.",
    {
        "id": text("Public id of this version."),
        "computed_at": instant("When it was computed."),
        "version": text("Version of the matching run that wrote it."),
        "edge_from": integers("Position of the first end of each edge, strongest edge first."),
        "edge_to": integers("Position of the second end of each edge."),
        "edge_weight": numbers("Strength of each edge: sum over joint projects of 1/(size - 1)."),
        "edge_since": texts("Day on which the earliest joint project of each edge began; empty: not known."),
        "communities": json(
            "List of {number, name_ko, name_en, size, inner_edges, outer_edges, x, y, strengths}, largest first; x and "
            "y say where it stands while all are closed, missing: it is not drawn; strengths are {technology_id, "
            "name_ko, name_en, share, quotient}."
        ),
    },
    prefix="clu_",
)

RELATIONSHIPS = (
    Relationship("(:District)-[:PART_OF]->(:District)", "The gu is part of the city.", {}),
    Relationship("(:District)-[:COVERS]->(:District)", "The innovation district lies in this gu.", {}),
    Relationship("(:District)-[:HAS_CLUSTERS]->(:ClusterGraph)", "The current cluster graph of the district.", {}),
    Relationship(
        "(:ClusterGraph)-[:PLACES]->(:Organisation)",
        "Where the organisation stands in the graph.",
        {
            "position": integer("Index that the edge lists use, 0 for the organisation with the most ties."),
            "x": number("Horizontal place, -1 to 1."),
            "y": number("Vertical place, -1 to 1."),
            "community": integer("Number of its community."),
            "degree": integer("Number of its ties."),
            "betweenness": number("Share of shortest paths that pass it, 0 to 1."),
        },
    ),
)
