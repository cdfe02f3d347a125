"""Accounts as the command line sees them: add a person, give out an API token."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from madang_graph.client import Graph, Transaction
from madang_graph.errors import ConstraintViolatedError
from madang_graph.viewer import ANONYMOUS
from madang_graph.writes import people, sessions

from madang_server.security import digests
from madang_server.security.passwords import Passwords
from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import EmailTakenError, NotFoundError, Problem, ValidationError
from madang_server.services.fields import Checked

SCOPES = ("read", "write")
TOKEN_LIFETIME = timedelta(days=90)


async def add_person(
    graph: Graph, *, email: str, name: str, password: str, admin: bool, now: datetime, passwords: Passwords
) -> str:
    """Make an account without an organisation. Returns the person's id.

    Raises:  ValidationError, EmailTakenError.
    """
    checked = Checked()
    clean_name = checked.text("name", name, least=1, most=fields.NAME_MOST)
    clean_email = checked.email("email", email)
    clean_password = checked.password("password", password)
    checked.done()
    password_hash = await passwords.hash(clean_password or "")
    new = people.NewPerson(clean_name or "", clean_email or "", password_hash, admin=admin)

    async def work(transaction: Transaction) -> Outcome:
        person_id = await people.add(transaction, new, now)
        return Outcome(person_id, person_id, ("person", "admin") if admin else ("person",))

    try:
        return await perform(graph, Deed(ANONYMOUS, "people.add", {}, now), work)
    except ConstraintViolatedError:
        raise EmailTakenError from None


async def issue_token(
    graph: Graph,
    email: str,
    scopes: Collection[str],
    now: datetime,
    *,
    lifetime: timedelta = TOKEN_LIFETIME,
) -> str:
    """Return a new API token of a person. Only its hash is kept: it is shown this once.

    Args:    scopes: out of `read`, `write`; at least one.
    Raises:  ValidationError: a scope is unknown.  NotFoundError: the address has no account.
    """
    if not scopes or not set(scopes) <= set(SCOPES):
        raise ValidationError([Problem("scopes", sentences.not_a_word(SCOPES))])
    token = digests.new_token()

    async def work(transaction: Transaction) -> Outcome:
        person_id = await sessions.add_token(
            transaction,
            email.strip().casefold(),
            digests.digest_of(token),
            scopes=sorted(scopes),
            expires_at=now + lifetime,
            now=now,
        )
        if person_id is None:
            raise NotFoundError("email")
        return Outcome(person_id, person_id, ("token",))

    await perform(graph, Deed(ANONYMOUS, "people.issue_token", {}, now), work)
    return token
