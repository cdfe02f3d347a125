"""Watches: the mutations of what one keeps an eye on, of the digest and of the feeds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from madang_server.api.context import RequestContext
from madang_server.api.names import Digest
from madang_server.api.verbs import Success, Verb, given, key, said, word
from madang_server.services import watches
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class WatchCallInput:
    """Which call to watch."""

    call_id: ID = said("The call.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class SaveSearchInput:
    """A search of calls to keep."""

    query: str = said(
        "Filters as in the address of the catalogue, as in `q=AI&purpose=MONEY&closing=31`: q, purpose, state, "
        "closing, least, most, region. Order and pages are left out."
    )
    name: str | None = said("A name for it, at most 80 characters.", UNSET)
    id: ID | None = said("An earlier search whose filters and name these are to replace.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class RemoveWatchInput:
    """Which watch to take off."""

    id: ID = said("The watch.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class RestoreWatchInput:
    """Which watch to put back."""

    id: ID = said("The watch.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class SetDigestInput:
    """How often news come."""

    digest: Digest = said("Daily, weekly (on Mondays), or off.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class RenewFeedsInput:
    """Whose feeds: one's own."""

    idempotency_key: str | None = key()


async def _watch_call(context: RequestContext, asked: WatchCallInput) -> str:
    return await watches.watch_call(
        context.graph, context.viewer, asked.call_id, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _save_search(context: RequestContext, asked: SaveSearchInput) -> str:
    return await watches.save_search(
        context.graph,
        context.viewer,
        asked.query,
        name=given(asked.name),
        watch_id=given(asked.id),
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


def _marking(removed: bool) -> Callable[[RequestContext, Any], Awaitable[str]]:
    async def run(context: RequestContext, asked: RemoveWatchInput | RestoreWatchInput) -> str:
        return await watches.set_removed(
            context.graph,
            context.viewer,
            asked.id,
            removed=removed,
            now=context.now(),
            idempotency_key=asked.idempotency_key,
        )

    return run


async def _set_digest(context: RequestContext, asked: SetDigestInput) -> str:
    return await watches.set_digest(
        context.graph, context.viewer, word(asked.digest), now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _renew_feeds(context: RequestContext, asked: RenewFeedsInput) -> str:
    return await watches.renew_feeds(
        context.graph, context.viewer, now=context.now(), idempotency_key=asked.idempotency_key
    )


VERBS = (
    Verb(
        "watchCall",
        "Keep an eye on a call: its deadlines and changes come with the digest. At most 100 calls and searches.",
        WatchCallInput,
        Success("CallWatched", "watch", "Watch", "The call is watched."),
        _watch_call,
    ),
    Verb(
        "saveSearch",
        "Keep a search of calls, or change one: calls that it finds later come with the digest.",
        SaveSearchInput,
        Success("SearchSaved", "watch", "Watch", "The search is kept."),
        _save_search,
    ),
    Verb(
        "removeWatch",
        "Take a watch off. It can be put back for thirty days.",
        RemoveWatchInput,
        Success("WatchRemoved", "removed", None, "The watch is off."),
        _marking(removed=True),
    ),
    Verb(
        "restoreWatch",
        "Put a watch back that was taken off.",
        RestoreWatchInput,
        Success("WatchRestored", "watch", "Watch", "The watch is back."),
        _marking(removed=False),
    ),
    Verb(
        "setDigest",
        "Say how often news of what one watches come by mail.",
        SetDigestInput,
        Success("DigestSet", "set", None, "It is noted."),
        _set_digest,
    ),
    Verb(
        "renewFeeds",
        "Make new secret addresses of one's feeds; the earlier ones end.",
        RenewFeedsInput,
        Success("FeedsRenewed", "renewed", None, "The earlier addresses have ended."),
        _renew_feeds,
    ),
)
