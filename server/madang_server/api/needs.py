"""Needs and offers: the mutations that post them, and that close a need and open it again."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.names import Barrier, Language, Won
from madang_server.api.verbs import Success, Verb, given, key, said, word
from madang_server.services import needs, offers
from madang_server.services.needs import NeedDraft
from madang_server.services.offers import OfferDraft
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class PostNeedInput:
    """A need in plain words."""

    organisation_id: ID = said("Who looks for it.")
    text: str = said("The need, one to three sentences, 10 to 1,000 characters.")
    language: Language | None = said("Language of the text; without it, that of the request.", UNSET)
    barrier: Barrier | None = said("What stands in the way.", UNSET)
    budget_won: Won | None = said("What it would spend; only its own people see it.", UNSET)
    technology_ids: list[ID] | None = said("What it is about; at most 30.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class PostOfferInput:
    """An offer in plain words."""

    organisation_id: ID = said("Who can supply it.")
    text: str = said("The offer, one to three sentences, 10 to 1,000 characters.")
    language: Language | None = said("Language of the text; without it, that of the request.", UNSET)
    technology_ids: list[ID] | None = said("What it is about; at most 30.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class CloseNeedInput:
    """Which need is no longer looked for."""

    id: ID = said("The need.")
    met: bool = said("True: it was met. False: it is no longer needed.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class ReopenNeedInput:
    """Which need is looked for again."""

    id: ID = said("The need.")
    idempotency_key: str | None = key()


async def _close_need(context: RequestContext, asked: CloseNeedInput) -> str:
    return await needs.close(
        context.graph,
        context.viewer,
        asked.id,
        met=asked.met,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


async def _reopen_need(context: RequestContext, asked: ReopenNeedInput) -> str:
    return await needs.reopen(
        context.graph, context.viewer, asked.id, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _post_need(context: RequestContext, asked: PostNeedInput) -> str:
    draft = NeedDraft(
        organisation_id=asked.organisation_id,
        text=asked.text,
        language=word(given(asked.language)),
        barrier=word(given(asked.barrier)),
        budget_won=given(asked.budget_won),
        technology_ids=given(asked.technology_ids) or (),
    )
    return await needs.post(
        context.graph, context.viewer, draft, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _post_offer(context: RequestContext, asked: PostOfferInput) -> str:
    draft = OfferDraft(
        organisation_id=asked.organisation_id,
        text=asked.text,
        language=word(given(asked.language)),
        technology_ids=given(asked.technology_ids) or (),
    )
    return await offers.post(
        context.graph, context.viewer, draft, now=context.now(), idempotency_key=asked.idempotency_key
    )


VERBS = (
    Verb(
        "postNeed",
        "Say what an organisation looks for. At most 50 can be open.",
        PostNeedInput,
        Success("NeedPosted", "need", "Need", "The need was posted."),
        _post_need,
    ),
    Verb(
        "closeNeed",
        "Say that a need was met, or is no longer looked for.",
        CloseNeedInput,
        Success("NeedClosed", "need", "Need", "The need is closed."),
        _close_need,
    ),
    Verb(
        "reopenNeed",
        "Look for something again.",
        ReopenNeedInput,
        Success("NeedReopened", "need", "Need", "The need is open again."),
        _reopen_need,
    ),
    Verb(
        "postOffer",
        "Say what an organisation can supply. At most 50.",
        PostOfferInput,
        Success("OfferPosted", "offer", "Offer", "The offer was posted."),
        _post_offer,
    ),
)
