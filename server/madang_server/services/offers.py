"""Offers: post one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import offers

from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import LimitReachedError
from madang_server.services.fields import Checked
from madang_server.services.needs import ensure_technologies
from madang_server.services.permissions import ensure_can_write, find_editable

OFFERS_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """An offer as a person writes it. `language` None: that of the viewer."""

    organisation_id: str
    text: str
    language: str | None = None
    technology_ids: Sequence[str] = ()


async def post(
    graph: Graph, viewer: Viewer, draft: OfferDraft, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Post an offer and have the organisation's suggestions computed anew. Returns the offer's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    text = checked.text("text", draft.text, least=fields.NEED_LEAST, most=fields.NEED_MOST, lines=True)
    language = checked.word("language", draft.language, ("ko", "en")) or viewer.language
    technology_ids = checked.ids("technologyIds", draft.technology_ids)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, draft.organisation_id, "organisationId")
        if await offers.count(transaction, profile.id) >= OFFERS_MOST:
            raise LimitReachedError(OFFERS_MOST, sentences.too_many_offers(OFFERS_MOST))
        await ensure_technologies(transaction, technology_ids)
        new = offers.NewOffer(profile.id, text or "", language, technology_ids)
        offer_id = await offers.post(transaction, new, now)
        return Outcome(offer_id, offer_id, ("text",), refresh=(profile.id,))

    return await perform(graph, Deed(viewer, "offers.post", asdict(draft), now, idempotency_key), work)
