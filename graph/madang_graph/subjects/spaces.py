"""Spaces."""

from madang_graph.model.spaces import SPACE
from madang_graph.reading.declare import Entity, Many, One, Sort, stored
from madang_graph.subjects.shared import BY_NAME, SOURCES, name_fields, place_fields, summary_fields, technologies
from madang_graph.subjects.words import SPACE_KIND, SPACE_STATE

ENTITY = Entity(
    "Space",
    SPACE,
    SPACE.description,
    (
        *name_fields(SPACE),
        *summary_fields(SPACE),
        stored(SPACE, "kind", words=SPACE_KIND, nullable=False, filter=True),
        stored(SPACE, "focus"),
        stored(SPACE, "opened_year", filter=True),
        stored(SPACE, "size_note"),
        stored(SPACE, "tenancy_note"),
        stored(SPACE, "state", words=SPACE_STATE, filter=True),
        stored(SPACE, "dong"),
        stored(SPACE, "as_of_year"),
        stored(SPACE, "source_note"),
        *place_fields(),
    ),
    (
        One("district", "District", "({n})-[:LOCATED_IN]->({m}:District)", "The gu it stands in."),
        technologies("({n})-[:ABOUT]->({m}:Technology)", "Technologies it is equipped for."),
        Many("runBy", "Organisation", "({n})<-[:RUNS]-({m}:Organisation)", "Who runs it."),
        SOURCES,
    ),
    (BY_NAME, Sort("OPENED", "{n}.opened_year", nullable=True, descending=True)),
)
