"""Documents: papers that an organisation has ready."""

from madang_graph.model.documents import DOCUMENT
from madang_graph.reading.declare import Entity, One, Sort, stored
from madang_graph.subjects import policies
from madang_graph.subjects.words import DOCUMENT_KIND

ENTITY = Entity(
    "Document",
    DOCUMENT,
    DOCUMENT.description,
    (
        stored(DOCUMENT, "id"),
        stored(DOCUMENT, "kind", words=DOCUMENT_KIND, nullable=False),
        stored(DOCUMENT, "expires_on"),
        stored(DOCUMENT, "note"),
        stored(DOCUMENT, "version", nullable=False),
        stored(DOCUMENT, "recorded_at"),
    ),
    (One("organisation", "Organisation", "({n})<-[:KEEPS]-({m}:Organisation)", "Who has it."),),
    (Sort("EXPIRES", "{n}.expires_on", nullable=True),),
    visible=policies.DOCUMENT,
)
