"""Applications: what an organisation applies for, kept by its own people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from madang_graph.client import Graph
from madang_graph.model.applications import APPLICATION_STATES
from madang_graph.viewer import Viewer
from madang_graph.writes import ledgers as lists

from madang_server.services import fields, ledgers
from madang_server.services.deeds import Deed
from madang_server.services.fields import Checked
from madang_server.services.ledgers import Listed, Values
from madang_server.services.permissions import ensure_can_write

LISTED = Listed("applications", lists.APPLICATIONS, rematch=False, subject_field="callId", subject_prefix="call_")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDraft:
    """An application as a person records it; the whole entry, so what is left out is cleared."""

    organisation_id: str
    id: str | None = None
    version: int | None = None
    call_id: str | None = None
    name: str | None = None
    state: str | None = None
    applied_on: str | None = None
    note: str | None = None


async def save(
    graph: Graph, viewer: Viewer, draft: ApplicationDraft, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Record an application, or change one. Returns its id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    properties: dict[str, object] = {
        "name": checked.text("name", draft.name, most=fields.NAME_MOST),
        "state": checked.word("state", draft.state, APPLICATION_STATES) or "preparing",
        "applied_on": checked.day("appliedOn", draft.applied_on),
        "note": checked.text("note", draft.note, most=fields.REASON_MOST, lines=True),
    }
    checked.done()
    values = Values(
        organisation_id=draft.organisation_id,
        id=draft.id,
        version=draft.version,
        subject_id=draft.call_id,
        properties=properties,
    )
    deed = Deed(viewer, "applications.save", asdict(draft), now, idempotency_key)
    return await ledgers.save(graph, deed, LISTED, values)
