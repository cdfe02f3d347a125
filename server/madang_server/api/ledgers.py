"""An organisation's own lists: the mutations that record awards, applications and documents, and take them off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.names import ApplicationState, AwardState, Date, DocumentKind, Regime, Won
from madang_server.api.verbs import Success, Verb, given, key, said, word
from madang_server.services import applications, awards, documents, ledgers
from madang_server.services.applications import ApplicationDraft
from madang_server.services.awards import AwardDraft
from madang_server.services.documents import DocumentDraft
from madang_server.services.ledgers import Listed
from strawberry import ID, UNSET

_ID = "The entry to change; without it, a new one is made."
_VERSION = "The version that the change was made from; needed with `id`."


@dataclass(kw_only=True)
class SaveAwardInput:
    """The whole entry: what is left out is cleared."""

    organisation_id: ID = said("Who received it.")
    id: ID | None = said(_ID, UNSET)
    version: int | None = said(_VERSION, UNSET)
    programme_id: ID | None = said("The programme, where it is listed here.", UNSET)
    name: str | None = said("What it was; needed where no programme is named.", UNSET)
    amount_won: Won | None = said("What was granted.", UNSET)
    received_on: Date | None = said("Day on which it was granted.", UNSET)
    ends_on: Date | None = said("Last day of the support.", UNSET)
    state: AwardState | None = said("How far it is; without it, received.", UNSET)
    regime: Regime | None = said("Under which rules of state aid it was granted.", UNSET)
    de_minimis_eur: int | None = said("What counts towards the de minimis ceiling, in euros.", UNSET)
    plan: str | None = said("Name of the plan or project it paid for.", UNSET)
    programme_group: str | None = said("Group of programmes of which one may hold only one at a time.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class SaveApplicationInput:
    """The whole entry: what is left out is cleared."""

    organisation_id: ID = said("Who applies.")
    id: ID | None = said(_ID, UNSET)
    version: int | None = said(_VERSION, UNSET)
    call_id: ID | None = said("The call, where it is listed here.", UNSET)
    name: str | None = said("What it is for; needed where no call is named.", UNSET)
    state: ApplicationState | None = said("How far it is; without it, preparing.", UNSET)
    applied_on: Date | None = said("Day on which it was, or is to be, handed in.", UNSET)
    note: str | None = said("What its own people want to remember, at most 500 characters.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class SaveDocumentInput:
    """The whole entry: what is left out is cleared."""

    organisation_id: ID = said("Who has it.")
    kind: DocumentKind = said("Which paper it is.")
    id: ID | None = said(_ID, UNSET)
    version: int | None = said(_VERSION, UNSET)
    expires_on: Date | None = said("Last day on which it is valid; without it, it does not expire.", UNSET)
    note: str | None = said("Where it is kept, or what to mind, at most 500 characters.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class EntryInput:
    """Which entry of an organisation's own lists."""

    id: ID = said("The entry.")
    idempotency_key: str | None = key()


class RemoveAwardInput(EntryInput):
    """Which award goes off the list."""


class RestoreAwardInput(EntryInput):
    """Which award comes back on the list."""


class RemoveApplicationInput(EntryInput):
    """Which application goes off the list."""


class RestoreApplicationInput(EntryInput):
    """Which application comes back on the list."""


class RemoveDocumentInput(EntryInput):
    """Which document goes off the list."""


class RestoreDocumentInput(EntryInput):
    """Which document comes back on the list."""


async def _save_award(context: RequestContext, asked: SaveAwardInput) -> str:
    draft = AwardDraft(
        organisation_id=asked.organisation_id,
        id=given(asked.id),
        version=given(asked.version),
        programme_id=given(asked.programme_id),
        name=given(asked.name),
        amount_won=given(asked.amount_won),
        received_on=given(asked.received_on),
        ends_on=given(asked.ends_on),
        state=word(given(asked.state)),
        regime=word(given(asked.regime)),
        de_minimis_eur=given(asked.de_minimis_eur),
        plan=given(asked.plan),
        programme_group=given(asked.programme_group),
    )
    return await awards.save(
        context.graph, context.viewer, draft, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _save_application(context: RequestContext, asked: SaveApplicationInput) -> str:
    draft = ApplicationDraft(
        organisation_id=asked.organisation_id,
        id=given(asked.id),
        version=given(asked.version),
        call_id=given(asked.call_id),
        name=given(asked.name),
        state=word(given(asked.state)),
        applied_on=given(asked.applied_on),
        note=given(asked.note),
    )
    return await applications.save(
        context.graph, context.viewer, draft, now=context.now(), idempotency_key=asked.idempotency_key
    )


async def _save_document(context: RequestContext, asked: SaveDocumentInput) -> str:
    draft = DocumentDraft(
        organisation_id=asked.organisation_id,
        kind=word(asked.kind),
        id=given(asked.id),
        version=given(asked.version),
        expires_on=given(asked.expires_on),
        note=given(asked.note),
    )
    return await documents.save(
        context.graph, context.viewer, draft, now=context.now(), idempotency_key=asked.idempotency_key
    )


def _marking(listed: Listed, removed: bool) -> Callable[[RequestContext, EntryInput], Awaitable[str]]:
    async def run(context: RequestContext, asked: EntryInput) -> str:
        return await ledgers.set_removed(
            context.graph,
            context.viewer,
            listed,
            asked.id,
            removed=removed,
            now=context.now(),
            key=asked.idempotency_key,
        )

    return run


_Save = Callable[..., Awaitable[str]]


def _verbs(listed: Listed, noun: str, what: str, inputs: tuple[type, type, type], save: _Save) -> tuple[Verb, ...]:
    one = noun.lower()
    return (
        Verb(
            f"save{noun}",
            f"Record {what}, or change one. At most 100 an organisation.",
            inputs[0],
            Success(f"{noun}Saved", one, noun, f"The {one} was recorded."),
            save,
        ),
        Verb(
            f"remove{noun}",
            f"Take one {one} off the list. It can be put back.",
            inputs[1],
            Success(f"{noun}Removed", "removed", None, f"The {one} is off the list."),
            _marking(listed, removed=True),
        ),
        Verb(
            f"restore{noun}",
            f"Put one {one} back that was taken off.",
            inputs[2],
            Success(f"{noun}Restored", one, noun, f"The {one} is on the list again."),
            _marking(listed, removed=False),
        ),
    )


VERBS = (
    *_verbs(
        awards.LISTED,
        "Award",
        "what an organisation received",
        (SaveAwardInput, RemoveAwardInput, RestoreAwardInput),
        _save_award,
    ),
    *_verbs(
        applications.LISTED,
        "Application",
        "what an organisation applies for",
        (SaveApplicationInput, RemoveApplicationInput, RestoreApplicationInput),
        _save_application,
    ),
    *_verbs(
        documents.LISTED,
        "Document",
        "a paper that an organisation has ready",
        (SaveDocumentInput, RemoveDocumentInput, RestoreDocumentInput),
        _save_document,
    ),
)
