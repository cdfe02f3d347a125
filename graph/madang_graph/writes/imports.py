"""Imports: batches of nodes and relationships, each committed together with the checkpoint that counts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

from madang_graph.client import Graph, Transaction
from madang_graph.errors import GraphError

NodeRow = Sequence[object]
"""[id, {property: value}, [[source id, [field, …], as-of date], …]]"""
EdgeRow = Sequence[object]
"""[id of the start, id of the end, {property: value}]"""


class MissingEndError(GraphError):
    """Relationships of an import point at nodes that are not there."""

    def __init__(self, pattern: str, given: int, written: int) -> None:
        super().__init__(
            f"{given - written} of {given} rows of {pattern} name a node that is not in the graph; load it first."
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far one table of a data set has been taken in."""

    key: str
    """Data set and table, as in `horizon/participations`."""
    checksum: str
    batches_done: int
    rows: int
    done: bool
    day: str | None = None
    """YYYY-MM-DD that the relative dates of the data set count from."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that go into one transaction, by label and by pattern."""

    nodes: Mapping[str, Sequence[NodeRow]]
    edges: Mapping[str, Sequence[EdgeRow]]


def _node(label: LiteralString) -> LiteralString:
    return "UNWIND $rows AS row\nMERGE (n:" + label + " {id: row[0]})\nSET n += row[1]"


def _stated(label: LiteralString) -> LiteralString:
    return (
        "UNWIND $rows AS row\nUNWIND row[1] AS statement\n"
        "MATCH (n:" + label + " {id: row[0]})\nMATCH (source:Source {id: statement[0]})\n"
        "MERGE (n)-[stated:STATED_BY]->(source)\nSET stated.fields = statement[1], stated.as_of = statement[2]"
    )


def _edge(start: LiteralString, kind: LiteralString, end: LiteralString) -> LiteralString:
    return (
        "UNWIND $rows AS row\n"
        "MATCH (start:" + start + " {id: row[0]})\nMATCH (end:" + end + " {id: row[1]})\n"
        "MERGE (start)-[edge:" + kind + "]->(end)\nSET edge += row[2]\nRETURN count(*)"
    )


_LABELS: tuple[LiteralString, ...] = (
    "Source",
    "Technology",
    "Industry",
    "District",
    "Space",
    "Programme",
    "Call",
    "Organisation",
    "Assessment",
    "Project",
    "Need",
    "Offer",
    "Introduction",
    "Judgement",
    "Person",
    "Notice",
    "Doubt",
    "Award",
    "Application",
    "Document",
)
_EDGES: tuple[tuple[LiteralString, LiteralString, LiteralString], ...] = (
    ("Technology", "PART_OF", "Technology"),
    ("Industry", "PART_OF", "Industry"),
    ("District", "PART_OF", "District"),
    ("District", "COVERS", "District"),
    ("Space", "LOCATED_IN", "District"),
    ("Space", "ABOUT", "Technology"),
    ("Programme", "HAS_CALL", "Call"),
    ("Programme", "ABOUT", "Technology"),
    ("Call", "ABOUT", "Technology"),
    ("Organisation", "LOCATED_IN", "District"),
    ("Organisation", "MEMBER_OF", "District"),
    ("Organisation", "IN_INDUSTRY", "Industry"),
    ("Organisation", "USES", "Technology"),
    ("Organisation", "ASSESSED_BY", "Assessment"),
    ("Organisation", "RUNS", "Programme"),
    ("Organisation", "RUNS", "Space"),
    ("Organisation", "TOOK_PART_IN", "Project"),
    ("Organisation", "TOOK_PART_IN", "Programme"),
    ("Organisation", "SEEKS", "Need"),
    ("Organisation", "OFFERS", "Offer"),
    ("Need", "ABOUT", "Technology"),
    ("Offer", "ABOUT", "Technology"),
    ("Project", "FUNDED_BY", "Programme"),
    ("Project", "ABOUT", "Technology"),
    ("Organisation", "ASKED", "Introduction"),
    ("Introduction", "ASKS", "Organisation"),
    ("Organisation", "JUDGED", "Judgement"),
    ("Judgement", "JUDGES", "Organisation"),
    ("Judgement", "CAME_OF", "Introduction"),
    ("Person", "ACTS_FOR", "Organisation"),
    ("Person", "MANAGES", "District"),
    ("Organisation", "RECEIVED", "Award"),
    ("Organisation", "APPLIED_WITH", "Application"),
    ("Organisation", "KEEPS", "Document"),
    ("Award", "UNDER", "Programme"),
    ("Application", "APPLIES_FOR", "Call"),
    ("Call", "ANNOUNCED_BY", "Notice"),
    ("Notice", "GIVEN_BY", "Source"),
    ("Doubt", "BETWEEN", "Notice"),
)
_WITH_PROVENANCE = frozenset(_LABELS) - {
    "Source",
    "Assessment",
    "Introduction",
    "Judgement",
    "Person",
    "Notice",
    "Doubt",
    "Award",
    "Application",
    "Document",
}

