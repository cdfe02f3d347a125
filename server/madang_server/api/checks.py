"""What if: judges an unsaved profile. Writes nothing; sent by POST, so that no address or log carries the profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from madang_server.api.context import RequestContext
from madang_server.api.facts import FactInput, fact_texts
from madang_server.api.verbs import Success, Verb, given, key, said
from madang_server.services import checks
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class CheckProfileInput:
    """An unsaved profile. Nothing of it is stored."""

    facts: list[FactInput] = said("Values by name of a `FactField`, those of the profile included; at most 100.")
    call_ids: list[ID] | None = said(
        "These open calls, at most 10, each with its fixes; left out: all open ones.", UNSET
    )
    organisation_id: ID | None = said("One's own organisation, whose stored values count where none is given.", UNSET)
    idempotency_key: str | None = key()


async def _check(context: RequestContext, asked: CheckProfileInput) -> Any:
    return await checks.check(
        context.graph,
        context.viewer,
        context.identity,
        fact_texts(asked.facts),
        call_ids=given(asked.call_ids),
        organisation_id=given(asked.organisation_id),
        address=context.address,
        now=context.now(),
    )


VERBS = (
    Verb(
        "checkProfile",
        "Judge an unsaved profile against open calls. Nothing of it is stored or logged.",
        CheckProfileInput,
        Success("ProfileChecked", "results", "Eligibility", "What it may apply for, the best first.", values=True),
        _check,
    ),
)
