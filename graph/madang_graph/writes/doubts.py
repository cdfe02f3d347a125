"""Decisions on which notices announce one call, and the calls that come of it.

Notices that are joined by doubts in the state `same` are one group and announce one call: that of the notice which came
first. A call that is left without notices goes out of sight as `Merged`, with all its ties, and comes back with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, LiteralString

from madang_graph.announcements import Announcement, combined, own_call_id, provenances
from madang_graph.writes.instants import instant
from madang_graph.writes.notices import announcements_of

if TYPE_CHECKING:
    from madang_graph.client import Transaction


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt as it stands."""

    id: str
    state: str
    earlier: str | None
    version: int
    notice_ids: Sequence[str]
    """The two notices."""


@dataclass(frozen=True, slots=True)
class Member:
    """A notice of a group."""

    id: str
    place: int
    own_call_id: str
    """Of the call that it announces when it is the first of its group."""


# One lock for all decisions: two that touch the same calls must not pass each other, and there are few of them.
_LOCK: LiteralString = """
MATCH (d:Doubt {id: $id})-[:BETWEEN]->(n:Notice)-[:GIVEN_BY]->(s:Source)
SET s.id = s.id
"""

_FIND: LiteralString = """
MATCH (d:Doubt {id: $id})-[:BETWEEN]->(n:Notice)
WITH d, n ORDER BY n.place
RETURN d.id, d.state, d.earlier, d.version, collect(n.id)
"""


async def find_locked(transaction: Transaction, doubt_id: str) -> Doubt | None:
    """Return the doubt, held with the sources of its notices until the transaction ends; None when there is none."""
    await transaction.run(_LOCK, {"id": doubt_id})
    rows = await transaction.run(_FIND, {"id": doubt_id})
    return Doubt(*rows[0]) if rows else None


_SET_STATE: LiteralString = """
MATCH (d:Doubt {id: $id})
SET d.state = $state, d.earlier = $earlier, d.version = d.version + 1, d.decided_at = $decided_at
"""


async def set_state(
    transaction: Transaction, doubt_id: str, state: str, earlier: str | None, decided_at: datetime | None
) -> None:
    """Note the decision."""
    at = instant(decided_at) if decided_at else None
    await transaction.run(_SET_STATE, {"id": doubt_id, "state": state, "earlier": earlier, "decided_at": at})


_NEIGHBOURS: LiteralString = """
UNWIND $ids AS id
MATCH (:Notice {id: id})<-[:BETWEEN]-(:Doubt {state: 'same'})-[:BETWEEN]->(n:Notice)
RETURN DISTINCT n.id
"""

_MEMBERS: LiteralString = """
UNWIND $ids AS id
MATCH (n:Notice {id: id})
RETURN n.id, n.place, n.source_key, n.key
"""


async def group_of(transaction: Transaction, notice_id: str) -> list[Member]:
    """Return the notices that are joined with this one, directly or by others, in the order in which they came."""
    found, edge = {notice_id}, {notice_id}
    while edge:
        rows = await transaction.run(_NEIGHBOURS, {"ids": sorted(edge)})
        edge = {row[0] for row in rows} - found
        found |= edge
    rows = await transaction.run(_MEMBERS, {"ids": sorted(found)})
    members = [Member(row[0], row[1], own_call_id(row[2], row[3])) for row in rows]
    return sorted(members, key=lambda member: (member.place, member.id))


_CALLS_OF: LiteralString = """
UNWIND $ids AS id
MATCH (:Notice {id: id})<-[:ANNOUNCED_BY]-(c:Call)
OPTIONAL MATCH (p:Programme)-[:HAS_CALL]->(c)
RETURN DISTINCT c.id, p.id
"""

_RETURN_CALL: LiteralString = """
MATCH (c:Merged {id: $id})
SET c:Call
REMOVE c:Merged, c.was
"""

_MAKE_CALL: LiteralString = """
MERGE (c:Call {id: $id})
"""

_ADOPT: LiteralString = """
MATCH (c:Call {id: $id})
WHERE NOT EXISTS { (:Programme)-[:HAS_CALL]->(c) } AND NOT EXISTS { (:Merged)-[:HAS_CALL]->(c) }
MATCH (p:Programme {id: $programme_id})
MERGE (p)-[:HAS_CALL]->(c)
"""

