"""Planned calls: editions that those who run a programme still work on."""

from madang_graph.model.programmes import PLANNED_CALL
from madang_graph.reading.declare import Entity, Field, Many, One, Sort, boolean, stored
from madang_graph.subjects import policies
from madang_graph.subjects.rule_sets import RULE_PLACE
from madang_graph.subjects.shared import BY_NAME, name_fields, summary_fields, technologies
from madang_graph.subjects.words import DOCUMENT_KIND, PURPOSE

ENTITY = Entity(
    "PlannedCall",
    PLANNED_CALL,
    PLANNED_CALL.description,
    (
        *name_fields(PLANNED_CALL),
        *summary_fields(PLANNED_CALL),
        stored(PLANNED_CALL, "purposes", words=PURPOSE),
        stored(PLANNED_CALL, "noticed_on"),
        stored(PLANNED_CALL, "opens_at"),
        stored(PLANNED_CALL, "closes_at"),
        stored(PLANNED_CALL, "contract_on"),
        boolean("rolling", "{n}.rolling", PLANNED_CALL.properties["rolling"].description),
        boolean("untilFunds", "{n}.until_funds", PLANNED_CALL.properties["until_funds"].description),
        stored(PLANNED_CALL, "amount_max_won"),
        stored(PLANNED_CALL, "own_share"),
        stored(PLANNED_CALL, "amount_note"),
        stored(PLANNED_CALL, "url"),
        stored(PLANNED_CALL, "documents", words=DOCUMENT_KIND),
        stored(PLANNED_CALL, "archived_at"),
        stored(PLANNED_CALL, "version"),
        stored(PLANNED_CALL, "updated_at"),
        Field(
            "rulePlaces",
            RULE_PLACE,
            "{n}.rules",
            "The places of the rule tree that it was begun with, from top to bottom.",
            nullable=False,
            many=True,
            compute="rule_places",
            cost=100,
        ),
    ),
    (
        One("programme", "Programme", "({n})<-[:PLANS]-({m}:Programme)", "The programme it will belong to."),
        technologies("({n})-[:ABOUT]->({m}:Technology)", "Technologies it will support."),
        Many("ruleSets", "RuleSet", "({n})-[:HAS_RULE_SET]->({m}:RuleSet)", "Versions of its rules.", filter=False),
    ),
    (BY_NAME, Sort("OPENS", "{n}.opens_at", nullable=True, descending=True)),
    visible=policies.PLANNED_CALL,
)
