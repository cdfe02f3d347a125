"""People: register with an organisation, sign in, sign out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from madang_graph.client import Graph, Transaction
from madang_graph.errors import ConstraintViolatedError
from madang_graph.viewer import Viewer
from madang_graph.writes import organisations, people, places, sessions, vocabularies

from madang_server.security import attempts, digests
from madang_server.security.cookies import SESSION_DAYS
from madang_server.security.identity import Identity
from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import (
    EmailTakenError,
    KeyReusedError,
    LimitReachedError,
    NotFoundError,
    NotPermittedError,
    Problem,
    SignInFailedError,
    ValidationError,
)
from madang_server.services.fields import Checked
from madang_server.services.registrations import CleanRegistration, Registration, checked_registration


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session. The secret goes into the cookie and nowhere else."""

    person_id: str
    session_id: str = field(repr=False)

    @property
    def session_hash(self) -> str:
        return digests.digest_of(self.session_id)


async def register(
    graph: Graph,
    viewer: Viewer,
    registration: Registration,
    identity: Identity,
    *,
    address: str,
    now: datetime,
    idempotency_key: str | None = None,
) -> SignedIn:
    """Make the account and its organisation, and sign in.

    The same key with the same input and password signs in again instead of making a second account.
    Args:    address: of the caller, for the limit of tries.
    Raises:  ValidationError, NotPermittedError, EmailTakenError, LimitReachedError, KeyReusedError.
    """
    if viewer.signed_in:
        raise NotPermittedError(sentences.sign_out_first())
    checked = checked_registration(registration, viewer)
    await _ensure_tries(identity, {attempts.REGISTER_BY_ADDRESS: attempts.network_of(address)})
    # Before the address is looked up, so that a taken one takes as long as a free one.
    password_hash = await identity.passwords.hash(checked.password)
    session_id = digests.new_session_id()
    made: list[str] = []

    async def work(transaction: Transaction) -> Outcome:
        person_id, organisation_id = await _make(transaction, checked, password_hash, now)
        await sessions.open_session(transaction, _session(person_id, session_id, now), None, now)
        made.append(person_id)
        return Outcome(person_id, organisation_id, ("person", "organisation"), (organisation_id,), person_id)

    deed = Deed(viewer, "people.register", registration.without_password(), now, idempotency_key)
    try:
        person_id = await perform(graph, deed, work)
    except ConstraintViolatedError:
        raise EmailTakenError from None
    if person_id in made:
        return SignedIn(person_id, session_id)
    return await _register_again(graph, viewer, person_id, checked.password, identity, now=now)


async def sign_in(
    graph: Graph,
    viewer: Viewer,
    email: str,
    password: str,
    identity: Identity,
    *,
    address: str,
    now: datetime,
) -> SignedIn:
    """Open a session; the browser's former one ends.

    Raises:  SignInFailedError: alike for a wrong password and an unknown address.  LimitReachedError.
    """
    checked = Checked()
    clean = checked.email("email", email)
    if clean is None or len(password) > fields.PASSWORD_MOST:
        raise SignInFailedError
    caller = attempts.network_of(address)
    await _ensure_tries(identity, {attempts.SIGN_IN_BY_ADDRESS: caller, attempts.SIGN_IN_BY_EMAIL: clean})
    account = await people.account_by_email(graph, clean)
    typed = fields.normalised(password)
    if not await identity.passwords.verify(typed, account.password_hash if account else None) or account is None:
        raise SignInFailedError
    fresh_hash = None
    if account.password_hash and identity.passwords.is_outdated(account.password_hash):
        fresh_hash = await identity.passwords.hash(typed)
    signed_in = await _open(graph, viewer, account.person_id, now=now, action="people.sign_in", fresh_hash=fresh_hash)
    await identity.attempts.forgive(attempts.SIGN_IN_BY_EMAIL, clean)
    return signed_in


async def demo_sign_in(graph: Graph, viewer: Viewer, person_id: str, *, demo: bool, now: datetime) -> SignedIn:
    """Open a session for a demo account without a password.

    Args:    demo: whether this server runs in demo mode.
    Raises:  NotPermittedError: it does not.  NotFoundError: this is no demo account.
    """
    if not demo:
        raise NotPermittedError(sentences.demo_only())
    account = await people.account_by_id(graph, person_id) if fields.is_id(person_id) else None
    if account is None or not account.demo:
        raise NotFoundError("personId")
    return await _open(graph, viewer, person_id, now=now, action="people.demo_sign_in")


async def sign_out(graph: Graph, viewer: Viewer, *, now: datetime) -> None:
    """End the browser's session. Who has none is signed out already."""
    session_hash, person_id = viewer.session_hash, viewer.person_id
    if session_hash is None or person_id is None:
        return

    async def work(transaction: Transaction) -> Outcome:
        await sessions.close_session(transaction, session_hash)
        return Outcome(person_id, person_id, ("session",))

    await perform(graph, Deed(viewer, "people.sign_out", {}, now), work)


async def _open(
    graph: Graph, viewer: Viewer, person_id: str, *, now: datetime, action: str, fresh_hash: str | None = None
) -> SignedIn:
    session_id = digests.new_session_id()

    async def work(transaction: Transaction) -> Outcome:
        await sessions.open_session(transaction, _session(person_id, session_id, now), viewer.session_hash, now)
        if fresh_hash is not None:
            await people.set_password_hash(transaction, person_id, fresh_hash)
        return Outcome(person_id, person_id, ("session",), person_id=person_id)

    await perform(graph, Deed(viewer, action, {}, now), work)
    return SignedIn(person_id, session_id)


async def _register_again(
    graph: Graph, viewer: Viewer, person_id: str, password: str, identity: Identity, *, now: datetime
) -> SignedIn:
    account = await people.account_by_id(graph, person_id)
    if not await identity.passwords.verify(password, account.password_hash if account else None):
        raise KeyReusedError
    return await _open(graph, viewer, person_id, now=now, action="people.sign_in")


async def _make(
    transaction: Transaction, checked: CleanRegistration, password_hash: str, now: datetime
) -> tuple[str, str]:
    """Make person and organisation. Returns their ids."""
    if await people.email_taken(transaction, checked.email):
        raise EmailTakenError
    if checked.gu_id is not None and not await vocabularies.is_gu(transaction, checked.gu_id):
        raise ValidationError([Problem("districtId", sentences.choose_gu())])
    person = people.NewPerson(checked.name, checked.email, password_hash, checked.language)
    person_id = await people.add(transaction, person, now)
    organisation_id = await organisations.add(transaction, checked.organisation, now)
    await people.make_owner(transaction, person_id, organisation_id, now)
    if checked.gu_id is not None:
        await places.set_gu(transaction, organisation_id, checked.gu_id)
    return person_id, organisation_id


def _session(person_id: str, session_id: str, now: datetime) -> sessions.NewSession:
    return sessions.NewSession(
        person_id,
        digests.digest_of(session_id),
        digests.new_session_id(),
        now + timedelta(days=SESSION_DAYS),
    )


async def _ensure_tries(identity: Identity, subjects: Mapping[str, str]) -> None:
    for kind, subject in subjects.items():
        if not await identity.attempts.allows(kind, subject):
            minutes = identity.attempts.wait_minutes(kind)
            raise LimitReachedError(minutes, sentences.too_many_tries(minutes))
