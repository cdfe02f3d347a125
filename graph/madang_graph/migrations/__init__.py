"""Numbered migrations: files named V0001__first.cypher, applied once each, in order, under a lock."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import TYPE_CHECKING, LiteralString, cast

from madang_graph.errors import MigrationError
from madang_graph.schema import apply_schema

if TYPE_CHECKING:
    from madang_graph.client import Graph, Transaction

_LOCK_TIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its name, its statements in order, and the SHA-256 of its text."""

    name: str
    statements: tuple[str, ...]
    checksum: str


def shipped_migrations() -> list[Migration]:
    """Return the migrations of this version, in order of their numbers."""
    files = [f for f in resources.files(__name__).iterdir() if f.name.startswith("V") and f.name.endswith(".cypher")]
    return [_parsed(f.name, f.read_text("utf-8")) for f in sorted(files, key=lambda f: f.name)]


def _parsed(name: str, text: str) -> Migration:
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))
    statements = tuple(part.strip() for part in code.split(";") if part.strip())
    return Migration(name, statements, hashlib.sha256(text.encode()).hexdigest())


_APPLIED: LiteralString = """
MATCH (m:Migration)
RETURN m.name, m.checksum
"""


async def pending_migrations(graph: Graph) -> list[Migration]:
    """Return what is not applied yet. Raises MigrationError when an applied file was changed since."""
    applied = {str(name): str(checksum) for name, checksum in await graph.read(_APPLIED)}
    pending: list[Migration] = []
    for migration in shipped_migrations():
        seen = applied.get(migration.name)
        if seen is None:
            pending.append(migration)
        elif seen != migration.checksum:
            raise MigrationError(
                f"{migration.name} was changed after it was applied. Restore the file, and put the change in a new one."
            )
    return pending


_LOCK: LiteralString = """
MERGE (l:Lock {name: 'migrations'})
WITH l WHERE l.expires_at IS NULL OR l.expires_at < $now OR l.holder = $holder
SET l.holder = $holder, l.expires_at = $until
RETURN l.holder
"""

_UNLOCK: LiteralString = """
MATCH (l:Lock {name: 'migrations', holder: $holder})
DELETE l
"""

_NOTE: LiteralString = """
CREATE (m:Migration {name: $name, checksum: $checksum, applied_at: $now})
"""


async def migrate(graph: Graph) -> list[str]:
    """Apply the schema and the pending migrations, each with its note in one transaction.

    Returns: names of the migrations applied now; empty when there was nothing to do.
    Raises:  MigrationError when another process holds the lock, or an applied file was changed.
    """
    await apply_schema(graph)
    # Without work no lock: a process killed with it would keep every other one out until it lapses.
    if not await pending_migrations(graph):
        return []
    holder = secrets.token_hex(8)
    if not await graph.write(_LOCK, {"now": _iso(), "until": _iso(_LOCK_TIME), "holder": holder}):
        raise MigrationError(
            f"Another process is migrating this graph. Try again when it is done; its lock lapses after {_LOCK_TIME}."
        )
    try:
        pending = await pending_migrations(graph)
        for migration in pending:
            await graph.transact(lambda transaction, m=migration: _apply(transaction, m), timeout_s=300)
        return [migration.name for migration in pending]
    finally:
        await graph.write(_UNLOCK, {"holder": holder})


async def _apply(transaction: Transaction, migration: Migration) -> None:
    for statement in migration.statements:
        await transaction.run(cast("LiteralString", statement))
    await transaction.run(_NOTE, {"name": migration.name, "checksum": migration.checksum, "now": _iso()})


def _iso(after: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + after).strftime("%Y-%m-%dT%H:%M:%SZ")
