"""Notices and the doubts between them, for administrators; calls show what was put together from them."""

from madang_graph.model.notices import DOUBT, NOTICE
from madang_graph.reading.declare import Entity, Many, One, Sort, stored
from madang_graph.subjects.policies import ADMINISTRATOR
from madang_graph.subjects.words import DOUBT_STATE, NOTICE_STATE

_PLACE = Sort("PLACE", "{n}.place", nullable=True)

NOTICE_ENTITY = Entity(
    "Notice",
    NOTICE,
    NOTICE.description,
    (
        stored(NOTICE, "id", filter=True),
        stored(NOTICE, "title"),
        stored(NOTICE, "agency"),
        stored(NOTICE, "opens_on"),
        stored(NOTICE, "closes_on"),
        stored(NOTICE, "url"),
        stored(NOTICE, "state", words=NOTICE_STATE, filter=True),
        stored(NOTICE, "withdrawn_on"),
    ),
    (
        One("call", "Call", "({n})<-[:ANNOUNCED_BY]-({m}:Call)", "The call that it announces."),
        One("source", "Source", "({n})-[:GIVEN_BY]->({m}:Source)", "Which source gave it."),
    ),
    (_PLACE,),
    visible=ADMINISTRATOR,
)

DOUBT_ENTITY = Entity(
    "Doubt",
    DOUBT,
    DOUBT.description,
    (
        stored(DOUBT, "id", filter=True),
        stored(DOUBT, "score"),
        stored(DOUBT, "why"),
        stored(DOUBT, "state", words=DOUBT_STATE, filter=True),
        stored(DOUBT, "earlier", words=DOUBT_STATE),
        stored(DOUBT, "decided_at"),
        stored(DOUBT, "version"),
    ),
    (Many("notices", "Notice", "({n})-[:BETWEEN]->({m}:Notice)", "The two notices, the earlier first."),),
    (Sort("LIKENESS", "{n}.score", nullable=True, descending=True),),
    visible=ADMINISTRATOR,
)
