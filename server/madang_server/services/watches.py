"""Watches: keep an eye on a call or on a search, take that off and put it back, say how often news come."""

from __future__ import annotations

from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.model.watches import DIGESTS
from madang_graph.viewer import Viewer
from madang_graph.writes import outbox, suggestions, watches
from madang_graph.writes.watches import Kept

from madang_server.services import sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import LimitReachedError, NotFoundError
from madang_server.services.fields import Checked, is_id
from madang_server.services.permissions import ensure_can_write
from madang_server.services.searches import read_filters

WATCHES_MOST = 100
NAME_MOST = 80


async def watch_call(
    graph: Graph, viewer: Viewer, call_id: str, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Watch a call. Doing so again changes nothing. Returns the id of the watch.

    Raises:  NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    person_id = _person(viewer)

    async def work(transaction: Transaction) -> Outcome:
        await _locked(transaction, person_id)
        if not is_id(call_id) or not await suggestions.call_exists(transaction, call_id):
            raise NotFoundError("callId")
        kept = await watches.of_call(transaction, person_id, call_id)
        if kept is not None and not kept.removed:
            return Outcome(kept.id, call_id, changed=False)
        await _ensure_room(transaction, person_id)
        if kept is not None:
            await watches.mark(transaction, kept.id, None)
        watch_id = kept.id if kept else await watches.watch_call(transaction, person_id, call_id, now)
        await _look(transaction, person_id, now)
        return Outcome(watch_id, call_id, ("watch",))

    return await perform(graph, Deed(viewer, "watches.watch", {"call_id": call_id}, now, idempotency_key), work)


async def save_search(
    graph: Graph,
    viewer: Viewer,
    query: str,
    *,
    name: str | None = None,
    watch_id: str | None = None,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Keep the filters of the catalogue's address as a search, or put them in the place of an earlier one's.

    Returns the id of the watch.
    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    person_id = _person(viewer)
    filters = read_filters(query)
    checked = Checked()
    clean = checked.text("name", name, most=NAME_MOST)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        await _locked(transaction, person_id)
        if watch_id is None:
            await _ensure_room(transaction, person_id)
            saved = await watches.save_search(transaction, person_id, clean, filters, now)
        else:
            saved = (await _kept(transaction, person_id, watch_id, "search")).id
            await watches.change_search(transaction, saved, clean, filters)
        await _look(transaction, person_id, now)
        return Outcome(saved, saved, ("query",))

    given = {"query": query, "name": name, "id": watch_id}
    return await perform(graph, Deed(viewer, "watches.save_search", given, now, idempotency_key), work)


async def set_removed(
    graph: Graph, viewer: Viewer, watch_id: str, *, removed: bool, now: datetime, idempotency_key: str | None = None
) -> str:
    """Take a watch off, or put it back. Doing so again changes nothing. Returns its id.

    Raises:  NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    person_id = _person(viewer)

    async def work(transaction: Transaction) -> Outcome:
        await _locked(transaction, person_id)
        kept = await _kept(transaction, person_id, watch_id)
        if kept.removed == removed:
            return Outcome(kept.id, kept.id, changed=False)
        if not removed:
            await _ensure_room(transaction, person_id)
        await watches.mark(transaction, kept.id, now if removed else None)
        if not removed:
            await _look(transaction, person_id, now)
        return Outcome(kept.id, kept.id, ("removed",))

    action = "watches.remove" if removed else "watches.restore"
    return await perform(graph, Deed(viewer, action, {"id": watch_id}, now, idempotency_key), work)


async def set_digest(
    graph: Graph, viewer: Viewer, digest: str, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Say how often news of what one watches come by mail. Returns the person's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, KeyReusedError.
    """
    person_id = _person(viewer)
    checked = Checked()
    checked.word("digest", digest, DIGESTS)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        await _locked(transaction, person_id)
        await watches.set_digest(transaction, person_id, digest)
        return Outcome(person_id, person_id, ("digest",))

    return await perform(graph, Deed(viewer, "watches.set_digest", {"digest": digest}, now, idempotency_key), work)


async def stop_digest(graph: Graph, person_id: str, now: datetime) -> bool:
    """Turn the digest off for whoever holds a letter's signed address. False: the person is gone."""

    async def work(transaction: Transaction) -> Outcome:
        await _locked(transaction, person_id)
        await watches.set_digest(transaction, person_id, "off")
        return Outcome(person_id, person_id, ("digest",), person_id=person_id)

    try:
        await perform(graph, Deed(Viewer(), "watches.stop_digest", {}, now), work)
    except NotFoundError:
        return False
    return True


async def renew_feeds(graph: Graph, viewer: Viewer, *, now: datetime, idempotency_key: str | None = None) -> str:
    """End the addresses of one's feeds that were given out so far, and make new ones. Returns the person's id.

    Raises:  NotPermittedError, NotFoundError, KeyReusedError.
    """
    person_id = _person(viewer)

    async def work(transaction: Transaction) -> Outcome:
        await _locked(transaction, person_id)
        await watches.renew_feeds(transaction, person_id)
        return Outcome(person_id, person_id, ("feeds",))

    return await perform(graph, Deed(viewer, "watches.renew_feeds", {}, now, idempotency_key), work)


def _person(viewer: Viewer) -> str:
    ensure_can_write(viewer)
    assert viewer.person_id is not None
    return viewer.person_id


async def _locked(transaction: Transaction, person_id: str) -> None:
    if not await watches.lock_person(transaction, person_id):
        raise NotFoundError("id")


async def _kept(transaction: Transaction, person_id: str, watch_id: str, kind: str = "") -> Kept:
    kept = await watches.find(transaction, person_id, watch_id) if is_id(watch_id) else None
    if kept is None or (kind and (kept.kind != kind or kept.removed)):
        raise NotFoundError("id")
    return kept


async def _ensure_room(transaction: Transaction, person_id: str) -> None:
    if await watches.count(transaction, person_id) >= WATCHES_MOST:
        raise LimitReachedError(WATCHES_MOST, sentences.too_many_watches(WATCHES_MOST))


async def _look(transaction: Transaction, person_id: str, now: datetime) -> None:
    """Have it looked at soon: what is there now is known, and only what comes later is news."""
    await outbox.add_job(transaction, outbox.outbox_row("watches.look", {"person_id": person_id}, now))
