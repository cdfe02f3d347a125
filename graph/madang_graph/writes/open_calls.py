"""Calls that may still be applied for, as the judging reads them; and one organisation as an applicant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, LiteralString

from madang_graph.subjects.eligibility import APPLICANT, CALL_DAYS
from madang_graph.writes.instants import instant

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row

MOST = 200
TIMEOUT_S = 10.0
"""The statement is planned at its first use, which takes seconds on a busy machine."""

_OPEN: LiteralString = """
MATCH (c:Call)
WHERE (c.closes_at >= $now OR c.closes_at IS NULL) AND c.archived_at IS NULL AND c.withdrawn_on IS NULL
  AND ($any OR c.id IN $ids)
WITH c ORDER BY c.closes_at IS NULL, c.closes_at, c.id LIMIT $most
RETURN """ + CALL_DAYS.replace("{c}", "c")

_APPLICANT: LiteralString = """
MATCH (o:Organisation {id: $id})
RETURN """ + APPLICANT.replace("{o}", "o")


async def open_call_rows(graph: Graph, now: datetime, ids: Sequence[str] | None = None) -> list[Row]:
    """Return the first to close, at most MOST, each as `subjects.eligibility.CALL_DAYS`.

    Args: ids: these alone; None: all.
    """
    given = {"now": instant(now), "any": ids is None, "ids": list(ids or ("",)), "most": MOST}
    return [row[0] for row in await graph.read(_OPEN, given, timeout_s=TIMEOUT_S)]


async def applicant_row(graph: Graph, organisation_id: str) -> Row | None:
    """Return one organisation as `subjects.eligibility.APPLICANT`; None when there is none."""
    rows = await graph.read(_APPLICANT, {"id": organisation_id}, timeout_s=TIMEOUT_S)
    return rows[0][0] if rows else None
