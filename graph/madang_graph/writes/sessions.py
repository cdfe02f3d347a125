"""Sessions and tokens: how a request proves who it is. Only hashes are stored; the secrets are with the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from madang_graph.client import Graph, Row, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes.instants import instant

# Look-ups by key take a millisecond. The first of its kind after the server's start is planned first, and a sign-in
# that has been written must not fail for that.
IDENTITY_TIMEOUT_S = 5.0

EDITING_ROLES = frozenset({"owner", "editor"})


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to open. `hash` is the SHA-256 of the cookie's secret, hex."""

    person_id: str
    hash: str = field(repr=False)
    csrf: str = field(repr=False)
    expires_at: datetime


_OPEN = """
MATCH (p:Person {id: $person_id})
CREATE (s:Session {hash: $hash, csrf: $csrf, created_at: $now, expires_at: $expires_at})-[:OF]->(p)
WITH p
MATCH (old:Session)-[:OF]->(p)
WHERE old.expires_at <= $now
DETACH DELETE old
"""


async def open_session(transaction: Transaction, session: NewSession, former_hash: str | None, now: datetime) -> None:
    """Open a session; end the one it follows in the same browser (rotation) and the person's expired ones."""
    if former_hash is not None:
        await close_session(transaction, former_hash)
    await transaction.run(
        _OPEN,
        {
            "person_id": session.person_id,
            "hash": session.hash,
            "csrf": session.csrf,
            "expires_at": instant(session.expires_at),
            "now": instant(now),
        },
    )


_CLOSE = """
MATCH (s:Session {hash: $hash})
DETACH DELETE s
"""


async def close_session(transaction: Transaction, session_hash: str) -> None:
    """End a session. One that is unknown has ended already."""
    await transaction.run(_CLOSE, {"hash": session_hash})


_ISSUE = """
MATCH (p:Person {email: $email})
CREATE (:Token {hash: $hash, scopes: $scopes, created_at: $now, expires_at: $expires_at})-[:OF]->(p)
RETURN p.id
"""


async def add_token(
    transaction: Transaction, email: str, token_hash: str, *, scopes: Sequence[str], expires_at: datetime, now: datetime
) -> str | None:
    """Keep the hash of a new token. Returns the person's id, or None when the address has no account."""
    rows = await transaction.run(
        _ISSUE,
        {
            "email": email,
            "hash": token_hash,
            "scopes": list(scopes),
            "expires_at": instant(expires_at),
            "now": instant(now),
        },
    )
    return rows[0][0] if rows else None


_VIEWER_OF_SESSION = """
MATCH (s:Session {hash: $hash})-[:OF]->(p:Person)
WHERE s.expires_at > $now
RETURN p.id, coalesce(p.admin, false), coalesce(p.language, 'ko'),
  COLLECT { MATCH (p)-[r:ACTS_FOR]->(o:Organisation) RETURN [o.id, r.role] ORDER BY o.id },
  COLLECT { MATCH (p)-[:MANAGES]->(d:District) RETURN d.id ORDER BY d.id },
  ['read', 'write'], s.csrf
"""


async def viewer_of_session(graph: Graph, session_hash: str, now: datetime) -> Viewer | None:
    """Return who a session belongs to and what they may do; None when it is unknown or over."""
    rows = await graph.read(
        _VIEWER_OF_SESSION, {"hash": session_hash, "now": instant(now)}, timeout_s=IDENTITY_TIMEOUT_S
    )
    return _viewer(rows[0], session_hash) if rows else None


_VIEWER_OF_MACHINE = """
MATCH (t:Token {hash: $hash})-[:OF]->(p:Person)
WHERE t.expires_at > $now
RETURN p.id, coalesce(p.admin, false), coalesce(p.language, 'ko'),
  COLLECT { MATCH (p)-[r:ACTS_FOR]->(o:Organisation) RETURN [o.id, r.role] ORDER BY o.id },
  COLLECT { MATCH (p)-[:MANAGES]->(d:District) RETURN d.id ORDER BY d.id },
  t.scopes, null
"""


async def viewer_of_token(graph: Graph, token_hash: str, now: datetime) -> Viewer | None:
    """Return who an API token belongs to and what it may do; None when it is unknown or expired."""
    rows = await graph.read(_VIEWER_OF_MACHINE, {"hash": token_hash, "now": instant(now)}, timeout_s=IDENTITY_TIMEOUT_S)
    return _viewer(rows[0], None) if rows else None


def _viewer(row: Row, session_hash: str | None) -> Viewer:
    person_id, admin, language, organisations, districts, scopes, csrf = row
    return Viewer(
        person_id=person_id,
        organisation_ids=tuple(organisation_id for organisation_id, _ in organisations),
        editable_ids=tuple(organisation_id for organisation_id, role in organisations if role in EDITING_ROLES),
        district_ids=tuple(districts),
        admin=admin,
        language="en" if language == "en" else "ko",
        scopes=frozenset(scopes),
        session_hash=session_hash,
        csrf=csrf,
    )
