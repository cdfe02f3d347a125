"""Sentence vectors: those a run has made are stored, and spaces and programmes get theirs for search."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from madang_graph.client import Graph
from madang_graph.writes.vectors import VectorRow, programme_texts, space_texts, store_vectors
from madang_matching.profiles.vectors import snapshot_texts
from madang_matching.records import Snapshot, Vector
from madang_matching.text.encoder import TextEncoder

from madang_server.matches.vector_keys import vector_key

log = structlog.get_logger("madang.matches")

Progress = Callable[[str, float], None]
"""Told what goes on and how far it is, 0 to 1."""

_TEXTS_PER_BATCH = 200
"""Some seconds of one core; between batches other jobs get their turn."""


async def encode_missing(graph: Graph, encoder: TextEncoder, snapshot: Snapshot, progress: Progress) -> int:
    """Make and store the vectors that a snapshot lacks, batch by batch, so that a run that is cut off has not worked
    in vain; return how many. The snapshot is not changed: read it again."""
    missing = [(id_, text) for id_, text, vector in snapshot_texts(snapshot) if text and vector is None]
    for start in range(0, len(missing), _TEXTS_PER_BATCH):
        progress(f"Reading {len(missing)} new texts", start / len(missing))
        await _encode(graph, encoder, missing[start : start + _TEXTS_PER_BATCH])
    return len(missing)


async def store_made(graph: Graph, made: Mapping[str, Vector], texts: Mapping[str, str]) -> int:
    """Store the vectors that building profiles has made, each with the text it stands for; return how many."""
    rows = [VectorRow(id_, vector.tolist(), vector_key(texts[id_])) for id_, vector in made.items()]
    await store_vectors(graph, rows)
    return len(rows)


async def encode_for_search(graph: Graph, encoder: TextEncoder) -> int:
    """Make and store the vectors of spaces and programmes whose text has none; return how many."""
    texts = {row[0]: (_space_text(row), row[6]) for row in await space_texts(graph)}
    texts |= {row[0]: (_programme_text(row), row[6]) for row in await programme_texts(graph)}
    missing = [(id_, text) for id_, (text, key) in texts.items() if text and key != vector_key(text)]
    for start in range(0, len(missing), _TEXTS_PER_BATCH):
        await _encode(graph, encoder, missing[start : start + _TEXTS_PER_BATCH])
    return len(missing)


async def _encode(graph: Graph, encoder: TextEncoder, entries: Sequence[tuple[str, str]]) -> None:
    vectors = await asyncio.to_thread(encoder.encode, [text for _, text in entries])
    rows = zip(entries, vectors, strict=True)
    await store_vectors(graph, [VectorRow(id_, v.tolist(), vector_key(text)) for (id_, text), v in rows if v.any()])


def _space_text(row: Sequence[Any]) -> str:
    _, name_ko, name_en, summary_ko, summary_en, focus, _ = row
    return " ".join(part for part in (name_ko or name_en, summary_ko or summary_en, *(focus or ())) if part)


def _programme_text(row: Sequence[Any]) -> str:
    _, name_ko, name_en, summary_ko, summary_en, _, _ = row
    return " ".join(part for part in (name_ko or name_en, summary_ko or summary_en) if part)
