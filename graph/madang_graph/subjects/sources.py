"""Sources of the data."""

from madang_graph.model.sources import SOURCE
from madang_graph.reading.declare import Entity, Sort, boolean, localised, stored

ENTITY = Entity(
    "Source",
    SOURCE,
    SOURCE.description,
    (
        stored(SOURCE, "id", filter=True),
        stored(SOURCE, "key", filter=True),
        localised(SOURCE, "title", "Title, in the language asked for, else in the other one."),
        stored(SOURCE, "attribution"),
        stored(SOURCE, "licence"),
        stored(SOURCE, "url"),
        stored(SOURCE, "as_of"),
        boolean("synthetic", "{n}.synthetic", SOURCE.properties["synthetic"].description, filter=True),
    ),
    sorts=(Sort("KEY", "{n}.key", nullable=True),),
)
