"""People: accounts, and the right to act for an organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.ids import new_id
from madang_graph.viewer import Language
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An account to make. `email` is case-folded; `password_hash` is an argon2id PHC string, None for demo accounts."""

    name: str
    email: str = field(repr=False)
    password_hash: str | None = field(repr=False)
    language: Language = "ko"
    admin: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What signing in needs to know of a person."""

    person_id: str
    password_hash: str | None = field(repr=False)
    demo: bool


_ADD = """
CREATE (p:Person {
  id: $id, name: $name, email: $email, language: $language, admin: $admin, demo: $demo, created_at: $now
})
SET p.password_hash = $password_hash
"""


async def add(transaction: Transaction, person: NewPerson, now: datetime) -> str:
    """Make an account and return its id.

    Raises:  ConstraintViolatedError: the e-mail address has an account already.
    """
    person_id = new_id("per_")
    await transaction.run(
        _ADD,
        {
            "id": person_id,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "admin": person.admin,
            "demo": person.demo,
            "password_hash": person.password_hash,
            "now": instant(now),
        },
    )
    return person_id


_BY_EMAIL = """
MATCH (p:Person {email: $email})
RETURN p.id, p.password_hash, coalesce(p.demo, false)
"""


async def account_by_email(graph: Graph, email: str) -> Account | None:
    """Return the account of a case-folded e-mail address, or None."""
    rows = await graph.read(_BY_EMAIL, {"email": email})
    return Account(*rows[0]) if rows else None


_EMAIL_TAKEN = """
OPTIONAL MATCH (p:Person {email: $email})
RETURN p IS NOT NULL
"""


async def email_taken(transaction: Transaction, email: str) -> bool:
    """Say whether a case-folded e-mail address has an account."""
    return (await transaction.run(_EMAIL_TAKEN, {"email": email}))[0][0]


_BY_ID = """
MATCH (p:Person {id: $id})
RETURN p.id, p.password_hash, coalesce(p.demo, false)
"""


async def account_by_id(graph: Graph, person_id: str) -> Account | None:
    """Return the account of a person, or None."""
    rows = await graph.read(_BY_ID, {"id": person_id})
    return Account(*rows[0]) if rows else None


_REHASH = """
MATCH (p:Person {id: $id})
SET p.password_hash = $password_hash
"""


async def set_password_hash(transaction: Transaction, person_id: str, password_hash: str) -> None:
    """Replace the password hash, as when the parameters of the hash have grown."""
    await transaction.run(_REHASH, {"id": person_id, "password_hash": password_hash})


_MAKE_OWNER = """
MATCH (p:Person {id: $person_id})
MATCH (o:Organisation {id: $organisation_id})
MERGE (p)-[r:ACTS_FOR]->(o)
SET r.role = 'owner', r.since_at = $now
"""


async def make_owner(transaction: Transaction, person_id: str, organisation_id: str, now: datetime) -> None:
    """Let the person act for the organisation as its owner."""
    await transaction.run(
        _MAKE_OWNER, {"person_id": person_id, "organisation_id": organisation_id, "now": instant(now)}
    )
