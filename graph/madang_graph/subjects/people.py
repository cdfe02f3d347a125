"""People: the viewer, and colleagues."""

from madang_graph.model.people import PERSON, RELATIONSHIPS
from madang_graph.reading.declare import LANGUAGE, Entity, Many, Sort, boolean, stored
from madang_graph.reading.types import Words
from madang_graph.subjects import policies
from madang_graph.subjects.watches import OWN_FIELDS, WATCHES

ROLE = Words("Role", ("owner", "editor", "reader"), "What a person may do for an organisation.")
_ACTS_FOR = RELATIONSHIPS[0]

PERSON_ENTITY = Entity(
    "Person",
    PERSON,
    PERSON.description,
    (stored(PERSON, "id"), stored(PERSON, "name")),
    sorts=(Sort("NAME", "{n}.name", nullable=True),),
    visible=policies.COLLEAGUE,
)

VIEWER_ENTITY = Entity(
    "Viewer",
    PERSON,
    "The person who is signed in.",
    (
        stored(PERSON, "id"),
        stored(PERSON, "name"),
        stored(PERSON, "email"),
        stored(PERSON, "language", words=LANGUAGE),
        boolean("isAdmin", "{n}.admin", PERSON.properties["admin"].description),
        *OWN_FIELDS,
    ),
    (
        Many(
            "organisations",
            "Organisation",
            "({n})-[{r}:ACTS_FOR]->({m}:Organisation)",
            "Organisations the person acts for.",
            edge="Role",
            edge_fields=(stored(_ACTS_FOR, "role", words=ROLE, of="{r}"),),
        ),
        Many("districts", "District", "({n})-[:MANAGES]->({m}:District)", "Districts the person manages."),
        WATCHES,
    ),
    visible=policies.ONESELF,
    is_node=False,
)
