"""Applications: what an organisation applied for, and what became of it."""

from madang_graph.model.declare import Node, Relationship, date, instant, integer, text

APPLICATION_STATES = ("preparing", "submitted", "accepted", "refused", "withdrawn")

APPLICATION = Node(
    "Application",
    "One entry of an organisation's own list of what it applies for.",
    {
        "id": text("Public id of the application."),
        "name": text("What it is for, in the words of who recorded it; the call's name where one is linked."),
        "state": text("How far it is.", *APPLICATION_STATES),
        "applied_on": date("Day on which it was, or is to be, handed in."),
        "note": text("What its own people want to remember."),
        "version": integer("Counts every saving; a form sends the one it was filled from."),
        "recorded_at": instant("When it was last saved."),
        "removed_at": instant("When it was taken off the list; missing: it stands."),
    },
    prefix="apl_",
)

RELATIONSHIPS = (
    Relationship("(:Organisation)-[:APPLIED_WITH]->(:Application)", "It applies, or applied, with this.", {}),
    Relationship("(:Application)-[:APPLIES_FOR]->(:Call)", "It is for this call.", {}),
)
