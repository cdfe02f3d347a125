"""Affiliates: an organisation names another as one; the two are one undertaking once both have named each other."""

from __future__ import annotations

from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import affiliates, facts, organisations
from madang_graph.writes.affiliates import MEMBERS_MOST

from madang_server.matches.affiliates import FACT
from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import LimitReachedError, NotFoundError, Problem, ValidationError
from madang_server.services.permissions import ensure_can_write, find_editable, find_visible


async def name(
    graph: Graph,
    viewer: Viewer,
    organisation_id: str,
    affiliate_id: str,
    *,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Name an affiliate, or confirm one that has named this organisation. Doing so again changes nothing.

    Returns: the id of the organisation that names.
    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    if organisation_id == affiliate_id:
        raise ValidationError([Problem("affiliateId", sentences.not_to_itself())])

    async def work(transaction: Transaction) -> Outcome:
        await _lock(transaction, viewer, organisation_id, affiliate_id)
        stands = await affiliates.standing(transaction, organisation_id, affiliate_id)
        if not stands.named_back:
            # Who has named this organisation shows itself to it; anyone else has to be visible anyway.
            await find_visible(transaction, viewer, affiliate_id, "affiliateId")
        if stands.named:
            return Outcome(organisation_id, organisation_id, changed=False)
        if await affiliates.count_named(transaction, organisation_id) >= MEMBERS_MOST - 1:
            raise _too_many()
        await affiliates.name(transaction, organisation_id, affiliate_id, viewer.person_id or "", now)
        await _unsay_none(transaction, organisation_id)
        group = await _settled(transaction, organisation_id)
        if len(group) > MEMBERS_MOST:
            raise _too_many()
        await affiliates.keep(transaction, group)
        return Outcome(organisation_id, organisation_id, (f"affiliates.{affiliate_id}",), refresh=sorted(group))

    given = {"organisation_id": organisation_id, "affiliate_id": affiliate_id}
    return await perform(graph, Deed(viewer, "affiliates.name", given, now, idempotency_key), work)


async def drop(
    graph: Graph,
    viewer: Viewer,
    organisation_id: str,
    affiliate_id: str,
    *,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Take back that another is an affiliate, and decline where the other says so.

    Returns: the id of the organisation that drops it.
    Raises:  NotPermittedError, NotFoundError: neither has named the other, KeyReusedError.
    """
    ensure_can_write(viewer)

    async def work(transaction: Transaction) -> Outcome:
        await _lock(transaction, viewer, organisation_id, affiliate_id)
        stands = await affiliates.standing(transaction, organisation_id, affiliate_id)
        if not stands.named and not stands.named_back:
            raise NotFoundError("affiliateId")
        before = await _settled(transaction, organisation_id)
        await affiliates.drop(transaction, organisation_id, affiliate_id, now)
        if stands.linked:
            for side in (organisation_id, affiliate_id):
                await affiliates.keep(transaction, await affiliates.members(transaction, side))
        return Outcome(organisation_id, organisation_id, (f"affiliates.{affiliate_id}",), refresh=sorted(before))

    given = {"organisation_id": organisation_id, "affiliate_id": affiliate_id}
    return await perform(graph, Deed(viewer, "affiliates.drop", given, now, idempotency_key), work)


async def _lock(transaction: Transaction, viewer: Viewer, organisation_id: str, affiliate_id: str) -> None:
    """Hold both at once and in one order, so that two who name each other at the same time do not wait in a circle."""
    await organisations.lock(transaction, *(each for each in (organisation_id, affiliate_id) if fields.is_id(each)))
    await find_editable(transaction, viewer, organisation_id, "organisationId", admins=False)
    if not fields.is_id(affiliate_id):
        raise NotFoundError("affiliateId")


async def _settled(transaction: Transaction, organisation_id: str) -> frozenset[str]:
    """Return the members of the single undertaking, locked."""
    await organisations.lock(transaction, *await affiliates.members(transaction, organisation_id))
    return await affiliates.members(transaction, organisation_id)


async def _unsay_none(transaction: Transaction, organisation_id: str) -> None:
    """Who names an affiliate takes back that there are none."""
    known = await facts.find_facts(transaction, organisation_id)
    if known.pop(FACT, None) is not None:
        await facts.set_facts(transaction, organisation_id, known)


def _too_many() -> LimitReachedError:
    return LimitReachedError(MEMBERS_MOST, sentences.too_many_affiliates(MEMBERS_MOST), "affiliateId")
