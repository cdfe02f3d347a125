"""Calls: the mutations by which those who run a programme plan an edition and change its facts."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.names import Date, DocumentKind, Instant, Purpose, Won
from madang_server.api.verbs import Success, Verb, kept, key, said, word
from madang_server.services import calls
from madang_server.services.call_facts import CallFacts
from madang_server.services.calls import CallChange, CallPlan
from madang_server.services.fields import Keep
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class CallFactsInput:
    """What is said of a call."""

    name_ko: str | None = said("Name in Korean, at most 200 characters.", UNSET)
    name_en: str | None = said("Name in English, at most 200 characters.", UNSET)
    summary_ko: str | None = said("What it supports, in Korean, at most 2,000 characters.", UNSET)
    summary_en: str | None = said("What it supports, in English, at most 2,000 characters.", UNSET)
    purposes: list[Purpose] | None = said("What it gives.", UNSET)
    noticed_on: Date | None = said("Day of the notice, not after it opens.", UNSET)
    opens_at: Instant | None = said("First moment of applying.", UNSET)
    closes_at: Instant | None = said("Last moment of applying, after it opens; none where it is always open.", UNSET)
    contract_on: Date | None = said("Day on which contracts are signed, not before it closes.", UNSET)
    intake: str | None = said("dated (until a day), rolling (always open) or until_funds; without it, dated.", UNSET)
    amount_max_won: Won | None = said("Most that one applicant may get.", UNSET)
    own_share: str | None = said("Own share in words, at most 300 characters.", UNSET)
    amount_note: str | None = said("What else there is to say of budget and amounts, at most 1,000 characters.", UNSET)
    url: str | None = said("Where one applies, http or https.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class PlanCallInput(CallFactsInput):
    """A new edition of a programme. Without a name, it is named after the programme, the year and its number in it."""

    programme_id: ID = said("The programme.")
    documents: list[DocumentKind] | None = said(
        "Papers that applicants hand in; without it, the last edition's.", UNSET
    )


@dataclass(kw_only=True)
class EditCallInput(CallFactsInput):
    """Facts that become others. What is left out stays as it is; null clears it."""

    id: ID = said("The call, or the planned call.")
    version: int = said("The `version` that was read, 0 where there is none; a newer one is a conflict.")


_AS_GIVEN = (
    "name_ko",
    "name_en",
    "summary_ko",
    "summary_en",
    "noticed_on",
    "opens_at",
    "closes_at",
    "contract_on",
    "intake",
    "amount_max_won",
    "own_share",
    "amount_note",
    "url",
)


def _facts(asked: CallFactsInput) -> CallFacts:
    purposes = kept(asked.purposes)
    given = {name: kept(getattr(asked, name)) for name in _AS_GIVEN}
    if not isinstance(purposes, Keep):
        given["purposes"] = tuple(word(each) for each in purposes or ())
    return CallFacts(**given)


async def _plan(context: RequestContext, asked: PlanCallInput) -> str:
    documents = kept(asked.documents)
    papers = documents if isinstance(documents, Keep) else tuple(word(each) for each in documents or ())
    plan = CallPlan(programme_id=asked.programme_id, facts=_facts(asked), documents=papers)
    return await calls.plan(context.graph, context.viewer, plan, now=context.now(), key=asked.idempotency_key)


async def _edit(context: RequestContext, asked: EditCallInput) -> str:
    change = CallChange(id=asked.id, version=asked.version, facts=_facts(asked))
    return await calls.edit(context.graph, context.viewer, change, now=context.now(), key=asked.idempotency_key)


VERBS = (
    Verb(
        "planCall",
        "Begin a new edition of a programme with the rules of the last one, as a draft that nobody else sees. It is "
        "published with `publishRules`.",
        PlanCallInput,
        Success("CallPlanned", "plannedCall", "PlannedCall", "The edition was begun."),
        _plan,
    ),
    Verb(
        "editCall",
        "Change the facts of a call or planned call. Of a published call, verdicts are made anew, and who watches it "
        "is told.",
        EditCallInput,
        Success("CallEdited", "call", "Call", "The facts were saved.", planned="PlannedCall"),
        _edit,
    ),
)
