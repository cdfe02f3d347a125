"""Introductions: ask to meet, answer, take back. All for the people of the organisation concerned, not for admins."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from madang_graph.client import Graph, Transaction
from madang_graph.model.judgements import JUDGEMENT_REASONS
from madang_graph.viewer import Viewer
from madang_graph.writes import introductions, judgements, needs, organisations
from madang_graph.writes.instants import instant
from madang_graph.writes.introductions import Introduction
from madang_graph.writes.judgements import NewJudgement

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
from madang_server.services.suggestions import day_to_come

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the side that was asked says."""

    id: str
    accept: bool
    answer: str | None = None
    reason: str | None = None
    """Why not, one of `JUDGEMENT_REASONS`; the other side does not see it."""
    again_on: str | None = None
    """Day (YYYY-MM-DD, in Seoul) from which the two may be suggested to each other again."""


async def answer(
    graph: Graph, viewer: Viewer, said: Answer, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Accept or decline, once, within the time. Returns the introduction's id.

    After a decline the two are not suggested to each other until the day set, or until one of them has changed.
    Raises:  ValidationError, NotPermittedError, NotFoundError, IntroductionClosedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    words = checked.text("answer", said.answer, most=fields.MESSAGE_MOST, lines=True)
    reason = checked.word("reason", said.reason, JUDGEMENT_REASONS)
    again_at = day_to_come(checked, "againOn", said.again_on, now)
    for field, value in (("reason", reason), ("againOn", again_at)):
        if said.accept and value is not None:
            checked.refuse(field, sentences.only_when_declining())
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        found = await _find_waiting(transaction, viewer, said.id, now)
        if said.accept:
            await introductions.accept(transaction, said.id, words, now)
        else:
            await introductions.decline(transaction, found, words, introductions.Decline(reason, again_at), now)
        verdict = "accepted" if said.accept else "refused"
        word = NewJudgement(found.asked_id, found.asker_id, verdict, reason, None, viewer.person_id, said.id)
        await judgements.judge(transaction, word, now)
        # Pairs that declined leave each other's lists.
        refresh = () if said.accept else (found.asked_id, found.asker_id)
        return Outcome(said.id, said.id, ("state", "answer"), refresh=refresh)

    return await perform(graph, Deed(viewer, "introductions.answer", asdict(said), now, idempotency_key), work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one side says came of an introduction that was accepted."""

    id: str
    organisation_id: str
    worked: bool
    note: str | None = None


async def report_outcome(
    graph: Graph, viewer: Viewer, report: Report, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Note what came of it, for one's own side; a later word replaces it. Returns the introduction's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, IntroductionClosedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    note = checked.text("note", report.note, most=fields.REASON_MOST, lines=True)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        found = await _find(transaction, viewer, report.id)
        if report.organisation_id not in viewer.editable_ids:
            raise NotPermittedError(sentences.parties_only())
        sides = {found.asker_id: found.asked_id, found.asked_id: found.asker_id}
        if report.organisation_id not in sides:
            raise NotFoundError("organisationId")
        if found.state != "accepted":
            raise IntroductionClosedError(found.state)
        verdict = "worked" if report.worked else "failed"
        other = sides[report.organisation_id]
        word = NewJudgement(report.organisation_id, other, verdict, None, note, viewer.person_id, report.id)
        await judgements.judge(transaction, word, now)
        return Outcome(report.id, report.id, ("outcome",))

    return await perform(graph, Deed(viewer, "introductions.report", asdict(report), now, idempotency_key), work)


async def withdraw(
    graph: Graph, viewer: Viewer, introduction_id: str, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Take a request back that waits for its answer. Returns the introduction's id.

    Raises:  NotPermittedError, NotFoundError, IntroductionClosedError, KeyReusedError.
    """
    ensure_can_write(viewer)

    async def work(transaction: Transaction) -> Outcome:
        await _find_waiting(transaction, viewer, introduction_id, now, by_asker=True)
        await introductions.withdraw(transaction, introduction_id, now)
        return Outcome(introduction_id, introduction_id, ("state",))

    given = {"id": introduction_id}
    return await perform(graph, Deed(viewer, "introductions.withdraw", given, now, idempotency_key), work)


async def _find(transaction: Transaction, viewer: Viewer, introduction_id: str) -> Introduction:
    """Return the introduction, locked. Raises NotFoundError when it is missing or not the viewer's to see."""
    found = None
    if fields.is_id(introduction_id):
        found = await introductions.find_locked(transaction, introduction_id)
    if found is None or not (viewer.admin or {found.asker_id, found.asked_id} & set(viewer.organisation_ids)):
        raise NotFoundError("id")
    return found


async def _find_waiting(
    transaction: Transaction, viewer: Viewer, introduction_id: str, now: datetime, *, by_asker: bool = False
) -> Introduction:
    """Return it if it waits for its answer and the viewer may act for the side that asked, or was asked."""
    found = await _find(transaction, viewer, introduction_id)
    if (found.asker_id if by_asker else found.asked_id) not in viewer.editable_ids:
        raise NotPermittedError(sentences.parties_only())
    if found.state != "requested" or found.expires_at <= instant(now):
        raise IntroductionClosedError(found.state)
    return found


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
