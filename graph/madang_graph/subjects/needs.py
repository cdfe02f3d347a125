"""Needs and offers."""

from madang_graph.model.needs import NEED, OFFER
from madang_graph.reading.declare import LANGUAGE, Entity, One, Sort, stored
from madang_graph.subjects import policies
from madang_graph.subjects.shared import SOURCES, technologies
from madang_graph.subjects.words import BARRIER, NEED_STATE

_POSTED = Sort("POSTED", "{n}.posted_at", nullable=True, descending=True)

NEED_ENTITY = Entity(
    "Need",
    NEED,
    NEED.description,
    (
        stored(NEED, "id", filter=True),
        stored(NEED, "text", nullable=False),
        stored(NEED, "language", words=LANGUAGE, filter=True),
        stored(NEED, "barrier", words=BARRIER, filter=True),
        stored(NEED, "budget_won", visible=policies.BUDGET),
        stored(NEED, "state", words=NEED_STATE, filter=True),
        stored(NEED, "posted_at", filter=True),
    ),
    (
        One("organisation", "Organisation", "({n})<-[:SEEKS]-({m}:Organisation)", "Who looks for it."),
        technologies("({n})-[:ABOUT]->({m}:Technology)", "What it is about."),
        SOURCES,
    ),
    (_POSTED,),
    visible=policies.NEED,
)

OFFER_ENTITY = Entity(
    "Offer",
    OFFER,
    OFFER.description,
    (
        stored(OFFER, "id", filter=True),
        stored(OFFER, "text", nullable=False),
        stored(OFFER, "language", words=LANGUAGE, filter=True),
        stored(OFFER, "posted_at", filter=True),
    ),
    (
        One("organisation", "Organisation", "({n})<-[:OFFERS]-({m}:Organisation)", "Who can supply it."),
        technologies("({n})-[:ABOUT]->({m}:Technology)", "What it is about."),
        SOURCES,
    ),
    (_POSTED,),
    visible=policies.BY_VISIBLE_ORGANISATION,
)
