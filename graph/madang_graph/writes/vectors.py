"""Sentence vectors: which texts have none that is current, and storing them in batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row

VECTORS_PER_WRITE = 500
"""512 floats each; a thousand would make transactions of several megabytes."""

_TIMEOUT_S = 50.0


@dataclass(frozen=True, slots=True)
class VectorRow:
    """A vector for one node."""

    id: str
    vector: Sequence[float]
    """512 float32, length 1."""
    key: str
    """Which encoder and which text it stands for."""


_SPACE_TEXTS: LiteralString = """
MATCH (n:Space)
RETURN n.id, n.name_ko, n.name_en, n.summary_ko, n.summary_en, n.focus, n.text_vector_key
ORDER BY n.id
"""

_PROGRAMME_TEXTS: LiteralString = """
MATCH (n:Programme)
RETURN n.id, n.name_ko, n.name_en, n.summary_ko, n.summary_en, n.purposes, n.text_vector_key
ORDER BY n.id
"""


async def space_texts(graph: Graph) -> list[Row]:
    """Return [id, name_ko, name_en, summary_ko, summary_en, focus, vector key] of each space, by id."""
    return await graph.read(_SPACE_TEXTS, timeout_s=_TIMEOUT_S)


async def programme_texts(graph: Graph) -> list[Row]:
    """Return [id, name_ko, name_en, summary_ko, summary_en, purposes, vector key] of each programme, by id."""
    return await graph.read(_PROGRAMME_TEXTS, timeout_s=_TIMEOUT_S)


# The procedure stores 32-bit floats; SET would store 64-bit ones, twice the space for the same index.
_STORE: LiteralString = """
UNWIND $rows AS row
MATCH (n:Organisation|Call|Need|Offer|Space|Programme {id: row[0]})
SET n.text_vector_key = row[2]
WITH n, row
CALL db.create.setNodeVectorProperty(n, 'text_vector', row[1])
"""


async def store_vectors(graph: Graph, rows: Sequence[VectorRow]) -> None:
    """Store vectors, 500 a transaction; nodes deleted meanwhile are left out."""
    for start in range(0, len(rows), VECTORS_PER_WRITE):
        batch = [[row.id, list(row.vector), row.key] for row in rows[start : start + VECTORS_PER_WRITE]]
        await graph.write(_STORE, {"rows": batch}, timeout_s=30)
