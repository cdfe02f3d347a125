"""Suggestions: say what one is worth, hide one from a list, show it again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from madang_graph.client import Graph, Transaction
from madang_graph.model.judgements import JUDGEMENT_REASONS
from madang_graph.viewer import Viewer
from madang_graph.writes import judgements, suggestions
from madang_graph.writes.judgements import SAID, NewJudgement

from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import NotFoundError, Problem, ValidationError
from madang_server.services.fields import Checked
from madang_server.services.permissions import ensure_can_write, find_editable, find_visible

_ZONE = ZoneInfo("Asia/Seoul")
"""In which a day begins that a person sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """What an organisation does not want to see on its lists. The subject is a call or an organisation."""

    organisation_id: str
    subject_id: str
    reason: str | None = None
    """One of `JUDGEMENT_REASONS`."""
    note: str | None = None
    again_on: str | None = None
    """Day (YYYY-MM-DD, in Seoul) from which it may be shown again."""


async def dismiss(
    graph: Graph, viewer: Viewer, dismissal: Dismissal, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Hide the subject from the organisation's lists, until the day set, or until it has changed (of a partner: one of
    the two).

    Hiding it again renews reason, note and day. Returns the organisation's id.
    Raises:  ValidationError, NotPermittedError, NotFoundError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    reason = checked.word("reason", dismissal.reason, JUDGEMENT_REASONS)
    note = checked.text("note", dismissal.note, most=fields.REASON_MOST, lines=True)
    again_at = day_to_come(checked, "againOn", dismissal.again_on, now)
    checked.done()
    _ensure_other(dismissal.organisation_id, dismissal.subject_id)

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, dismissal.organisation_id, "organisationId")
        await _ensure_subject(transaction, viewer, dismissal.subject_id)
        hidden = suggestions.Dismissal(profile.id, dismissal.subject_id, reason, note, again_at)
        await suggestions.dismiss(transaction, hidden, now)
        said = NewJudgement(profile.id, dismissal.subject_id, "not_relevant", reason, note, viewer.person_id)
        await judgements.judge(transaction, said, now)
        return Outcome(profile.id, dismissal.subject_id, ("dismissed",), refresh=(profile.id,))

    return await perform(graph, Deed(viewer, "suggestions.dismiss", asdict(dismissal), now, idempotency_key), work)


async def endorse(
    graph: Graph,
    viewer: Viewer,
    organisation_id: str,
    subject_id: str,
    *,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Note that the suggestion is useful; one that was hidden is shown again. Returns the organisation's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, KeyReusedError.
    """
    ensure_can_write(viewer)
    _ensure_other(organisation_id, subject_id)

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, organisation_id, "organisationId")
        await _ensure_subject(transaction, viewer, subject_id)
        was_hidden = await suggestions.restore(transaction, profile.id, subject_id)
        said = NewJudgement(profile.id, subject_id, "useful", person_id=viewer.person_id)
        await judgements.judge(transaction, said, now)
        return Outcome(profile.id, subject_id, ("useful",), refresh=(profile.id,) if was_hidden else ())

    given = {"organisation_id": organisation_id, "subject_id": subject_id}
    return await perform(graph, Deed(viewer, "suggestions.endorse", given, now, idempotency_key), work)


async def restore(
    graph: Graph,
    viewer: Viewer,
    organisation_id: str,
    subject_id: str,
    *,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Take back what was said of the subject, and let it come back to the lists. Returns the organisation's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, KeyReusedError.
    """
    ensure_can_write(viewer)
    _ensure_other(organisation_id, subject_id)

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, organisation_id, "organisationId")
        # Not asked whether the subject is visible: one that was hidden since must still be restorable.
        was_hidden = await suggestions.restore(transaction, profile.id, subject_id)
        ended = await judgements.end(transaction, profile.id, subject_id, SAID, now)
        return Outcome(
            profile.id,
            subject_id,
            ("dismissed",) if was_hidden else ("useful",),
            refresh=(profile.id,) if was_hidden else (),
            changed=was_hidden or ended > 0,
        )

    given = {"organisation_id": organisation_id, "subject_id": subject_id}
    return await perform(graph, Deed(viewer, "suggestions.restore", given, now, idempotency_key), work)


def day_to_come(checked: Checked, field: str, value: str | None, now: datetime) -> datetime | None:
    """Return the instant at which a coming day begins in Seoul; None when there is none, or after noting a problem."""
    day = checked.coming_day(field, value, now.astimezone(_ZONE).date())
    return datetime.combine(day, time(), _ZONE).astimezone(UTC) if day else None


def _ensure_other(organisation_id: str, subject_id: str) -> None:
    if organisation_id == subject_id:
        raise ValidationError([Problem("subjectId", sentences.not_to_itself())])
    if not fields.is_id(subject_id) or not subject_id.startswith(("call_", "org_")):
        raise ValidationError([Problem("subjectId", sentences.call_or_organisation())])


async def _ensure_subject(transaction: Transaction, viewer: Viewer, subject_id: str) -> None:
    if subject_id.startswith("org_"):
        await find_visible(transaction, viewer, subject_id, "subjectId")
    elif not await suggestions.call_exists(transaction, subject_id):
        raise NotFoundError("subjectId")
