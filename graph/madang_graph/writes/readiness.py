"""What setting up a demo still has to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from madang_graph.client import Graph

_LISTS_ARE_OLDER: LiteralString = """
CALL () { MATCH (o:Organisation) RETURN max(o.lists_computed_at) AS computed_at }
CALL () { MATCH (i:Import) WHERE i.key STARTS WITH $prefix RETURN max(i.at) AS imported_at }
RETURN computed_at IS NULL OR coalesce(imported_at > computed_at, false)
"""


async def lists_are_older(graph: Graph, data_set: str) -> bool:
    """Whether no list was ever computed, or none since the data set was taken in."""
    rows = await graph.read(_LISTS_ARE_OLDER, {"prefix": data_set + "/"}, timeout_s=10.0)
    return bool(rows[0][0])


_DAY: LiteralString = """
MATCH (i:Import)
WHERE i.key STARTS WITH $prefix
RETURN min(i.day), coalesce(min(toInteger(i.done)), 0) = 1
"""


async def imported_on(graph: Graph, data_set: str) -> tuple[str | None, bool]:
    """Return the day that the data set's relative dates count from, and whether it is in as far as it was begun."""
    rows = await graph.read(_DAY, {"prefix": data_set + "/"}, timeout_s=10.0)
    return rows[0][0], bool(rows[0][1])
