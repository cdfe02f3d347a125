"""Introductions: one side asks, the other answers, both agree."""

from madang_graph.model.declare import Node, Relationship, instant, text

INTRODUCTION_STATES = ("requested", "accepted", "declined", "withdrawn", "expired")

INTRODUCTION = Node(
    "Introduction",
    "A request of one organisation to meet another. Contact data are shown to both sides once it is accepted.",
    {
        "id": text("Public id of the introduction."),
        "state": text("State.", *INTRODUCTION_STATES),
        "message": text("What the asking side wrote."),
        "answer": text("What the other side answered."),
        "asked_at": instant("When it was asked."),
        "answered_at": instant("When it was answered, or taken back."),
        "expires_at": instant("When it lapses without an answer."),
    },
    prefix="int_",
)

RELATIONSHIPS = (
    Relationship("(:Organisation)-[:ASKED]->(:Introduction)", "It asked to meet.", {}),
    Relationship("(:Introduction)-[:ASKS]->(:Organisation)", "Whom it asks.", {}),
    Relationship("(:Introduction)-[:CONCERNS]->(:Need)", "The need that it is about, if any.", {}),
)
