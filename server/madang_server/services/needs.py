"""Needs: post one, close it, open it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.model.needs import BARRIERS
from madang_graph.viewer import Viewer
from madang_graph.writes import needs, vocabularies

from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import LimitReachedError, NotFoundError, Problem, ValidationError
from madang_server.services.fields import Checked
from madang_server.services.permissions import ensure_can_write, find_editable

OPEN_NEEDS_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDraft:
    """A need as a person writes it. `language` None: that of the viewer."""

    organisation_id: str
    text: str
    language: str | None = None
    barrier: str | None = None
    budget_won: int | None = None
    technology_ids: Sequence[str] = ()


async def post(
    graph: Graph, viewer: Viewer, draft: NeedDraft, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Post a need and have the organisation's suggestions computed anew. Returns the need's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    text = checked.text("text", draft.text, least=fields.NEED_LEAST, most=fields.NEED_MOST, lines=True)
    language = checked.word("language", draft.language, ("ko", "en")) or viewer.language
    barrier = checked.word("barrier", draft.barrier, BARRIERS)
    budget_won = checked.number("budgetWon", draft.budget_won, 0, fields.WON_MOST)
    technology_ids = checked.ids("technologyIds", draft.technology_ids)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, draft.organisation_id, "organisationId")
        if await needs.count_open(transaction, profile.id) >= OPEN_NEEDS_MOST:
            raise LimitReachedError(OPEN_NEEDS_MOST, sentences.too_many_needs(OPEN_NEEDS_MOST))
        await ensure_technologies(transaction, technology_ids)
        new = needs.NewNeed(profile.id, text or "", language, barrier, budget_won, technology_ids)
        need_id = await needs.post(transaction, new, now)
        return Outcome(need_id, need_id, ("text",), refresh=(profile.id,))

    return await perform(graph, Deed(viewer, "needs.post", asdict(draft), now, idempotency_key), work)


async def close(
    graph: Graph, viewer: Viewer, need_id: str, *, met: bool, now: datetime, idempotency_key: str | None = None
) -> str:
    """Close a need: it was met, or is no longer looked for. Closing again changes the word only. Returns its id.

    Raises:  NotPermittedError, NotFoundError, KeyReusedError.
    """
    deed = Deed(viewer, "needs.close", {"id": need_id, "met": met}, now, idempotency_key)
    return await _change_state(graph, deed, need_id, "met" if met else "withdrawn")


async def reopen(
    graph: Graph, viewer: Viewer, need_id: str, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Look for it again. Returns the need's id.

    Raises:  NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    return await _change_state(graph, Deed(viewer, "needs.reopen", {"id": need_id}, now, idempotency_key), need_id)


async def _change_state(graph: Graph, deed: Deed, need_id: str, state: str = "open") -> str:
    ensure_can_write(deed.viewer)

    async def work(transaction: Transaction) -> Outcome:
        owner = await needs.owner_of(transaction, need_id) if fields.is_id(need_id) else None
        if owner is None:
            raise NotFoundError("id")
        # The organisation first, then its need: the order in which posting locks them.
        await find_editable(transaction, deed.viewer, owner, "id")
        found = await needs.find_locked(transaction, need_id)
        before = found[1] if found else state
        if state == "open" != before and await needs.count_open(transaction, owner) >= OPEN_NEEDS_MOST:
            raise LimitReachedError(OPEN_NEEDS_MOST, sentences.too_many_needs(OPEN_NEEDS_MOST))
        await needs.set_state(transaction, need_id, state)
        return Outcome(need_id, need_id, ("state",), refresh=(owner,), changed=before != state)

    return await perform(graph, deed, work)


async def ensure_technologies(transaction: Transaction, technology_ids: Sequence[str]) -> None:
    """Raise ValidationError unless each id names a technology."""
    if await vocabularies.unknown_technologies(transaction, technology_ids):
        raise ValidationError([Problem("technologyIds", sentences.unknown_choice())])
