"""Awards: what an organisation received, kept by its own people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from madang_graph.client import Graph
from madang_graph.model.awards import AWARD_STATES, REGIMES
from madang_graph.viewer import Viewer
from madang_graph.writes import ledgers as lists

from madang_server.services import fields, ledgers, sentences
from madang_server.services.deeds import Deed
from madang_server.services.fields import Checked
from madang_server.services.ledgers import Listed, Values
from madang_server.services.permissions import ensure_can_write

LISTED = Listed("awards", lists.AWARDS, rematch=True, subject_field="programmeId", subject_prefix="prg_")
EUR_MOST = 10_000_000
# A day of today's date anywhere on earth is no future day for whoever types it.
_EASTERNMOST = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardDraft:
    """An award as a person records it; the whole entry, so what is left out is cleared."""

    organisation_id: str
    id: str | None = None
    version: int | None = None
    programme_id: str | None = None
    name: str | None = None
    amount_won: int | None = None
    received_on: str | None = None
    ends_on: str | None = None
    state: str | None = None
    regime: str | None = None
    de_minimis_eur: int | None = None
    plan: str | None = None
    programme_group: str | None = None


async def save(
    graph: Graph, viewer: Viewer, draft: AwardDraft, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Record an award, or change one. Returns its id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    properties = _properties(checked, draft, (now + _EASTERNMOST).date())
    checked.done()
    values = Values(
        organisation_id=draft.organisation_id,
        id=draft.id,
        version=draft.version,
        subject_id=draft.programme_id,
        properties=properties,
    )
    return await ledgers.save(graph, Deed(viewer, "awards.save", asdict(draft), now, idempotency_key), LISTED, values)


def _properties(checked: Checked, draft: AwardDraft, today: date) -> dict[str, object]:
    received_on = checked.past_date("receivedOn", draft.received_on, today)
    if draft.received_on is None:
        checked.refuse("receivedOn", sentences.must_be_given())
    ends_on = checked.day("endsOn", draft.ends_on)
    if received_on and ends_on and ends_on < received_on:
        checked.refuse("endsOn", sentences.ends_before_it_starts())
    regime = checked.word("regime", draft.regime, REGIMES)
    if regime == "de_minimis" and draft.de_minimis_eur is None:
        checked.refuse("deMinimisEur", sentences.must_be_given())
    if regime not in (None, "de_minimis") and draft.de_minimis_eur:
        checked.refuse("deMinimisEur", sentences.only_de_minimis())
    return {
        "name": checked.text("name", draft.name, most=fields.NAME_MOST),
        "amount_won": checked.number("amountWon", draft.amount_won, 0, fields.WON_MOST),
        "received_on": received_on,
        "ends_on": ends_on,
        "state": checked.word("state", draft.state, AWARD_STATES) or "received",
        "regime": regime,
        "de_minimis_eur": checked.number("deMinimisEur", draft.de_minimis_eur, 0, EUR_MOST),
        "plan": checked.text("plan", draft.plan, most=fields.NAME_MOST),
        "programme_group": checked.text("programmeGroup", draft.programme_group, most=fields.NAME_MOST),
    }
