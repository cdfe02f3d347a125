"""Documents: which papers an organisation has ready, and until when they are valid. No file is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from madang_graph.client import Graph
from madang_graph.model.documents import DOCUMENT_KINDS
from madang_graph.viewer import Viewer
from madang_graph.writes import ledgers as lists

from madang_server.services import fields, ledgers
from madang_server.services.deeds import Deed
from madang_server.services.fields import Checked
from madang_server.services.ledgers import Listed, Values
from madang_server.services.permissions import ensure_can_write

LISTED = Listed("documents", lists.DOCUMENTS, rematch=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDraft:
    """A paper as a person notes it; the whole entry, so what is left out is cleared."""

    organisation_id: str
    kind: str
    id: str | None = None
    version: int | None = None
    expires_on: str | None = None
    note: str | None = None


async def save(
    graph: Graph, viewer: Viewer, draft: DocumentDraft, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Note a paper, or change one. Returns its id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    properties: dict[str, object] = {
        "kind": checked.word("kind", draft.kind, DOCUMENT_KINDS),
        "expires_on": checked.day("expiresOn", draft.expires_on),
        "note": checked.text("note", draft.note, most=fields.REASON_MOST),
    }
    checked.done()
    values = Values(organisation_id=draft.organisation_id, id=draft.id, version=draft.version, properties=properties)
    deed = Deed(viewer, "documents.save", asdict(draft), now, idempotency_key)
    return await ledgers.save(graph, deed, LISTED, values)
