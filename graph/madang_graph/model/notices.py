"""Notices: what each source said of a call, and doubts on which of them announce the same one."""

from madang_graph.model.declare import Node, Relationship, date, instant, integer, json, number, text, texts

NOTICE_STATES = ("listed", "withdrawn")
DOUBT_STATES = ("open", "same", "different")

NOTICE = Node(
    "Notice",
    "A call as one source announced it. A call is put together from the notices that announce it.",
    {
        "id": text("Public id of the notice, stable over imports."),
        "source_key": text("Short name of its source, as in k-startup."),
        "key": text("Its id at the source."),
        "title": text("Its title, as the source writes it."),
        "title_key": text("The title without year, brackets and filler, for comparing."),
        "agency": text("Who announced it, as the source writes it."),
        "opens_on": date("First day of applying; missing: not stated."),
        "closes_on": date("Last day of applying; missing: not stated."),
        "url": text("Address of the notice at its source."),
        "facts": json("What it states of its call: property names and values."),
        "digest": text("Changes with anything that the source states."),
        "place": integer("Its place in the order in which notices came; the first of a call gives the call its id."),
        "state": text("Whether its source still lists it.", *NOTICE_STATES),
        "withdrawn_on": date("Day on which its source did not list it any more, before it closed."),
    },
    prefix="ntc_",
)

DOUBT = Node(
    "Doubt",
    "Two notices of which the one may announce what the other does, and what was decided.",
    {
        "id": text("Public id of the doubt."),
        "score": number("How alike the two are, 0 to 1."),
        "why": texts("What speaks for it, in words of a closed list: title, agency, dates."),
        "state": text("Open: nobody has decided; same: one call; different: two calls.", *DOUBT_STATES),
        "earlier": text("State before the last decision of a person; missing: none was made, or it was undone."),
        "decided_at": instant("When a person decided; missing: the import did, or nobody has."),
        "version": integer("Counts the decisions, so that two people do not decide past each other."),
    },
    prefix="dbt_",
)

MERGED = Node(
    "Merged",
    "A call, or its programme, that was found to be another one: out of sight with all its ties until that is undone.",
    {
        "id": text("Public id that it had."),
        "was": text("What it was.", "Call", "Programme"),
    },
)

RELATIONSHIPS = (
    Relationship("(:Call)-[:ANNOUNCED_BY]->(:Notice)", "This notice announces the call.", {}),
    Relationship("(:Notice)-[:GIVEN_BY]->(:Source)", "This source gave the notice.", {}),
    Relationship("(:Doubt)-[:BETWEEN]->(:Notice)", "One of the two notices that the doubt is about.", {}),
)
