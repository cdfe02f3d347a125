"""Needs: post one."""

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
from madang_server.services.errors import LimitReachedError, Problem, ValidationError
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


async def ensure_technologies(transaction: Transaction, technology_ids: Sequence[str]) -> None:
    """Raise ValidationError unless each id names a technology."""
    if await vocabularies.unknown_technologies(transaction, technology_ids):
        raise ValidationError([Problem("technologyIds", sentences.unknown_choice())])
