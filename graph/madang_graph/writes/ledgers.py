"""An organisation's own lists: what it received, what it applied for, which papers it has ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands. `removed`: it was taken off the list, and can be put back."""

    id: str
    organisation_id: str
    version: int
    removed: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """One kind of list, with its statements. `subject` is the property-free tie to what an entry is about."""

    prefix: str
    create: LiteralString
    find: LiteralString
    count: LiteralString
    change: LiteralString
    mark: LiteralString
    subject: LiteralString = ""


AWARDS = Ledger(
    "awd_",
    create="""
MATCH (o:Organisation {id: $organisation_id})
CREATE (o)-[:RECEIVED]->(n:Award {id: $id, version: 1, recorded_at: $now})
SET n += $values
""",
    find="""
MATCH (o:Organisation)-[:RECEIVED]->(n:Award {id: $id})
RETURN o.id, n.version, n.removed_at IS NOT NULL
""",
    count="""
MATCH (o:Organisation {id: $organisation_id})
RETURN COUNT { (o)-[:RECEIVED]->(n:Award) WHERE n.removed_at IS NULL }
""",
    change="""
MATCH (n:Award {id: $id})
SET n += $values, n.version = n.version + 1, n.recorded_at = $now
""",
    mark="""
MATCH (n:Award {id: $id})
SET n.removed_at = $removed_at, n.version = n.version + 1
""",
    subject="""
MATCH (n:Award {id: $id})
OPTIONAL MATCH (n)-[r:UNDER]->(:Programme)
DELETE r
WITH DISTINCT n
MATCH (p:Programme {id: $subject_id})
MERGE (n)-[:UNDER]->(p)
""",
)

APPLICATIONS = Ledger(
    "apl_",
    create="""
MATCH (o:Organisation {id: $organisation_id})
CREATE (o)-[:APPLIED_WITH]->(n:Application {id: $id, version: 1, recorded_at: $now})
SET n += $values
""",
    find="""
MATCH (o:Organisation)-[:APPLIED_WITH]->(n:Application {id: $id})
RETURN o.id, n.version, n.removed_at IS NOT NULL
""",
    count="""
MATCH (o:Organisation {id: $organisation_id})
RETURN COUNT { (o)-[:APPLIED_WITH]->(n:Application) WHERE n.removed_at IS NULL }
""",
    change="""
MATCH (n:Application {id: $id})
SET n += $values, n.version = n.version + 1, n.recorded_at = $now
""",
    mark="""
MATCH (n:Application {id: $id})
SET n.removed_at = $removed_at, n.version = n.version + 1
""",
    subject="""
MATCH (n:Application {id: $id})
OPTIONAL MATCH (n)-[r:APPLIES_FOR]->(:Call)
DELETE r
WITH DISTINCT n
MATCH (c:Call {id: $subject_id})
MERGE (n)-[:APPLIES_FOR]->(c)
""",
)

DOCUMENTS = Ledger(
    "doc_",
    create="""
MATCH (o:Organisation {id: $organisation_id})
CREATE (o)-[:KEEPS]->(n:Document {id: $id, version: 1, recorded_at: $now})
SET n += $values
""",
    find="""
MATCH (o:Organisation)-[:KEEPS]->(n:Document {id: $id})
RETURN o.id, n.version, n.removed_at IS NOT NULL
""",
    count="""
MATCH (o:Organisation {id: $organisation_id})
RETURN COUNT { (o)-[:KEEPS]->(n:Document) WHERE n.removed_at IS NULL }
""",
    change="""
MATCH (n:Document {id: $id})
SET n += $values, n.version = n.version + 1, n.recorded_at = $now
""",
    mark="""
MATCH (n:Document {id: $id})
SET n.removed_at = $removed_at, n.version = n.version + 1
""",
)


async def create(
    transaction: Transaction, ledger: Ledger, organisation_id: str, values: Mapping[str, object], now: datetime
) -> str:
    """Put an entry on the list and return its id."""
    entry_id = new_id(ledger.prefix)
    given = {"id": entry_id, "organisation_id": organisation_id, "values": dict(values), "now": instant(now)}
    await transaction.run(ledger.create, given)
    return entry_id


async def find(transaction: Transaction, ledger: Ledger, entry_id: str) -> Entry | None:
    """Return the entry, or None. It is safe from others once its organisation is locked."""
    rows = await transaction.run(ledger.find, {"id": entry_id})
    return Entry(entry_id, *rows[0]) if rows else None


async def count(transaction: Transaction, ledger: Ledger, organisation_id: str) -> int:
    """Return how many entries stand on the organisation's list."""
    return (await transaction.run(ledger.count, {"organisation_id": organisation_id}))[0][0]


async def change(
    transaction: Transaction, ledger: Ledger, entry_id: str, values: Mapping[str, object], now: datetime
) -> None:
    """Replace the entry's values; None takes one away."""
    await transaction.run(ledger.change, {"id": entry_id, "values": dict(values), "now": instant(now)})


async def mark(transaction: Transaction, ledger: Ledger, entry_id: str, removed_at: datetime | None) -> None:
    """Take the entry off the list, or put it back with None."""
    at = None if removed_at is None else instant(removed_at)
    await transaction.run(ledger.mark, {"id": entry_id, "removed_at": at})


async def tie(transaction: Transaction, ledger: Ledger, entry_id: str, subject_id: str | None) -> None:
    """Say which programme or call the entry is about; None or an unknown id: none that is listed here."""
    await transaction.run(ledger.subject, {"id": entry_id, "subject_id": subject_id or ""})


_NAMES: LiteralString = """
MATCH (n:Programme|Call {id: $id})
RETURN coalesce(n.name_ko, n.name_en, '')
"""


async def name_of(transaction: Transaction, subject_id: str, prefix: str) -> str | None:
    """Return the name of the programme or call with this id, or None where the prefix is another's or there is none."""
    rows = await transaction.run(_NAMES, {"id": subject_id}) if subject_id.startswith(prefix) else []
    return rows[0][0] if rows else None
