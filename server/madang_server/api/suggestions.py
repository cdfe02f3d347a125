"""Suggestions: the mutations that hide one and show it again."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.verbs import Success, Verb, given, key, said
from madang_server.services import suggestions
from madang_server.services.suggestions import Dismissal
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class DismissSuggestionInput:
    """Which suggestion an organisation does not want to see."""

    organisation_id: ID = said("Whose list it is on.")
    subject_id: ID = said("The call or organisation to hide.")
    reason: str | None = said("Why, at most 500 characters.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class RestoreSuggestionInput:
    """Which hidden suggestion may be shown again."""

    organisation_id: ID = said("Whose list it was on.")
    subject_id: ID = said("The call or organisation to show again.")
    idempotency_key: str | None = key()


async def _dismiss(context: RequestContext, asked: DismissSuggestionInput) -> str:
    dismissal = Dismissal(
        organisation_id=asked.organisation_id, subject_id=asked.subject_id, reason=given(asked.reason)
    )
    return await suggestions.dismiss(
        context.graph, context.viewer, dismissal, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _restore(context: RequestContext, asked: RestoreSuggestionInput) -> str:
    return await suggestions.restore(
        context.graph,
        context.viewer,
        asked.organisation_id,
        asked.subject_id,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


VERBS = (
    Verb(
        "dismissSuggestion",
        "Hide a call or a partner from an organisation's lists.",
        DismissSuggestionInput,
        Success("SuggestionDismissed", "organisation", "Organisation", "The suggestion is hidden."),
        _dismiss,
    ),
    Verb(
        "restoreSuggestion",
        "Let a hidden call or partner come back to an organisation's lists.",
        RestoreSuggestionInput,
        Success("SuggestionRestored", "organisation", "Organisation", "The suggestion may be shown again."),
        _restore,
    ),
)
