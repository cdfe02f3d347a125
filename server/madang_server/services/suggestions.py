"""Suggestions: hide one from a list, show it again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import suggestions

from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import NotFoundError, Problem, ValidationError
from madang_server.services.fields import Checked
from madang_server.services.permissions import ensure_can_write, find_editable, find_visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """What an organisation does not want to see on its lists. The subject is a call or an organisation."""

    organisation_id: str
    subject_id: str
    reason: str | None = None


async def dismiss(
    graph: Graph, viewer: Viewer, dismissal: Dismissal, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Hide the subject from the organisation's lists. Hiding it again renews the reason. Returns the organisation's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    reason = checked.text("reason", dismissal.reason, most=fields.REASON_MOST, lines=True)
    checked.done()
    _ensure_other(dismissal.organisation_id, dismissal.subject_id)

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, dismissal.organisation_id, "organisationId")
        await _ensure_subject(transaction, viewer, dismissal.subject_id)
        await suggestions.dismiss(transaction, profile.id, dismissal.subject_id, reason, now)
        return Outcome(profile.id, dismissal.subject_id, ("dismissed",), refresh=(profile.id,))

    return await perform(graph, Deed(viewer, "suggestions.dismiss", asdict(dismissal), now, idempotency_key), work)


async def restore(
    graph: Graph,
    viewer: Viewer,
    organisation_id: str,
    subject_id: str,
    *,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Let the subject come back to the organisation's lists. Returns the organisation's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, KeyReusedError.
    """
    ensure_can_write(viewer)
    _ensure_other(organisation_id, subject_id)

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, organisation_id, "organisationId")
        # Not asked whether the subject is visible: one that was hidden since must still be restorable.
        was_hidden = await suggestions.restore(transaction, profile.id, subject_id)
        return Outcome(profile.id, subject_id, ("dismissed",), refresh=(profile.id,), changed=was_hidden)

    given = {"organisation_id": organisation_id, "subject_id": subject_id}
    return await perform(graph, Deed(viewer, "suggestions.restore", given, now, idempotency_key), work)


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
