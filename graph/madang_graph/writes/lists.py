"""The lists that the matching writes: each organisation's programme fits and partners, replaced as a whole.

A commit is not seen at once: a reader that walks along an organisation's entries meanwhile meets old and new ones. So a
new version is written beside the old one, then shown by setting one property, `lists_version`, which readers ask once
and then follow. The version before stays for those that are still reading it, and goes with the next replacement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, LiteralString

from madang_graph.writes.instants import instant

if TYPE_CHECKING:
    from madang_graph.client import Graph, Transaction

Finish = Callable[["Transaction"], Awaitable[None]]
_TIMEOUT_S = 30
_ABANDONED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class FitRow:
    """A call on the list. Reasons and conditions are JSON text as declared in `model.suggestions`."""

    call_id: str
    rank: int
    score: float
    verdict: str
    conditions: str
    reasons: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """Another organisation on the list."""

    organisation_id: str
    rank: int
    score: float
    reasons: str


@dataclass(frozen=True, slots=True)
class Lists:
    """One version of the lists of one organisation."""

    organisation_id: str
    version: str
    """Unlike any version before."""
    computed_at: datetime
    """When the data they were computed from were read."""
    fits: Sequence[FitRow]
    partners: Sequence[PartnerRow]
    model_version: str = ""
    """Version of the model that scored them; empty: basic matching."""
    verdicts: Mapping[str, Sequence[str]] | None = None
    """Ids of all open calls by verdict; None: those of before stay."""


async def replace_lists(graph: Graph, lists: Sequence[Lists], finish: Finish | None = None) -> int:
    """Put these lists in the place of the older ones; at most some hundred organisations at once.

    Lists that were computed from newer data stay. Calls and organisations deleted meanwhile are left out, and partners
    that have opted out of profiling meanwhile.

    Args:    finish: what else to write in the transaction that shows the new lists; it runs also when none are shown.
    Returns: how many organisations show the new lists now.
    """
    # Always in the same order, so that two writers wait for each other instead of locking each other out.
    ordered = sorted(lists, key=lambda entry: entry.organisation_id)

    async def show(transaction: Transaction) -> int:
        shown = await transaction.run(_SHOW, {"rows": _show_rows(ordered, written)})
        if finish is not None:
            await finish(transaction)
        return len(shown)

    written = await graph.transact(lambda transaction: _write(transaction, ordered), timeout_s=_TIMEOUT_S)
    return await graph.transact(show, timeout_s=_TIMEOUT_S)


# Setting a property takes the node's write lock until commit: two writers would otherwise both find the old entries,
# and one would wait to delete what the other has deleted.
_REMOVE_OLD: LiteralString = """
UNWIND $rows AS row
MATCH (o:Organisation {id: row[0]})
SET o.kind = o.kind
WITH o, row
MATCH (o)-[r:FITS|SUGGESTED]->()
WHERE r.version = row[1] OR ((o.lists_version IS NULL OR r.version <> o.lists_version) AND r.computed_at < row[2])
DELETE r
"""

_CREATE_FITS: LiteralString = """
UNWIND $rows AS row
MATCH (o:Organisation {id: row[0]})
MATCH (c:Call {id: row[1]})
CREATE (o)-[:FITS {rank: row[2], score: row[3], verdict: row[4], conditions: row[5], reasons: row[6],
  version: row[7], computed_at: row[8]}]->(c)
RETURN o.id, count(*)
"""

_CREATE_PARTNERS: LiteralString = """
UNWIND $rows AS row
MATCH (o:Organisation {id: row[0]})
MATCH (p:Organisation {id: row[1]})
WHERE coalesce(p.profiling, true)
CREATE (o)-[:SUGGESTED {rank: row[2], score: row[3], reasons: row[4], version: row[5], computed_at: row[6]}]->(p)
RETURN o.id, count(*)
"""


async def _write(transaction: Transaction, lists: Sequence[Lists]) -> Counter[str]:
    """Write the new entries beside the old ones; return how many each organisation has got."""
    rows = [[x.organisation_id, x.version, instant(x.computed_at - _ABANDONED_AFTER)] for x in lists]
    await transaction.run(_REMOVE_OLD, {"rows": rows})
    written: Counter[str] = Counter()
    if fits := [row for entry in lists for row in _fit_rows(entry)]:
        written.update(dict(await transaction.run(_CREATE_FITS, {"rows": fits})))
    if partners := [row for entry in lists for row in _partner_rows(entry)]:
        written.update(dict(await transaction.run(_CREATE_PARTNERS, {"rows": partners})))
    return written


# An entry less than were written: someone with newer data is replacing them, and will show those.
_SHOW: LiteralString = """
UNWIND $rows AS row
MATCH (o:Organisation {id: row[0]})
WHERE coalesce(o.lists_computed_at, '') <= row[2] AND COUNT { (o)-[:FITS|SUGGESTED {version: row[1]}]->() } = row[3]
SET o.lists_version = row[1], o.lists_computed_at = row[2], o.lists_model = row[4]
SET o.calls_eligible = coalesce(row[5][0], o.calls_eligible), o.calls_to_check = coalesce(row[5][1], o.calls_to_check),
  o.calls_not_eligible = coalesce(row[5][2], o.calls_not_eligible)
RETURN o.id
"""


def _show_rows(lists: Sequence[Lists], written: Counter[str]) -> list[list[object]]:
    return [
        [x.organisation_id, x.version, instant(x.computed_at), written[x.organisation_id], x.model_version, _judged(x)]
        for x in lists
    ]


def _judged(lists: Lists) -> list[list[str] | None]:
    judged = lists.verdicts
    return [None if judged is None else list(judged[word]) for word in ("eligible", "check", "not_eligible")]


def _fit_rows(lists: Lists) -> list[list[object]]:
    end = [lists.version, instant(lists.computed_at)]
    return [
        [lists.organisation_id, fit.call_id, fit.rank, fit.score, fit.verdict, fit.conditions, fit.reasons, *end]
        for fit in lists.fits
    ]


def _partner_rows(lists: Lists) -> list[list[object]]:
    end = [lists.version, instant(lists.computed_at)]
    return [
        [lists.organisation_id, entry.organisation_id, entry.rank, entry.score, entry.reasons, *end]
        for entry in lists.partners
    ]
