"""The note of which matching model serves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from madang_graph.client import Graph

SERVING = "mdl_serving"
"""Id of the one note."""

_NOTED: LiteralString = """
OPTIONAL MATCH (m:MatchingModel {id: $id})
RETURN m.version, m.basic_reason
"""


async def noted_model(graph: Graph) -> tuple[str | None, str | None]:
    """Return version and reason of basic matching as noted last; (None, None) before the first note."""
    ((version, reason),) = await graph.read(_NOTED, {"id": SERVING})
    return version, reason


_NOTE: LiteralString = """
MERGE (m:MatchingModel {id: $id})
SET m = $properties, m.id = $id
"""


async def note_model(graph: Graph, properties: Mapping[str, Any]) -> None:
    """Replace the note; its properties are those declared in `model.matching`, None leaves one out."""
    await graph.write(_NOTE, {"id": SERVING, "properties": dict(properties)})
