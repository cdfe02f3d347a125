"""The frame of every write: one transaction with the change, its audit entry, its jobs and its idempotency key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import audit, outbox, requests

from madang_server.services import sentences
from madang_server.services.errors import KeyReusedError, Problem, ValidationError
from madang_server.services.fields import KEEP, KEY_MOST


@dataclass(frozen=True, slots=True)
class Deed:
    """Who asks for what, when. `given` is the whole input without secrets: it is compared by checksum."""

    viewer: Viewer
    action: str
    """Subject and verb, as in `organisations.edit`."""
    given: Mapping[str, object]
    now: datetime
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change came to."""

    id: str
    """Id of what the caller gets back."""
    subject_id: str
    """Id of what was changed, for the audit trail."""
    fields: Sequence[str] = ()
    """Names of the fields changed."""
    refresh: Sequence[str] = ()
    """Organisations whose suggestions are to be computed anew."""
    person_id: str | None = None
    """Who did it, where the viewer is not yet anyone, as in registering."""
    changed: bool = True
    """False: everything was so already; then there is nothing to audit or to refresh."""


Work = Callable[[Transaction], Awaitable[Outcome]]


async def perform(graph: Graph, deed: Deed, work: Work) -> str:
    """Do the work in one transaction and return the id of its outcome.

    The same key with the same input gives the same id again and changes nothing.
    Raises:  KeyReusedError: the key came with another input.  What `work` raises, after a rollback.
    """
    key = _request_key(deed)
    checksum = _checksum(deed.given)

    async def whole(transaction: Transaction) -> str:
        if key is not None:
            earlier = await requests.begin(transaction, key, checksum, deed.now)
            if earlier.checksum != checksum:
                raise KeyReusedError
            if earlier.result is not None:
                return earlier.result
        outcome = await work(transaction)
        await _note(transaction, deed, outcome)
        if key is not None:
            await requests.finish(transaction, key, outcome.id)
        return outcome.id

    return await graph.transact(whole)


async def _note(transaction: Transaction, deed: Deed, outcome: Outcome) -> None:
    if not outcome.changed:
        return
    person_id = outcome.person_id or deed.viewer.person_id or ""
    entry = audit.Entry(person_id, deed.action, outcome.subject_id, outcome.fields)
    await audit.record(transaction, entry, deed.now)
    for organisation_id in outcome.refresh:
        row = outbox.outbox_row("suggestions.refresh", {"organisation_id": organisation_id}, deed.now)
        await outbox.add_job(transaction, row)


def _request_key(deed: Deed) -> str | None:
    if deed.idempotency_key is None:
        return None
    if not 0 < len(deed.idempotency_key) <= KEY_MOST or not deed.idempotency_key.isprintable():
        raise ValidationError([Problem("idempotencyKey", sentences.too_long(KEY_MOST))])
    return f"{deed.viewer.person_id or 'anonymous'}:{deed.action}:{deed.idempotency_key}"


def _checksum(given: Mapping[str, object]) -> str:
    kept = {name: value for name, value in given.items() if value is not KEEP}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
