"""Judgements: what organisations said of suggestions, and what became of them."""

from typing import Any

from madang_graph.model.judgements import JUDGEMENT
from madang_graph.reading.declare import Entity, Field, One, Sort, boolean, stored
from madang_graph.subjects import policies
from madang_graph.subjects.suggestions import REASON, from_json, with_points
from madang_graph.subjects.words import JUDGEMENT_REASON, JUDGEMENT_VERDICT


def _as_shown(value: list[Any], arguments: dict[str, Any]) -> list[dict[str, Any]]:
    contributions, score = value
    return with_points(from_json(contributions, arguments), score or 0.0)


ENTITY = Entity(
    "Judgement",
    JUDGEMENT,
    JUDGEMENT.description,
    (
        stored(JUDGEMENT, "id"),
        stored(JUDGEMENT, "verdict", words=JUDGEMENT_VERDICT, nullable=False, filter=True),
        stored(JUDGEMENT, "reason", words=JUDGEMENT_REASON, filter=True),
        stored(JUDGEMENT, "note"),
        stored(JUDGEMENT, "said_at", nullable=False, filter=True),
        stored(JUDGEMENT, "ended_at"),
        boolean("holds", "{n}.ended_at IS NULL", "Neither taken back nor replaced by a later word.", filter=True),
        stored(JUDGEMENT, "score"),
        stored(JUDGEMENT, "rank"),
        stored(JUDGEMENT, "list_version"),
        stored(JUDGEMENT, "model_version"),
        Field(
            "reasons",
            REASON,
            "[{n}.contributions, {n}.score]",
            "The reasons as they were shown then, strongest first.",
            nullable=False,
            many=True,
            compute=_as_shown,
        ),
    ),
    (
        One("organisation", "Organisation", "({n})<-[:JUDGED]-({m}:Organisation)", "Who judged."),
        One("partner", "Organisation", "({n})-[:JUDGES]->({m}:Organisation)", "The organisation that it is about."),
        One("call", "Call", "({n})-[:JUDGES]->({m}:Call)", "The call that it is about."),
        One("person", "Person", "({n})-[:SAID_BY]->({m}:Person)", "The person who said it."),
        One("introduction", "Introduction", "({n})-[:CAME_OF]->({m}:Introduction)", "The introduction it came of."),
    ),
    (Sort("SAID", "{n}.said_at", descending=True),),
    visible=policies.JUDGEMENT,
)
