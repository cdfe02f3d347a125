"""What suggestions find names by, for things that were written before it was kept."""

from __future__ import annotations

from typing import LiteralString

from madang_graph.client import Graph
from madang_graph.name_starts import name_starts

_NAMED: tuple[LiteralString, ...] = (
    "Organisation", "Programme", "Call", "Space", "District", "Technology", "Industry", "Project",
)  # fmt: skip

_MISSING_OF_LABEL: tuple[LiteralString, ...] = tuple(
    f"MATCH (n:{label}) WHERE n.name_starts IS NULL AND (n.name_ko IS NOT NULL OR n.name_en IS NOT NULL) RETURN n"
    for label in _NAMED
)
"""Label by label: asked for all at once, the planner may look at every node of a small graph."""

MISSING: LiteralString = (
    "CALL () { " + " UNION ALL ".join(_MISSING_OF_LABEL) + " } RETURN elementId(n), n.name_ko, n.name_en LIMIT 1000"
)

SET_NAME_STARTS: LiteralString = """
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row[0]
SET n.name_starts = row[1]
"""


async def fill_name_starts(graph: Graph) -> int:
    """Give every named thing its `name_starts`, a thousand in a transaction; a repetition changes nothing.

    Returns: how many had none.
    """
    filled = 0
    while rows := await graph.read(MISSING, timeout_s=60):
        made = [[row[0], name_starts(row[1], row[2])] for row in rows]
        await graph.write(SET_NAME_STARTS, {"rows": made}, timeout_s=60)
        filled += len(rows)
    return filled
