"""Fields and edges that several subjects have alike."""

from typing import LiteralString

from madang_graph.model.declare import Node
from madang_graph.model.sources import RELATIONSHIPS as _STATED
from madang_graph.reading.declare import Field, Many, Sort, boolean, localised, stored
from madang_graph.reading.types import Scalar

BY_NAME = Sort("NAME", "{n}.name_key")


def name_fields(node: Node) -> tuple[Field, ...]:
    """Return id, names and the synthetic mark of a named thing."""
    return (
        stored(node, "id", filter=True),
        localised(node, "name", "Name, in the language asked for, else in the other one.", nullable=False),
        stored(node, "name_ko", filter=True),
        stored(node, "name_en", filter=True),
        boolean("synthetic", "{n}.synthetic", node.properties["synthetic"].description, filter=True),
    )


def summary_fields(node: Node) -> tuple[Field, ...]:
    return (
        localised(node, "summary", "What it is about, in the language asked for, else in the other one."),
        stored(node, "summary_ko"),
        stored(node, "summary_en"),
    )


def place_fields() -> tuple[Field, ...]:
    return (
        Field("longitude", Scalar.FLOAT, "{n}.location.longitude", "Degrees east, WGS84."),
        Field("latitude", Scalar.FLOAT, "{n}.location.latitude", "Degrees north, WGS84."),
    )


SOURCES = Many(
    "sources",
    "Source",
    "({n})-[{r}:STATED_BY]->({m}:Source)",
    "Where its values came from: provenance per field.",
    edge="Statement",
    edge_fields=(
        Field(
            "fields",
            Scalar.STRING,
            "coalesce({r}.fields, [])",
            "Names of the properties that the source stated.",
            nullable=False,
            many=True,
        ),
        stored(_STATED[0], "as_of", of="{r}"),
    ),
    filter=False,
)


def technologies(pattern: LiteralString, description: str) -> Many:
    return Many("technologies", "Technology", pattern, description)
