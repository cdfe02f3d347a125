"""Introductions: one side asks, the other answers, both agree."""

from madang_graph.model.declare import Node, Relationship, instant, text
from madang_graph.model.judgements import JUDGEMENT_REASONS

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
        "reason": text("Why it was declined, as a code; missing: not said.", *JUDGEMENT_REASONS),
        "again_at": instant(
            "When the two may be suggested to each other again after it was declined; missing: not before one of the "
            "two has changed."
        ),
        "asker_digest": text("Digest of what the matching read of the asking side when it was declined."),
        "asked_digest": text("Digest of what the matching read of the other side when it was declined."),
        "lapsed_at": instant("When one of the two had changed since it was declined; missing: it holds."),
    },
    prefix="int_",
)

RELATIONSHIPS = (
    Relationship("(:Organisation)-[:ASKED]->(:Introduction)", "It asked to meet.", {}),
    Relationship("(:Introduction)-[:ASKS]->(:Organisation)", "Whom it asks.", {}),
    Relationship("(:Introduction)-[:CONCERNS]->(:Need)", "The need that it is about, if any.", {}),
)