MERGE_NODES: dict[str, LiteralString] = {label: _node(label) for label in _LABELS}
"""One statement a label, by label."""
MERGE_STATED: dict[str, LiteralString] = {label: _stated(label) for label in _LABELS if label in _WITH_PROVENANCE}
"""One statement a label, by label: provenance per field."""
MERGE_EDGES: dict[str, LiteralString] = {f"(:{a})-[:{kind}]->(:{b})": _edge(a, kind, b) for a, kind, b in _EDGES}
"""One statement a pattern, by the pattern as `madang_graph.model` draws it."""


async def _merge(transaction: Transaction, batch: Batch) -> None:
    for label, rows in batch.nodes.items():
        await transaction.run(MERGE_NODES[label], {"rows": [row[:2] for row in rows]})
        stated = [(row[0], row[2]) for row in rows if row[2]] if label in MERGE_STATED else []
        if stated:
            await transaction.run(MERGE_STATED[label], {"rows": stated})
    for pattern, rows in batch.edges.items():
        written = await transaction.run(MERGE_EDGES[pattern], {"rows": rows})
        if written[0][0] != len(rows):
            raise MissingEndError(pattern, len(rows), written[0][0])


SAVE_CHECKPOINT = """
MERGE (i:Import {key: $key})
SET i.checksum = $checksum, i.batches_done = $batches_done, i.rows = $rows, i.done = $done, i.day = $day, i.at = $at
"""


async def write_batch(graph: Graph, batch: Batch, checkpoint: Checkpoint, *, at: str) -> None:
    """Write the batch and its checkpoint in one transaction; a repetition changes nothing.

    Args:    at: UTC instant, YYYY-MM-DDTHH:MM:SSZ.
    Raises:  MissingEndError: an edge names a node that is not there; nothing of the batch is kept.
    """

    async def work(transaction: Transaction) -> None:
        await _merge(transaction, batch)
        await transaction.run(
            SAVE_CHECKPOINT,
            {
                "key": checkpoint.key,
                "checksum": checkpoint.checksum,
                "batches_done": checkpoint.batches_done,
                "rows": checkpoint.rows,
                "done": checkpoint.done,
                "day": checkpoint.day,
                "at": at,
            },
        )

    await graph.transact(work, timeout_s=60.0)


READ_CHECKPOINTS = """
MATCH (i:Import)
WHERE i.key STARTS WITH $prefix
RETURN i.key, i.checksum, i.batches_done, i.rows, i.done, i.day
"""


async def read_checkpoints(graph: Graph, data_set: str) -> dict[str, Checkpoint]:
    """Return the checkpoints of the data set's tables, by key."""
    rows = await graph.read(READ_CHECKPOINTS, {"prefix": data_set + "/"}, timeout_s=10.0)
    return {row[0]: Checkpoint(*row) for row in rows}


FORGET_CHECKPOINTS = """
MATCH (i:Import)
WHERE i.key STARTS WITH $prefix
DELETE i
"""


async def forget_checkpoints(graph: Graph, data_set: str) -> None:
    """Count the data set as not taken in; what it wrote stays."""
    await graph.write(FORGET_CHECKPOINTS, {"prefix": data_set + "/"})


READ_INDUSTRY_CODES = """
MATCH (i:Industry)
WHERE i.code IS NOT NULL
RETURN i.code, i.id
"""


async def read_industry_ids(graph: Graph) -> dict[str, str]:
    """Return the ids of all industries, by code."""
    return {row[0]: row[1] for row in await graph.read(READ_INDUSTRY_CODES, timeout_s=10.0)}


READ_DISTRICTS = """
MATCH (d:District)
RETURN d.id, d.kind, coalesce(d.name_ko, ''), coalesce(d.name_en, ''), [(d)-[:PART_OF]->(c:District) | c.id]
"""


async def read_districts(graph: Graph) -> list[tuple[str, str, str, str, list[str]]]:
    """Return (id, kind, Korean name, English name, ids of what it is part of) of each district."""
    return [(row[0], row[1], row[2], row[3], row[4]) for row in await graph.read(READ_DISTRICTS, timeout_s=10.0)]


READ_TECHNOLOGIES = """
MATCH (t:Technology)
RETURN t.id, coalesce(t.name_ko, ''), coalesce(t.name_en, ''), coalesce(t.code, '')
"""


async def read_technologies(graph: Graph) -> list[tuple[str, str, str, str]]:
    """Return (id, Korean name, English name, code) of each technology."""
    return [(row[0], row[1], row[2], row[3]) for row in await graph.read(READ_TECHNOLOGIES, timeout_s=10.0)]
