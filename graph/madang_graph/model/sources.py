"""Sources of the data, imports and their checkpoints, and which source stated which field."""

from madang_graph.model.declare import Node, Relationship, date, flag, instant, integer, text, texts

SOURCE = Node(
    "Source",
    "Where data came from, under which licence.",
    {
        "id": text("Public id of the source."),
        "key": text("Short name, as in cordis-h2020."),
        "title_ko": text("Title in Korean."),
        "title_en": text("Title in English."),
        "attribution": text("The attribution that its licence asks for, shown in the product."),
        "licence": text("Name of the licence or terms."),
        "url": text("Address of the source or licence."),
        "as_of": date("Date of the data."),
        "synthetic": flag("True: invented data."),
    },
    prefix="src_",
)

IMPORT = Node(
    "Import",
    "One table of one data set, with the checkpoint of how far it has been taken in.",
    {
        "key": text("Data set and table, as in horizon/participations."),
        "checksum": text("SHA-256 of the input and of the importer's version."),
        "batches_done": integer("Batches committed; written in the same transaction as the batch."),
        "rows": integer("Rows taken in."),
        "done": flag("True: the whole table is in."),
        "day": date("Day that the relative dates of the data set count from; missing: it has none."),
        "at": instant("Last batch."),
    },
    key="key",
)

_STATED = (
    "Organisation",
    "Programme",
    "Call",
    "Space",
    "District",
    "Technology",
    "Industry",
    "Project",
    "Need",
    "Offer",
)

RELATIONSHIPS = tuple(
    Relationship(
        f"(:{label})-[:STATED_BY]->(:Source)",
        "Provenance per field: this source stated these fields.",
        {"fields": texts("Names of the properties that it stated."), "as_of": date("Date of the statement.")},
    )
    for label in _STATED
)
