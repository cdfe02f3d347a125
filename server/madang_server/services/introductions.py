"""Introductions: ask to meet, answer, take back. All for the people of the organisation concerned, not for admins."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import introductions, needs, organisations
from madang_graph.writes.instants import instant

from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import (
    IntroductionClosedError,
    IntroductionOpenError,
    LimitReachedError,
    NotFoundError,
    NotPermittedError,
    Problem,
    ValidationError,
)
from madang_server.services.fields import Checked
from madang_server.services.permissions import ensure_can_write, find_editable, find_visible

OPEN_REQUESTS_MOST = 20
ANSWER_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionRequest:
    """One organisation asks to meet another, about a need that one of the two has posted, if any."""

    from_id: str
    to_id: str
    message: str
    need_id: str | None = None


async def request(
    graph: Graph, viewer: Viewer, asked: IntroductionRequest, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Ask to meet. The request lapses after 14 days. Returns the introduction's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, IntroductionOpenError, LimitReachedError,
             KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    message = checked.text("message", asked.message, least=fields.MESSAGE_LEAST, most=fields.MESSAGE_MOST, lines=True)
    if asked.from_id == asked.to_id:
        checked.refuse("toId", sentences.not_to_itself())
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        # Both at once and in one order, so that two who ask each other at the same time do not wait in a circle.
        await organisations.lock(transaction, *(i for i in (asked.from_id, asked.to_id) if fields.is_id(i)))
        asker = await find_editable(transaction, viewer, asked.from_id, "fromId", admins=False)
        other = await find_visible(transaction, viewer, asked.to_id, "toId")
        await _ensure_need(transaction, asked)
        await _ensure_room(transaction, asker.id, other.id, now)
        new = introductions.NewIntroduction(asker.id, other.id, message or "", asked.need_id, now + ANSWER_WITHIN)
        introduction_id = await introductions.request(transaction, new, now)
        return Outcome(introduction_id, introduction_id, ("state", "message"))

    return await perform(graph, Deed(viewer, "introductions.request", asdict(asked), now, idempotency_key), work)


async def answer(
    graph: Graph,
    viewer: Viewer,
    introduction_id: str,
    *,
    accept: bool,
    text: str | None,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Accept or decline, once, within the time. Returns the introduction's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, IntroductionClosedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    words = checked.text("answer", text, most=fields.MESSAGE_MOST, lines=True)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        await _ensure_waiting(transaction, viewer, introduction_id, now)
        await introductions.answer(transaction, introduction_id, accept=accept, text=words, now=now)
        return Outcome(introduction_id, introduction_id, ("state", "answer"))

    given = {"id": introduction_id, "accept": accept, "answer": text}
    return await perform(graph, Deed(viewer, "introductions.answer", given, now, idempotency_key), work)


async def withdraw(
    graph: Graph, viewer: Viewer, introduction_id: str, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Take a request back that waits for its answer. Returns the introduction's id.

    Raises:  NotPermittedError, NotFoundError, IntroductionClosedError, KeyReusedError.
    """
    ensure_can_write(viewer)

    async def work(transaction: Transaction) -> Outcome:
        await _ensure_waiting(transaction, viewer, introduction_id, now, by_asker=True)
        await introductions.withdraw(transaction, introduction_id, now)
        return Outcome(introduction_id, introduction_id, ("state",))

    given = {"id": introduction_id}
    return await perform(graph, Deed(viewer, "introductions.withdraw", given, now, idempotency_key), work)


async def _ensure_waiting(
    transaction: Transaction, viewer: Viewer, introduction_id: str, now: datetime, *, by_asker: bool = False
) -> None:
    """Raise unless the request waits for its answer and the viewer may act for the side that asked, or was asked."""
    found = None
    if fields.is_id(introduction_id):
        found = await introductions.find_locked(transaction, introduction_id)
    if found is None or not (viewer.admin or {found.asker_id, found.asked_id} & set(viewer.organisation_ids)):
        raise NotFoundError("id")
    if (found.asker_id if by_asker else found.asked_id) not in viewer.editable_ids:
        raise NotPermittedError(sentences.parties_only())
    if found.state != "requested" or found.expires_at <= instant(now):
        raise IntroductionClosedError(found.state)


async def _ensure_need(transaction: Transaction, asked: IntroductionRequest) -> None:
    if asked.need_id is None:
        return
    owner = await needs.owner_of(transaction, asked.need_id) if fields.is_id(asked.need_id) else None
    # A need of a third organisation and one that does not exist look the same.
    if owner not in {asked.from_id, asked.to_id}:
        raise ValidationError([Problem("needId", sentences.need_of_neither())])


async def _ensure_room(transaction: Transaction, asker_id: str, asked_id: str, now: datetime) -> None:
    if await introductions.open_between(transaction, asker_id, asked_id, now):
        raise IntroductionOpenError
    if await introductions.count_open(transaction, asker_id, now) >= OPEN_REQUESTS_MOST:
        raise LimitReachedError(OPEN_REQUESTS_MOST, sentences.too_many_open_requests(OPEN_REQUESTS_MOST), "fromId")
