"""Introductions."""

from madang_graph.model.introductions import INTRODUCTION
from madang_graph.reading.declare import Entity, Many, One, Sort, stored
from madang_graph.subjects import policies
from madang_graph.subjects.words import INTRODUCTION_STATE

ENTITY = Entity(
    "Introduction",
    INTRODUCTION,
    INTRODUCTION.description,
    (
        stored(INTRODUCTION, "id"),
        stored(INTRODUCTION, "state", words=INTRODUCTION_STATE, nullable=False, filter=True),
        stored(INTRODUCTION, "message"),
        stored(INTRODUCTION, "answer"),
        stored(INTRODUCTION, "asked_at"),
        stored(INTRODUCTION, "answered_at"),
        stored(INTRODUCTION, "expires_at"),
    ),
    (
        One("asker", "Organisation", "({n})<-[:ASKED]-({m}:Organisation)", "Who asked."),
        One("asked", "Organisation", "({n})-[:ASKS]->({m}:Organisation)", "Who was asked."),
        One("need", "Need", "({n})-[:CONCERNS]->({m}:Need)", "The need it is about."),
        Many(
            "judgements",
            "Judgement",
            "({n})<-[:CAME_OF]-({m}:Judgement)",
            "What the viewer's side answered and said came of it.",
        ),
    ),
    (Sort("ASKED", "{n}.asked_at", nullable=True, descending=True),),
    visible=policies.INTRODUCTION,
)
