"""The frame of an organisation's own lists: put an entry on one, change it, take it off, put it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import affiliates, ledgers
from madang_graph.writes.ledgers import Entry, Ledger

from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import (
    LimitReachedError,
    NotFoundError,
    Problem,
    StaleVersionError,
    ValidationError,
)
from madang_server.services.permissions import ensure_can_write, find_editable

ENTRIES_MOST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind of list as the verbs see it."""

    name: str
    """Plural noun, as in `awards`: the first half of the actions in the audit trail."""
    ledger: Ledger
    rematch: bool
    """True: verdicts read the list, so a change of it has the organisation's lists computed anew."""
    subject_field: str = ""
    """Field of the input that names what an entry is about, and the start of such ids."""
    subject_prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """A checked entry. `id` None: a new one. `version`: the one that an edit was filled from."""

    organisation_id: str
    id: str | None = None
    version: int | None = None
    subject_id: str | None = None
    properties: Mapping[str, object] = field(default_factory=dict[str, object])


async def save(graph: Graph, deed: Deed, listed: Listed, values: Values) -> str:
    """Put an entry on the list, or replace one. Returns its id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(deed.viewer)

    async def work(transaction: Transaction) -> Outcome:
        organisation = await find_editable(transaction, deed.viewer, values.organisation_id, "organisationId")
        properties = await _named(transaction, listed, values)
        if values.id is None:
            if await ledgers.count(transaction, listed.ledger, organisation.id) >= ENTRIES_MOST:
                raise LimitReachedError(ENTRIES_MOST, sentences.too_many(ENTRIES_MOST))
            entry_id = await ledgers.create(transaction, listed.ledger, organisation.id, properties, deed.now)
        else:
            entry = await _standing(transaction, listed.ledger, values.id)
            if entry.organisation_id != organisation.id:
                raise NotFoundError("id")
            if values.version != entry.version:
                raise StaleVersionError(entry.version)
            entry_id = entry.id
            await ledgers.change(transaction, listed.ledger, entry_id, properties, deed.now)
        if listed.ledger.subject:
            await ledgers.tie(transaction, listed.ledger, entry_id, values.subject_id)
        return Outcome(entry_id, entry_id, sorted(properties), await _refresh(transaction, listed, organisation.id))

    return await perform(graph, deed, work)


async def set_removed(
    graph: Graph, viewer: Viewer, listed: Listed, entry_id: str, *, removed: bool, now: datetime, key: str | None
) -> str:
    """Take an entry off the list, or put it back as it was. Doing so again changes nothing. Returns its id.

    Raises:  NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    action = f"{listed.name}.{'remove' if removed else 'restore'}"

    async def work(transaction: Transaction) -> Outcome:
        entry = await ledgers.find(transaction, listed.ledger, entry_id) if fields.is_id(entry_id) else None
        if entry is None:
            raise NotFoundError("id")
        await find_editable(transaction, viewer, entry.organisation_id, "id")
        # Read again under the lock of its organisation: someone may have taken it off meanwhile.
        entry = await ledgers.find(transaction, listed.ledger, entry_id) or entry
        if entry.removed is not removed:
            if not removed and await ledgers.count(transaction, listed.ledger, entry.organisation_id) >= ENTRIES_MOST:
                raise LimitReachedError(ENTRIES_MOST, sentences.too_many(ENTRIES_MOST))
            await ledgers.mark(transaction, listed.ledger, entry_id, now if removed else None)
        return Outcome(
            entry_id,
            entry_id,
            ("removed_at",),
            await _refresh(transaction, listed, entry.organisation_id),
            changed=entry.removed is not removed,
        )

    return await perform(graph, Deed(viewer, action, {"id": entry_id}, now, key), work)


async def _refresh(transaction: Transaction, listed: Listed, organisation_id: str) -> list[str]:
    """Return whose verdicts read the list: it counts for the organisation and its affiliates."""
    return sorted(await affiliates.members(transaction, organisation_id)) if listed.rematch else []


async def _standing(transaction: Transaction, ledger: Ledger, entry_id: str) -> Entry:
    entry = await ledgers.find(transaction, ledger, entry_id) if fields.is_id(entry_id) else None
    if entry is None or entry.removed:
        raise NotFoundError("id")
    return entry


async def _named(transaction: Transaction, listed: Listed, values: Values) -> dict[str, object]:
    """Return the properties; an entry that is about a listed thing may leave its name to it."""
    properties = dict(values.properties)
    if not listed.ledger.subject:
        return properties
    if values.subject_id is not None:
        found = (
            await ledgers.name_of(transaction, values.subject_id, listed.subject_prefix)
            if fields.is_id(values.subject_id)
            else None
        )
        if found is None:
            raise ValidationError([Problem(listed.subject_field, sentences.unknown_choice())])
        properties["name"] = properties.get("name") or found
    if not properties.get("name"):
        raise ValidationError([Problem("name", sentences.must_be_given())])
    return properties