_MOVE: LiteralString = """
UNWIND $ids AS id
MATCH (n:Notice {id: id})<-[old:ANNOUNCED_BY]-(:Call)
DELETE old
WITH DISTINCT n
MATCH (c:Call {id: $call_id})
MERGE (c)-[:ANNOUNCED_BY]->(n)
"""

# A programme that came meanwhile with another edition takes the place of the one that was put away.
_RETURN_PROGRAMMES: LiteralString = """
MATCH (away:Merged {was: 'Programme'})-[:HAS_CALL]->(c:Call)
WHERE NOT EXISTS { MATCH (p:Programme {id: away.id}) }
SET away:Programme
REMOVE away:Merged, away.was
"""

_REPLACE_PROGRAMMES: LiteralString = """
MATCH (away:Merged {was: 'Programme'})-[:HAS_CALL]->(c:Call)
MATCH (p:Programme {id: away.id})
MERGE (p)-[:HAS_CALL]->(c)
WITH DISTINCT away
DETACH DELETE away
"""

_PUT_CALLS_AWAY: LiteralString = """
UNWIND $ids AS id
MATCH (c:Call {id: id})
WHERE NOT EXISTS { (c)-[:ANNOUNCED_BY]->(:Notice) }
SET c:Merged, c.was = 'Call'
REMOVE c:Call
"""

_PUT_PROGRAMMES_AWAY: LiteralString = """
UNWIND $ids AS id
MATCH (p:Programme {id: id})
WHERE NOT EXISTS { (p)-[:HAS_CALL]->(:Call) } AND EXISTS { (p)-[:HAS_CALL]->(:Merged) }
SET p:Merged, p.was = 'Programme'
REMOVE p:Programme
"""


async def regroup(transaction: Transaction, groups: Iterable[Sequence[Member]], now: datetime) -> list[str]:
    """Let each group announce the call of its first notice, and put calls and programmes away that are left without.

    Returns: ids of the calls that stand now, the first group's first.
    """
    groups = [group for group in groups if group]
    everyone = [member.id for group in groups for member in group]
    before = await transaction.run(_CALLS_OF, {"ids": everyone})
    programme_ids = sorted({row[1] for row in before if row[1]})
    standing: list[str] = []
    for group in groups:
        call_id = group[0].own_call_id
        await transaction.run(_RETURN_CALL, {"id": call_id})
        await transaction.run(_MAKE_CALL, {"id": call_id})
        await transaction.run(_MOVE, {"ids": [member.id for member in group], "call_id": call_id})
        if programme_ids:
            await transaction.run(_ADOPT, {"id": call_id, "programme_id": programme_ids[0]})
        standing.append(call_id)
    left = sorted({row[0] for row in before} - set(standing))
    await transaction.run(_PUT_CALLS_AWAY, {"ids": left})
    await transaction.run(_RETURN_PROGRAMMES, {})
    await transaction.run(_REPLACE_PROGRAMMES, {})
    await transaction.run(_PUT_PROGRAMMES_AWAY, {"ids": programme_ids})
    for call_id, announcements in (await announcements_of(transaction, standing)).items():
        await _put_together(transaction, call_id, announcements, now)
    return standing


_KEPT: LiteralString = """
MATCH (c:Call {id: $id})
RETURN coalesce(c.kept_fields, [])
"""

_SET_CALL: LiteralString = """
MATCH (c:Call {id: $id})
SET c += $properties, c.updated_at = $now
"""

_UNSTATE: LiteralString = """
MATCH (c:Call {id: $id})-[stated:STATED_BY]->(s:Source)
WHERE EXISTS { (:Notice)-[:GIVEN_BY]->(s) }
DELETE stated
"""

_STATE: LiteralString = """
UNWIND $rows AS row
MATCH (c:Call {id: $id})
MATCH (s:Source {id: row[0]})
MERGE (c)-[stated:STATED_BY]->(s)
SET stated.fields = row[1], stated.as_of = row[2]
"""


async def _put_together(
    transaction: Transaction, call_id: str, announcements: Sequence[Announcement], now: datetime
) -> None:
    kept = (await transaction.run(_KEPT, {"id": call_id}))[0][0]
    given = {"id": call_id, "properties": combined(announcements, kept), "now": instant(now)}
    await transaction.run(_SET_CALL, given)
    await transaction.run(_UNSTATE, {"id": call_id})
    rows = [[each.source_id, list(each.fields), each.as_of] for each in provenances(announcements)]
    await transaction.run(_STATE, {"id": call_id, "rows": rows})
