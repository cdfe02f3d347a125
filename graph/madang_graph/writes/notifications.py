"""What people are told of what they watch: noted once, and held by the letter that tells it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Language, Viewer
from madang_graph.writes.instants import instant

_TIMEOUT_S = 10.0
"""Jobs can wait longer than pages."""
CALL_FACTS = ("name", "opens_at", "closes_at", "amount_max_won", "rules", "withdrawn_on")
"""What of a watched call is compared."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Someone with watches. `digest`: daily, weekly, off."""

    person_id: str
    digest: str
    language: Language = "ko"
    organisation_ids: tuple[str, ...] = ()
    """Those that the person acts for now: verdicts of calls are theirs."""

    @property
    def viewer(self) -> Viewer:
        """The person as who reads."""
        return Viewer(person_id=self.person_id, organisation_ids=self.organisation_ids, language=self.language)


@dataclass(frozen=True, slots=True)
class Standing:
    """A watch as it stands, with the call that it watches, if any, as it is now."""

    id: str
    kind: str
    filters: tuple[tuple[str, str], ...]
    looked_at: str | None
    seen: dict[str, str | int | None] | None
    call_id: str | None = None
    facts: dict[str, str | int | None] = field(default_factory=dict[str, str | int | None])


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. `due`: what makes it due, beside watch, call and kind; the same thing is told once."""

    watch_id: str
    call_id: str
    kind: str
    due: str = ""
    fields: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same thing."""
        words = f"{self.watch_id}:{self.call_id}:{self.kind}:{self.due}"
        return "ntf_" + hashlib.sha256(words.encode()).hexdigest()[:32]


_KEEPERS: LiteralString = """
MATCH (p:Person)-[:KEEPS_WATCH]->(w:Watch)
WHERE w.removed_at IS NULL
WITH DISTINCT p ORDER BY p.id
RETURN p.id, coalesce(p.digest, 'daily'), coalesce(p.language, 'ko'),
  COLLECT { MATCH (p)-[:ACTS_FOR]->(o:Organisation) RETURN o.id ORDER BY o.id }
"""


async def keepers(graph: Graph) -> list[Keeper]:
    """Return everyone who watches something."""
    return [_keeper(*row) for row in await graph.read(_KEEPERS, timeout_s=_TIMEOUT_S)]


def _keeper(person_id: str, digest: str, language: Language, organisations: Sequence[str]) -> Keeper:
    return Keeper(person_id, digest, language, tuple(organisations))


_KEEPER: LiteralString = """
MATCH (p:Person {id: $person_id})
RETURN p.id, coalesce(p.digest, 'daily'), coalesce(p.language, 'ko'),
  COLLECT { MATCH (p)-[:ACTS_FOR]->(o:Organisation) RETURN o.id ORDER BY o.id }
"""


async def keeper(graph: Graph, person_id: str) -> Keeper | None:
    """Return one of them."""
    rows = await graph.read(_KEEPER, {"person_id": person_id}, timeout_s=_TIMEOUT_S)
    return _keeper(*rows[0]) if rows else None


_STANDING: LiteralString = """
MATCH (:Person {id: $person_id})-[:KEEPS_WATCH]->(w:Watch)
WHERE w.removed_at IS NULL
OPTIONAL MATCH (w)-[:WATCHES]->(c:Call)
RETURN w.id, w.kind, w.query, w.looked_at, w.seen, c.id, coalesce(c.name_ko, c.name_en), c.opens_at, c.closes_at,
  c.amount_max_won, c.rules, c.withdrawn_on
ORDER BY w.id
"""


