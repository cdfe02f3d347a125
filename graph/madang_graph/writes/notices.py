"""Notices: what is known of them before an import, and what the calls that they announce are put together from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from madang_graph.announcements import Announcement

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row, Transaction

_TIMEOUT_S = 60.0
_PAGE = 20_000


@dataclass(frozen=True, slots=True)
class KnownNotice:
    """A notice that is in the graph."""

    id: str
    source_key: str
    key: str
    digest: str
    state: str
    place: int
    title_key: str
    agency: str
    opens_on: str | None
    closes_on: str | None
    call_id: str


KNOWN_NOTICES: LiteralString = """
MATCH (n:Notice)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $page
MATCH (n)<-[:ANNOUNCED_BY]-(c:Call)
RETURN n.id, n.source_key, n.key, n.digest, n.state, n.place, n.title_key, n.agency, n.opens_on, n.closes_on, c.id
ORDER BY n.id
"""


async def read_known_notices(graph: Graph) -> list[KnownNotice]:
    """Return all notices in the order of their ids; takes about a second per 30,000."""
    known: list[KnownNotice] = []
    after = ""
    while rows := await graph.read(KNOWN_NOTICES, {"after": after, "page": _PAGE}, timeout_s=_TIMEOUT_S):
        known += [KnownNotice(*row) for row in rows]
        after = known[-1].id
    return known


ANNOUNCEMENTS: LiteralString = """
UNWIND $ids AS id
MATCH (c:Call {id: id})-[:ANNOUNCED_BY]->(n:Notice)-[:GIVEN_BY]->(s:Source)
RETURN c.id, n.id, n.source_key, s.id, n.agency, n.facts, coalesce(n.opens_on, n.closes_on), n.withdrawn_on
ORDER BY c.id, n.id
"""


def _announcement(row: Row) -> Announcement:
    notice_id, source_key, source_id, agency, facts, as_of, withdrawn_on = row[1:]
    return Announcement(notice_id, source_key, source_id, agency, _facts(facts), as_of, withdrawn_on)


def _facts(text: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(text)
    return found


def _by_call(rows: Sequence[Row]) -> dict[str, list[Announcement]]:
    found: dict[str, list[Announcement]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_announcement(row))
    return found


async def read_announcements(graph: Graph, call_ids: Sequence[str]) -> dict[str, list[Announcement]]:
    """Return the announcements of each call, by call id."""
    return _by_call(await graph.read(ANNOUNCEMENTS, {"ids": list(call_ids)}, timeout_s=_TIMEOUT_S))


async def announcements_of(transaction: Transaction, call_ids: Sequence[str]) -> dict[str, list[Announcement]]:
    """As `read_announcements`, within a transaction."""
    return _by_call(await transaction.run(ANNOUNCEMENTS, {"ids": list(call_ids)}))


KEPT_FIELDS: LiteralString = """
UNWIND $ids AS id
MATCH (c:Call {id: id})
WHERE c.kept_fields IS NOT NULL
RETURN c.id, c.kept_fields
"""


async def read_kept_fields(graph: Graph, call_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the properties that people have set themselves, of the calls that have such, by call id."""
    rows = await graph.read(KEPT_FIELDS, {"ids": list(call_ids)}, timeout_s=_TIMEOUT_S)
    return {row[0]: row[1] for row in rows}
