"""Technologies and industries: the two shared trees."""

from madang_graph.model.technologies import INDUSTRY, TECHNOLOGY
from madang_graph.reading.declare import Entity, Many, One, stored
from madang_graph.subjects.shared import BY_NAME, name_fields

TECHNOLOGY_ENTITY = Entity(
    "Technology",
    TECHNOLOGY,
    TECHNOLOGY.description,
    (*name_fields(TECHNOLOGY), stored(TECHNOLOGY, "code", filter=True)),
    (
        One("parent", "Technology", "({n})-[:PART_OF]->({m}:Technology)", "The broader technology."),
        Many("children", "Technology", "({n})<-[:PART_OF]-({m}:Technology)", "Narrower technologies."),
        Many("organisations", "Organisation", "({n})<-[:USES]-({m}:Organisation)", "Who works with it."),
        Many("calls", "Call", "({n})<-[:ABOUT]-({m}:Call)", "Calls that support it."),
    ),
    (BY_NAME,),
)

INDUSTRY_ENTITY = Entity(
    "Industry",
    INDUSTRY,
    INDUSTRY.description,
    (*name_fields(INDUSTRY), stored(INDUSTRY, "code", filter=True)),
    (
        One("parent", "Industry", "({n})-[:PART_OF]->({m}:Industry)", "The broader industry."),
        Many("children", "Industry", "({n})<-[:PART_OF]-({m}:Industry)", "Narrower industries."),
        Many("organisations", "Organisation", "({n})<-[:IN_INDUSTRY]-({m}:Organisation)", "Who is in it."),
    ),
    (BY_NAME,),
)