async def standing(source: Graph | Transaction, person_id: str) -> list[Standing]:
    """Return the person's watches."""
    given = {"person_id": person_id}
    rows = await (
        source.read(_STANDING, given, timeout_s=_TIMEOUT_S)
        if isinstance(source, Graph)
        else source.run(_STANDING, given)
    )
    found: list[Standing] = []
    for watch_id, kind, filters, looked_at, seen, call_id, *facts in rows:
        known: dict[str, str | int | None] = {}
        if call_id:
            known.update(zip(CALL_FACTS, facts, strict=True))
        if known.get("rules"):
            known["rules"] = hashlib.sha256(str(known["rules"]).encode()).hexdigest()[:16]
        pairs = tuple((str(name), str(value)) for name, value in json.loads(filters or "[]"))
        found.append(Standing(watch_id, kind, pairs, looked_at, json.loads(seen) if seen else None, call_id, known))
    return found


_FOUND: LiteralString = """
MATCH (w:Watch {id: $id})
UNWIND $calls AS call_id
MATCH (c:Call {id: call_id})
WHERE NOT EXISTS { (w)-[:FOUND]->(c) }
CREATE (w)-[:FOUND {found_at: $now}]->(c)
RETURN c.id
"""


async def note_found(transaction: Transaction, watch_id: str, calls: Sequence[str], now: datetime) -> list[str]:
    """Note that the search finds these calls; return those that it had not found before."""
    rows = await transaction.run(_FOUND, {"id": watch_id, "calls": list(calls), "now": instant(now)})
    return [row[0] for row in rows]


_LOOKED: LiteralString = """
MATCH (w:Watch {id: $id})
SET w.looked_at = $now, w.seen = $seen
WITH w WHERE size($changed) > 0
SET w.changed = $changed, w.changed_at = $now
"""


async def note_looked(transaction: Transaction, watch: Standing, changed: Sequence[str], now: datetime) -> None:
    """Keep what the watch saw."""
    seen = json.dumps(watch.facts) if watch.call_id else None
    await transaction.run(_LOOKED, {"id": watch.id, "seen": seen, "changed": list(changed), "now": instant(now)})


_ADD: LiteralString = """
UNWIND $news AS row
MATCH (p:Person)-[:KEEPS_WATCH]->(w:Watch {id: row[1]})
MATCH (c:Call {id: row[2]})
MERGE (n:Notification {id: row[0]})
ON CREATE SET n.kind = row[3], n.fields = row[4], n.at = $now
MERGE (n)-[:FOR]->(p)
MERGE (n)-[:RAISED_BY]->(w)
MERGE (n)-[:TELLS_OF]->(c)
"""


async def add(transaction: Transaction, news: Sequence[News], now: datetime) -> None:
    """Note what is to be told; what was noted before stays as it was."""
    rows = [[each.id, each.watch_id, each.call_id, each.kind, list(each.fields)] for each in news]
    await transaction.run(_ADD, {"news": rows, "now": instant(now)})


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing that no letter has told yet."""

    id: str
    kind: str
    fields: tuple[str, ...]
    watch_id: str
    watch_name: str | None
    call_id: str


_PENDING: LiteralString = """
MATCH (n:Notification)-[:FOR]->(:Person {id: $person_id})
WHERE n.told_at IS NULL
MATCH (n)-[:RAISED_BY]->(w:Watch)
WHERE w.removed_at IS NULL
MATCH (n)-[:TELLS_OF]->(c:Call)
RETURN n.id, n.kind, n.fields, w.id, w.name, c.id
ORDER BY n.at, n.id
LIMIT 500
"""


async def pending(source: Graph | Transaction, person_id: str) -> list[Pending]:
    """Return what the person was not told yet, oldest first; nothing of watches that were taken off."""
    given = {"person_id": person_id}
    rows = await (
        source.read(_PENDING, given, timeout_s=_TIMEOUT_S) if isinstance(source, Graph) else source.run(_PENDING, given)
    )
    return [Pending(i, kind, tuple(fields or ()), watch, name, call) for i, kind, fields, watch, name, call in rows]


_TOLD: LiteralString = """
UNWIND $ids AS id
MATCH (n:Notification {id: id})
SET n.told_at = $now
"""


async def mark_told(transaction: Transaction, ids: Sequence[str], now: datetime) -> None:
    """Note that a digest has dealt with these."""
    await transaction.run(_TOLD, {"ids": list(ids), "now": instant(now)})
