"""Applications: what an organisation applied for, as its own people recorded it."""

from madang_graph.model.applications import APPLICATION
from madang_graph.reading.declare import Entity, Field, One, Sort, stored
from madang_graph.subjects import policies
from madang_graph.subjects.eligibility import APPLICANT, CALL_DAYS
from madang_graph.subjects.suggestions import CONDITION
from madang_graph.subjects.words import APPLICATION_STATE

ENTITY = Entity(
    "Application",
    APPLICATION,
    APPLICATION.description,
    (
        stored(APPLICATION, "id"),
        stored(APPLICATION, "name"),
        stored(APPLICATION, "state", words=APPLICATION_STATE),
        stored(APPLICATION, "applied_on"),
        stored(APPLICATION, "note"),
        stored(APPLICATION, "version", nullable=False),
        stored(APPLICATION, "recorded_at"),
        Field(
            "conflicts",
            CONDITION,
            "[$now, head(COLLECT { MATCH ({n})-[:APPLIES_FOR]->(asked:Call) RETURN "
            + CALL_DAYS.replace("{c}", "asked")
            + " }), head(COLLECT { MATCH (firm:Organisation)-[:APPLIED_WITH]->({n}) RETURN "
            + APPLICANT.replace("{o}", "firm")
            + " })]",
            "Conditions of the call that the ledger of awards stands against: earlier winners, programmes that exclude "
            "each other, the de minimis ceiling.",
            nullable=False,
            many=True,
            compute="application_conflicts",
            cost=10,
        ),
    ),
    (
        One("organisation", "Organisation", "({n})<-[:APPLIED_WITH]-({m}:Organisation)", "Who applies."),
        One("call", "Call", "({n})-[:APPLIES_FOR]->({m}:Call)", "The call, where it is listed here."),
    ),
    (Sort("APPLIED", "{n}.applied_on", nullable=True, descending=True),),
    visible=policies.APPLICATION,
)
