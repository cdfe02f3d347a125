"""What if: an unsaved profile against open calls. Nothing of it is stored, and nothing of it is logged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

from madang_graph.client import Graph
from madang_graph.viewer import Viewer
from madang_graph.writes.open_calls import applicant_row, open_call_rows
from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import SEOUL
from madang_matching.eligibility.profile import FIELDS
from madang_matching.records import Call, Organisation

from madang_server.matches.applicants import applicant_of, call_of
from madang_server.security.attempts import CHECK_BY_ADDRESS, network_of
from madang_server.security.identity import Identity
from madang_server.services import sentences
from madang_server.services.errors import LimitReachedError, NotFoundError
from madang_server.services.facts import FactText, plain_facts, read_all
from madang_server.services.fields import Checked, is_id
from madang_server.services.judging import Judged, judged

CALLS_WITH_FIXES = 10
"""Named calls are judged with their nearest fix; of all open ones the verdicts alone are told."""
_ORDER = {"eligible": 0, "check": 1, "not_eligible": 2}
_ASKED = frozenset(FIELDS) - {"statements"}


async def check(
    graph: Graph,
    viewer: Viewer,
    identity: Identity,
    given: Sequence[FactText],
    *,
    call_ids: Sequence[str] | None,
    organisation_id: str | None,
    address: str,
    now: datetime,
) -> list[Judged]:
    """Return what an unsaved profile may apply for, what it may first, then as calls close.

    Args:
        call_ids: these open calls alone, at most 10, each with its nearest fix; None: all, at most 200.
        organisation_id: one's own organisation, whose stored values count where nothing is given.
        address: of the caller, for the limit of tries.
    Raises:  ValidationError, NotFoundError, LimitReachedError.
    """
    if not await identity.attempts.allows(CHECK_BY_ADDRESS, network_of(address)):
        minutes = identity.attempts.wait_minutes(CHECK_BY_ADDRESS)
        raise LimitReachedError(minutes, sentences.too_many_tries(minutes))
    said = plain_facts(read_all(given, _ASKED))
    ids = _named(call_ids)
    organisation = await _own(graph, viewer, organisation_id) if organisation_id else None
    calls = [call_of(row) for row in await open_call_rows(graph, now, ids)]
    applicant = Applicant(organisation, said)
    today = now.astimezone(SEOUL).date()
    return await asyncio.to_thread(_judged, applicant, calls, today, ids is not None)


def _named(call_ids: Sequence[str] | None) -> tuple[str, ...] | None:
    if call_ids is None:
        return None
    checked = Checked()
    ids = checked.ids("callIds", call_ids, CALLS_WITH_FIXES)
    checked.done()
    return ids


async def _own(graph: Graph, viewer: Viewer, organisation_id: str) -> Organisation:
    if organisation_id not in viewer.organisation_ids or not is_id(organisation_id):
        raise NotFoundError("organisationId")
    row = await applicant_row(graph, organisation_id)
    if row is None:
        raise NotFoundError("organisationId")
    return applicant_of(row)


def _judged(applicant: Applicant, calls: Sequence[Call], today: date, fixes: bool) -> list[Judged]:
    found = [judged(applicant, call, today, fixes=fixes) for call in calls]
    return sorted(found, key=lambda each: _ORDER[each["verdict"]])
