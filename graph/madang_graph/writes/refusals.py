"""Refusals: which pairs must not be suggested, and which may again because one of the two has changed since."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, LiteralString

from madang_graph.writes.instants import instant
from madang_graph.writes.materials import read_call_parts, read_digests

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row

_TIMEOUT_S = 50.0

_HELD_DISMISSALS: LiteralString = """
MATCH (o:Organisation)-[d:DISMISSED]->(x:Organisation)
WHERE d.lapsed_at IS NULL AND d.own_digest IS NOT NULL AND d.subject_digest IS NOT NULL
  AND ($id IS NULL OR o.id = $id OR x.id = $id)
RETURN null, o.id, x.id, d.own_digest, d.subject_digest
"""

_HELD_CALLS: LiteralString = """
MATCH (o:Organisation)-[d:DISMISSED]->(c:Call)
WHERE d.lapsed_at IS NULL AND d.subject_digest IS NOT NULL AND ($id IS NULL OR o.id = $id)
RETURN o.id, c.id, d.dismissed_at, d.subject_digest, d.subject_parts
"""

_HELD_DECLINES: LiteralString = """
MATCH (a:Organisation)-[:ASKED]->(i:Introduction {state: 'declined'})-[:ASKS]->(b:Organisation)
WHERE i.lapsed_at IS NULL AND i.asker_digest IS NOT NULL AND i.asked_digest IS NOT NULL
  AND ($id IS NULL OR a.id = $id OR b.id = $id)
RETURN i.id, a.id, b.id, i.asker_digest, i.asked_digest
"""

_LAPSE_DISMISSALS: LiteralString = """
UNWIND $rows AS row
MATCH (o:Organisation {id: row[0]})-[d:DISMISSED]->(x:Organisation {id: row[1]})
WHERE d.own_digest = row[2] AND d.subject_digest = row[3]
SET d.lapsed_at = $now
"""

_LAPSE_CALLS: LiteralString = """
UNWIND $rows AS row
MATCH (o:Organisation {id: row[0]})-[d:DISMISSED]->(c:Call {id: row[1]})
WHERE d.dismissed_at = row[2]
SET d.lapsed_at = $now, d.lapsed_for = row[3]
"""

_LAPSE_DECLINES: LiteralString = """
UNWIND $ids AS id
MATCH (i:Introduction {id: id})
SET i.lapsed_at = $now
"""


async def lapse_refusals(graph: Graph, now: datetime, organisation_id: str | None = None) -> int:
    """End the refusals of which a side has changed since, as `materials` sees it; return how many. A call that was
    hidden comes back when the call has changed, whatever the organisation does.

    What was refused before digests were kept ends by its day or by hand only.

    Args:    organisation_id: look only at refusals of this organisation and of others against it.
    """
    given = {"id": organisation_id}
    dismissals = await graph.read(_HELD_DISMISSALS, given, timeout_s=_TIMEOUT_S)
    declines = await graph.read(_HELD_DECLINES, given, timeout_s=_TIMEOUT_S)
    ids = sorted({identity for row in (*dismissals, *declines) for identity in row[1:3]})
    present = await read_digests(graph, ids) if ids else {}
    changed = [row[1:5] for row in dismissals if _has_changed(row, present)]
    ended = [row[0] for row in declines if _has_changed(row, present)]
    if changed:
        await graph.write(_LAPSE_DISMISSALS, {"rows": changed, "now": instant(now)}, timeout_s=_TIMEOUT_S)
    if ended:
        await graph.write(_LAPSE_DECLINES, {"ids": ended, "now": instant(now)}, timeout_s=_TIMEOUT_S)
    return len(changed) + len(ended) + await _lapse_calls(graph, now, organisation_id)


async def _lapse_calls(graph: Graph, now: datetime, organisation_id: str | None) -> int:
    held = await graph.read(_HELD_CALLS, {"id": organisation_id}, timeout_s=_TIMEOUT_S)
    ids = sorted({row[1] for row in held})
    whole = await read_digests(graph, ids) if ids else {}
    parts = await read_call_parts(graph, ids)
    ended: list[list[object]] = []
    for identity, call_id, dismissed_at, digest, before in held:
        if call_id in whole:
            since = _changed_parts(before, parts[call_id]) if before else ["texts"] * (digest != whole[call_id])
            if since:
                ended.append([identity, call_id, dismissed_at, since])
    if ended:
        await graph.write(_LAPSE_CALLS, {"rows": ended, "now": instant(now)}, timeout_s=_TIMEOUT_S)
    return len(ended)


def _changed_parts(before: str, present: dict[str, str]) -> list[str]:
    """Return which parts of a call are not as they were."""
    known: dict[str, str] = json.loads(before)
    return [name for name, digest in present.items() if known.get(name, digest) != digest]


def _has_changed(row: Row, present: dict[str, str]) -> bool:
    return any(present.get(identity, digest) != digest for identity, digest in zip(row[1:3], row[3:5], strict=True))


_REFUSED: LiteralString = """
CALL () {
  MATCH (o:Organisation)-[d:DISMISSED]->(x:Organisation)
  WHERE d.lapsed_at IS NULL AND (d.again_at IS NULL OR d.again_at > $now)
  RETURN o.id AS organisation, x.id AS subject
  UNION
  MATCH (a:Organisation)-[:ASKED]->(i:Introduction {state: 'declined'})-[:ASKS]->(b:Organisation)
  WHERE i.lapsed_at IS NULL AND (i.again_at IS NULL OR i.again_at > $now)
  UNWIND [[a.id, b.id], [b.id, a.id]] AS pair
  RETURN pair[0] AS organisation, pair[1] AS subject
}
RETURN organisation, subject
"""


async def refused_pairs(graph: Graph, now: datetime) -> list[tuple[str, str]]:
    """Return (organisation id, id of the other) that must not be suggested to it now: dismissed by it, or an
    introduction was declined, then in both directions. Dismissed calls stay in the lists and are left out when a list
    is read, so that one that is taken back is there at once."""
    return [(a, b) for a, b in await graph.read(_REFUSED, {"now": instant(now)}, timeout_s=_TIMEOUT_S)]
