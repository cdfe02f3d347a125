"""Needs and offers: what someone looks for, what someone can supply."""

from madang_graph.model.declare import Node, Relationship, instant, text, vector, won

NEED_STATES = ("open", "met", "withdrawn")
BARRIERS = ("skill", "money", "partner", "data", "equipment", "time")

NEED = Node(
    "Need",
    "What an organisation looks for, in its own words.",
    {
        "id": text("Public id of the need."),
        "text": text("The need as written, one to three sentences."),
        "language": text("Language of the text.", "ko", "en"),
        "barrier": text("What stands in the way.", *BARRIERS),
        "budget_won": won("What it would spend."),
        "state": text("State of the need.", *NEED_STATES),
        "search_text": text("The text for the full-text index, with spaces where Hangul meets Latin."),
        "text_vector": vector("Sentence vector of the text."),
        "text_vector_key": text("Which encoder and which text the vector stands for; another text needs a new one."),
        "posted_at": instant("When it was posted."),
    },
    prefix="need_",
    search=True,
)

OFFER = Node(
    "Offer",
    "What an organisation can supply, in its own words.",
    {
        "id": text("Public id of the offer."),
        "text": text("The offer as written."),
        "language": text("Language of the text.", "ko", "en"),
        "search_text": text("The text for the full-text index, with spaces where Hangul meets Latin."),
        "text_vector": vector("Sentence vector of the text."),
        "text_vector_key": text("Which encoder and which text the vector stands for; another text needs a new one."),
        "posted_at": instant("When it was posted."),
    },
    prefix="off_",
    search=True,
)

RELATIONSHIPS = (
    Relationship("(:Organisation)-[:SEEKS]->(:Need)", "It looks for this.", {}),
    Relationship("(:Organisation)-[:OFFERS]->(:Offer)", "It can supply this.", {}),
    Relationship("(:Need)-[:ABOUT]->(:Technology)", "The need is about this technology.", {}),
    Relationship("(:Offer)-[:ABOUT]->(:Technology)", "The offer is about this technology.", {}),
)
