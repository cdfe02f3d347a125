"""Awards: what an organisation received, as its own people recorded it."""

from madang_graph.model.awards import AWARD
from madang_graph.reading.declare import Entity, One, Sort, stored
from madang_graph.subjects import policies
from madang_graph.subjects.words import AWARD_STATE, REGIME

ENTITY = Entity(
    "Award",
    AWARD,
    AWARD.description,
    (
        stored(AWARD, "id"),
        stored(AWARD, "name"),
        stored(AWARD, "amount_won"),
        stored(AWARD, "received_on"),
        stored(AWARD, "ends_on"),
        stored(AWARD, "state", words=AWARD_STATE),
        stored(AWARD, "regime", words=REGIME),
        stored(AWARD, "de_minimis_eur"),
        stored(AWARD, "plan"),
        stored(AWARD, "programme_group"),
        stored(AWARD, "version", nullable=False),
        stored(AWARD, "recorded_at"),
    ),
    (
        One("organisation", "Organisation", "({n})<-[:RECEIVED]-({m}:Organisation)", "Who received it."),
        One("programme", "Programme", "({n})-[:UNDER]->({m}:Programme)", "The programme, where it is listed here."),
    ),
    (Sort("RECEIVED", "{n}.received_on", nullable=True, descending=True),),
    visible=policies.AWARD,
)
