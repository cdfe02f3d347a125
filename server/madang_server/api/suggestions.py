"""Suggestions: the mutations that say what one is worth, hide it and show it again."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.names import Date, JudgementReason
from madang_server.api.verbs import Success, Verb, given, key, said, word
from madang_server.services import suggestions
from madang_server.services.suggestions import Dismissal
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class DismissSuggestionInput:
    """Which suggestion an organisation does not want to see."""

    organisation_id: ID = said("Whose list it is on.")
    subject_id: ID = said("The call or organisation to hide.")
    reason: JudgementReason | None = said("Why it is not relevant.", UNSET)
    note: str | None = said("Why in one's own words, at most 500 characters.", UNSET)
    again_on: Date | None = said(
        "Day in Seoul from which it may be shown again; without it, when one of the two has changed.", UNSET
    )
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class EndorseSuggestionInput:
    """Which suggestion is useful to an organisation."""

    organisation_id: ID = said("Whose list it is on.")
    subject_id: ID = said("The call or organisation.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class RestoreSuggestionInput:
    """Of which suggestion everything said is taken back."""

    organisation_id: ID = said("Whose list it is or was on.")
    subject_id: ID = said("The call or organisation; if it was hidden, it may be shown again.")
    idempotency_key: str | None = key()


async def _dismiss(context: RequestContext, asked: DismissSuggestionInput) -> str:
    dismissal = Dismissal(
        organisation_id=asked.organisation_id,
        subject_id=asked.subject_id,
        reason=word(given(asked.reason)),
        note=given(asked.note),
        again_on=given(asked.again_on),
    )
    return await suggestions.dismiss(
        context.graph, context.viewer, dismissal, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _endorse(context: RequestContext, asked: EndorseSuggestionInput) -> str:
    return await suggestions.endorse(
        context.graph,
        context.viewer,
        asked.organisation_id,
        asked.subject_id,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
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
        "Say that a call or a partner is not relevant: it leaves the organisation's lists until the day set, or until "
        "one of the two has changed.",
        DismissSuggestionInput,
        Success("SuggestionDismissed", "organisation", "Organisation", "The suggestion is hidden."),
        _dismiss,
    ),
    Verb(
        "endorseSuggestion",
        "Say that a call or a partner is useful. It replaces what was said of it before.",
        EndorseSuggestionInput,
        Success("SuggestionEndorsed", "organisation", "Organisation", "It was noted."),
        _endorse,
    ),
    Verb(
        "restoreSuggestion",
        "Take back what was said of a call or partner; a hidden one comes back to the lists.",
        RestoreSuggestionInput,
        Success("SuggestionRestored", "organisation", "Organisation", "The suggestion may be shown again."),
        _restore,
    ),
)
