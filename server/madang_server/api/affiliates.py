"""Affiliates: the mutations that name one, confirm one, decline one and drop one."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.verbs import Success, Verb, key, said
from madang_server.services import affiliates
from strawberry import ID


@dataclass(kw_only=True)
class NameAffiliateInput:
    """Which organisation names which other one."""

    organisation_id: ID = said("The organisation that names; the viewer may edit it.")
    affiliate_id: ID = said("Its affiliate: visible to the viewer, or one that has named this organisation.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class DropAffiliateInput:
    """Which organisation drops or declines which other one."""

    organisation_id: ID = said("The organisation that says so; the viewer may edit it.")
    affiliate_id: ID = said("The one that it has named, or that has named it.")
    idempotency_key: str | None = key()


async def _name(context: RequestContext, asked: NameAffiliateInput) -> str:
    return await affiliates.name(
        context.graph,
        context.viewer,
        asked.organisation_id,
        asked.affiliate_id,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


async def _drop(context: RequestContext, asked: DropAffiliateInput) -> str:
    return await affiliates.drop(
        context.graph,
        context.viewer,
        asked.organisation_id,
        asked.affiliate_id,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


VERBS = (
    Verb(
        "nameAffiliate",
        "Say that another organisation is an affiliate, or confirm one that has said so. Once both have, they are one "
        "single undertaking: each sees what de minimis aid the other adds to the sum. At most 50 in one.",
        NameAffiliateInput,
        Success("AffiliateNamed", "organisation", "Organisation", "It was named."),
        _name,
    ),
    Verb(
        "dropAffiliate",
        "Take back that another organisation is an affiliate, or decline one that has said so.",
        DropAffiliateInput,
        Success("AffiliateDropped", "organisation", "Organisation", "It is no affiliate."),
        _drop,
    ),
)
