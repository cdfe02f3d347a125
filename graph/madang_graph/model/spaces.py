"""Innovation spaces: hubs, labs, test-beds, living labs."""

from madang_graph.model.declare import Node, Relationship, integer, named, point, text, texts, vector

SPACE_KINDS = ("hub", "lab", "coworking", "maker", "testbed", "living_lab")
SPACE_STATES = ("open", "closed", "unknown")

SPACE = Node(
    "Space",
    "A place that firms can use: hub, lab, test-bed, living lab.",
    {
        **named("space"),
        "kind": text("What it is.", *SPACE_KINDS),
        "summary_ko": text("What one finds there, in Korean."),
        "summary_en": text("What one finds there, in English."),
        "focus": texts("Fields it is made for, in English words of the source."),
        "opened_year": integer("Year of opening."),
        "size_note": text("Seats or floor area, in the words of the source."),
        "tenancy_note": text("Who may stay how long, in the words of the source."),
        "state": text("Open, closed, or not known, as of the year.", *SPACE_STATES),
        "dong": text("Legal dong, in Korean."),
        "as_of_year": integer("Year for which the facts were seen."),
        "source_note": text("Where the facts were seen."),
        "location": point("A point inside its dong or gu; not the door."),
        "text_vector": vector("Sentence vector of name and focus."),
        "text_vector_key": text("Which encoder and which text the vector stands for; another text needs a new one."),
    },
    prefix="spc_",
    search=True,
)

RELATIONSHIPS = (
    Relationship("(:Space)-[:LOCATED_IN]->(:District)", "It stands in this gu.", {}),
    Relationship("(:Space)-[:ABOUT]->(:Technology)", "It is equipped for this technology.", {}),
)
