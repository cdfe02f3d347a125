"""Districts and the cluster graph of each."""

import json

from madang_graph.model.districts import DISTRICT
from madang_graph.reading.declare import Entity, Field, Many, One, boolean, stored
from madang_graph.reading.types import Scalar
from madang_graph.subjects.shared import BY_NAME, SOURCES, name_fields, place_fields
from madang_graph.subjects.words import DISTRICT_KIND

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
