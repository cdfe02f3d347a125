"""A checksum over everything that people see in the graph, to prove that a second import changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, cast

from madang_graph.client import Graph
from madang_graph.model import NODES

_BOOKKEEPING = frozenset(
    {"Outbox", "Effect", "Request", "Audit", "Migration", "Lock", "Session", "Token", "ClusterGraph"}
)
_TIMES_OF_WRITING: Mapping[str, frozenset[str]] = {"Import": frozenset({"at"})}
"""Properties that say when a row was written, not what."""
_PAGE = 1_000
_TIMEOUT_S = 60.0
_MODULUS = 2**128


@dataclass(frozen=True, slots=True)
class GraphChecksum:
    """What a graph holds, in three figures."""

    nodes: int
    relationships: int
    digest: str
    """32 hexadecimal digits over labels, properties, relationships; independent of order and of internal ids."""


# Labels and keys come from the vocabulary, so the text is as literal as they are.
def _statement(label: str, key: str) -> LiteralString:
    return cast(
        "LiteralString",
        f"MATCH (n:{label})\nWHERE n.{key} > $after\nWITH n ORDER BY n.{key} LIMIT $page\n"
        f"RETURN n.{key}, labels(n), properties(n),\n"
        "[(n)-[r]->(m) | [type(r), labels(m), coalesce(m.id, m.key, m.name, m.hash), properties(r)]]",
    )


async def graph_checksum(graph: Graph) -> GraphChecksum:
    """Read the whole graph in pages and return its checksum; takes about a second per 10,000 nodes.

    Left out are sessions, the platform's own notes, computed cluster graphs, and times of writing.
    """
    nodes, relationships, total = 0, 0, 0
    for node in NODES:
        if node.label in _BOOKKEEPING:
            continue
        statement, after = _statement(node.label, node.key), ""
        while rows := await graph.read(statement, {"after": after, "page": _PAGE}, timeout_s=_TIMEOUT_S):
            for key, labels, properties, ties in rows:
                kept = _without_times(node.label, properties)
                total += _hash([sorted(labels), kept])
                for kind, end_labels, end_key, tie_properties in ties:
                    total += _hash([sorted(labels), key, kind, sorted(end_labels), end_key, tie_properties])
            nodes, relationships, after = (
                nodes + len(rows),
                relationships + sum(len(row[3]) for row in rows),
                rows[-1][0],
            )
    return GraphChecksum(nodes, relationships, f"{total % _MODULUS:032x}")


def _without_times(label: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    times = _TIMES_OF_WRITING.get(label, frozenset())
    return {name: value for name, value in properties.items() if name not in times}


def _hash(value: object) -> int:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=_plain)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())


def _plain(value: object) -> object:
    """Return points and vectors as lists of numbers; the driver gives both as sequences."""
    return list(cast("Iterator[object]", value))
