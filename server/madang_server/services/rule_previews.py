"""Who would pass the rules that are being worked on, and who gains or loses against those in force."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson
from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import previews, rule_sets
from madang_graph.writes.instants import instant
from madang_matching.eligibility import read_rules
from madang_matching.eligibility.batches import verdicts
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import SEOUL, dates_of
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE, NOT_ELIGIBLE
from madang_matching.records import Call
from numpy.typing import NDArray

from madang_server.matches.applicants import applicant_of
from madang_server.services import rule_trees
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.desks import Worked, find_owned, nothing_drafted
from madang_server.services.errors import ConflictError, StaleVersionError
from madang_server.services.permissions import ensure_can_write

NAMED_MOST = 200
Verdicts = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Counted:
    """Verdicts of firms, by id, for the rules in force and for those being worked on."""

    ids: list[str]
    now: Verdicts
    then: Verdicts

    def named(self, chosen: NDArray[np.bool_]) -> list[str]:
        """Return the first ids of those chosen."""
        return [self.ids[at] for at in np.flatnonzero(chosen)[:NAMED_MOST]]

    def counts(self, version: int, at: datetime) -> dict[str, Any]:
        """Return what a `RulePreview` says."""
        number = {"not_eligible": NOT_ELIGIBLE, "check": CHECK, "eligible": ELIGIBLE}
        return {
            "at": instant(at),
            "version": version,
            "firms": len(self.ids),
            **{word: int((self.then == value).sum()) for word, value in number.items()},
            **{f"{word}_now": int((self.now == value).sum()) for word, value in number.items()},
            "gains": int(self.gaining.sum()),
            "losses": int(self.losing.sum()),
        }

    @property
    def gaining(self) -> NDArray[np.bool_]:
        return (self.then == ELIGIBLE) & (self.now != ELIGIBLE)

    @property
    def losing(self) -> NDArray[np.bool_]:
        return (self.then != ELIGIBLE) & (self.now == ELIGIBLE)


async def preview(
    graph: Graph, viewer: Viewer, call_id: str, version: int, *, now: datetime, key: str | None = None
) -> str:
    """Count who would pass, of the firms that the viewer may see and by what the viewer may see of them; kept for the
    viewer alone. Returns the call's id.

    Raises:  NotPermittedError, NotFoundError, ConflictError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    # The firms are read and judged before the transaction: it holds the call's lock for moments only.
    worked = await graph.transact(lambda transaction: find_owned(transaction, viewer, call_id))
    firms = await previews.firm_rows(graph, viewer)
    counted = await asyncio.to_thread(_count, worked, firms, now)

    async def work(transaction: Transaction) -> Outcome:
        current = (await find_owned(transaction, viewer, call_id)).open
        if current is None:
            raise ConflictError(nothing_drafted(), "version")
        if current.version != version or worked.open is None or worked.open.version != version:
            raise StaleVersionError(current.version)
        made = rule_sets.Preview(
            viewer.person_id or "",
            orjson.dumps(counted.counts(version, now)).decode(),
            counted.named(counted.then == ELIGIBLE),
            counted.named(counted.gaining),
            counted.named(counted.losing),
        )
        await rule_sets.note_preview(transaction, current.id, made)
        return Outcome(call_id, call_id, ("preview",))

    return await perform(graph, Deed(viewer, "rules.preview", {"id": call_id, "version": version}, now, key), work)


def _count(worked: Worked, firms: list[list[Any]], now: datetime) -> Counted:
    """Judge all firms by both trees."""
    facts = worked.call.facts
    call = Call(
        id=worked.call.id,
        noticed_on=facts["noticed_on"],
        opens_at=facts["opens_at"],
        closes_at=facts["closes_at"],
        contract_on=facts["contract_on"],
    )
    dates = dates_of(call, now.astimezone(SEOUL).date())
    draft = worked.open.rules if worked.open else None
    trees = [rule_trees.read_tree(stored) for stored in (worked.call.rules, draft)]
    rules = [read_rules(tree if tree["all"] else {}) for tree in trees]
    columns = Columns.of(applicant_of(row) for row in firms)
    answers = verdicts(rules, columns, [dates, dates])
    return Counted([row[0] for row in firms], answers[:, 0], answers[:, 1])
