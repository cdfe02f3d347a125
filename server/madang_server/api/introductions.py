"""Introductions: the mutations that ask to meet, answer, and take back."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.names import Date, JudgementReason
from madang_server.api.verbs import Success, Verb, given, key, said, word
from madang_server.services import introductions
from madang_server.services.introductions import Answer, IntroductionRequest, Report
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class RequestIntroductionInput:
    """Who would like to meet whom."""

    from_id: ID = said("The organisation that asks; the viewer may edit it.")
    to_id: ID = said("The organisation to meet.")
    message: str = said("What to say to them, 10 to 2,000 characters.")
    need_id: ID | None = said("The need it is about, posted by one of the two.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class AnswerIntroductionInput:
    """The answer of the side that was asked."""

    id: ID = said("The introduction.")
    accept: bool = said("True: we would like to meet.")
    answer: str | None = said("What to say to them, at most 2,000 characters.", UNSET)
    reason: JudgementReason | None = said("Why it is declined; only one's own people see it.", UNSET)
    again_on: Date | None = said(
        "Day in Seoul from which the two may be suggested to each other again, if it is declined; without it, when "
        "one of the two has changed.",
        UNSET,
    )
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class ReportOutcomeInput:
    """What one side says came of an introduction."""

    id: ID = said("The introduction, which was accepted.")
    organisation_id: ID = said("The side that says so; the viewer may edit it.")
    worked: bool = said("True: it led to something. False: nothing came of it.")
    note: str | None = said("What came of it, at most 500 characters; only one's own people see it.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class WithdrawIntroductionInput:
    """Which request the side that asked takes back."""

    id: ID = said("The introduction.")
    idempotency_key: str | None = key()


async def _request(context: RequestContext, asked: RequestIntroductionInput) -> str:
    wish = IntroductionRequest(
        from_id=asked.from_id, to_id=asked.to_id, message=asked.message, need_id=given(asked.need_id)
    )
    return await introductions.request(
        context.graph, context.viewer, wish, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _answer(context: RequestContext, asked: AnswerIntroductionInput) -> str:
    answer = Answer(
        id=asked.id,
        accept=asked.accept,
        answer=given(asked.answer),
        reason=word(given(asked.reason)),
        again_on=given(asked.again_on),
    )
    return await introductions.answer(
        context.graph, context.viewer, answer, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _report(context: RequestContext, asked: ReportOutcomeInput) -> str:
    report = Report(id=asked.id, organisation_id=asked.organisation_id, worked=asked.worked, note=given(asked.note))
    return await introductions.report_outcome(
        context.graph, context.viewer, report, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _withdraw(context: RequestContext, asked: WithdrawIntroductionInput) -> str:
    return await introductions.withdraw(
        context.graph, context.viewer, asked.id, now=context.now(), idempotency_key=asked.idempotency_key
    )


VERBS = (
    Verb(
        "requestIntroduction",
        "Ask to meet another organisation. At most 20 requests can wait for an answer; each lapses after 14 days.",
        RequestIntroductionInput,
        Success("IntroductionRequested", "introduction", "Introduction", "The request was sent."),
        _request,
    ),
    Verb(
        "answerIntroduction",
        "Accept or decline a request to meet, once.",
        AnswerIntroductionInput,
        Success("IntroductionAnswered", "introduction", "Introduction", "The request was answered."),
        _answer,
    ),
    Verb(
        "reportOutcome",
        "Say what came of an introduction that was accepted; a later word replaces it.",
        ReportOutcomeInput,
        Success("OutcomeReported", "introduction", "Introduction", "It was noted."),
        _report,
    ),
    Verb(
        "withdrawIntroduction",
        "Take back a request that waits for its answer.",
        WithdrawIntroductionInput,
        Success("IntroductionWithdrawn", "introduction", "Introduction", "The request was taken back."),
        _withdraw,
    ),
)
