"""Judgements: all that organisations said of suggestions, and what became of them. The matching learns from it."""

from madang_graph.model.declare import Node, Relationship, instant, integer, json, number, text

JUDGEMENT_VERDICTS = ("useful", "not_relevant", "accepted", "refused", "worked", "failed")
JUDGEMENT_REASONS = ("wrong_field", "too_far", "wrong_size", "known_already", "competitor", "bad_timing", "other")

JUDGEMENT = Node(
    "Judgement",
    "One word of an organisation on a suggestion, or what became of it, with the score as it was shown then.",
    {
        "id": text("Public id of the judgement."),
        "verdict": text(
            "useful, not_relevant: said of a suggestion. accepted, refused: answered to a request to meet. "
            "worked, failed: what came of an introduction.",
            *JUDGEMENT_VERDICTS,
        ),
        "reason": text("Why, as a code; missing: not said.", *JUDGEMENT_REASONS),
        "note": text("Why, in the person's own words."),
        "said_at": instant("When it was said."),
        "ended_at": instant("When it was taken back or replaced by a later word; missing: it holds."),
        "score": number("Score of the suggestion as shown then, 0 to 1; missing: it was on no list."),
        "rank": integer("Its place in the list as shown then; missing: it was on no list."),
        "list_version": text("Version of that list."),
        "model_version": text("Version of the model that had scored it."),
        "contributions": json("The reasons as shown then: list of {kind, weight, ko, en, fact}."),
    },
    prefix="jdg_",
)

RELATIONSHIPS = (
    Relationship("(:Organisation)-[:JUDGED]->(:Judgement)", "It said so.", {}),
    Relationship("(:Judgement)-[:JUDGES]->(:Organisation)", "The partner it is about.", {}),
    Relationship("(:Judgement)-[:JUDGES]->(:Call)", "The call it is about.", {}),
    Relationship("(:Judgement)-[:SAID_BY]->(:Person)", "The person who said it.", {}),
    Relationship("(:Judgement)-[:CAME_OF]->(:Introduction)", "The introduction it came of, if any.", {}),
)
