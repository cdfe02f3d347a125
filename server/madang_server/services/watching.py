"""Looks at what people watch: what a search finds anew, what changed of a call, which deadline has come near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from madang_graph.client import Graph, Transaction
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.reading.selection import Pick, Var
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_graph.writes import notifications, watches
from madang_graph.writes.instants import instant
from madang_graph.writes.lists import Finish
from madang_graph.writes.notifications import Keeper, News, Standing

from madang_server.services.searches import Finder

AHEAD_DAYS = (14, 7, 3, 1)
"""Days before the closing day at which one is told. Who looks in between is told of the nearest that was passed."""
WEEKLY_AHEAD_DAYS = (14, 7)
"""For those who are told on Mondays only: what closes within the week, and within the next."""
_SEOUL = ZoneInfo("Asia/Seoul")
_SHOWN = ("id", "name", "state", "opensAt", "closesAt", "daysLeft", "rolling", "amountMaxWon", "purposes")
_MANY = 100


@dataclass(frozen=True, slots=True)
class Lookout:
    """What looking needs. Made once per worker."""

    graph: Graph
    finder: Finder
    compiler: Compiler

    @classmethod
    def over(cls, graph: Graph) -> Lookout:
        """Make one; its cursors never leave the process."""
        compiler = Compiler(ENTITIES, ONES, MANYS, {}, CursorSigner(b"within this process"), LEAVES)
        return cls(graph, Finder(graph, compiler), compiler)

    async def calls(self, ids: Sequence[str], viewer: Viewer, now: datetime) -> dict[str, dict[str, Any]]:
        """Return what letters and feeds show of these calls, by id."""
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(ids), _MANY):
            given = {"ids": list(ids[start : start + _MANY])}
            arguments: Any = {"ids": Var("ids", (), given["ids"])}
            shown = tuple(Pick(name, name) for name in _SHOWN)
            plan = self.compiler.compile((Pick("nodes", "nodes", arguments, {"Call": shown}),))
            parameters = plan.parameters(given, viewer, instant(now))
            ((record),) = await self.graph.read(plan.text, parameters, timeout_s=20)
            found |= {node["id"]: node for node in plan.answer(record, parameters, given)["nodes"] if node}
        return found


async def look(lookout: Lookout, keeper: Keeper, now: datetime, finish: Finish | None = None) -> int:
    """Look at all that one person watches, and note what is to be told. Returns how many things were noted.

    What a watch sees at its first look is known and no news. Who has turned the digest off is told nothing, later
    neither. Looking again at the same time notes nothing more.
    Args:    finish: what has to happen in the same transaction.
    """
    before = await notifications.standing(lookout.graph, keeper.person_id)
    found: dict[str, list[str]] = {}
    for watch in before:
        if watch.kind == "search":
            found[watch.id] = await lookout.finder.find(watch.filters, keeper.viewer, instant(now))

    async def work(transaction: Transaction) -> int:
        news: list[News] = []
        if await watches.lock_person(transaction, keeper.person_id):
            for watch in await notifications.standing(transaction, keeper.person_id):
                same = next((each for each in before if each.id == watch.id and each.filters == watch.filters), None)
                # A search that was made or changed meanwhile has a job of its own.
                if same is not None:
                    news += await _seen(transaction, keeper, watch, found.get(watch.id, []), now)
            if keeper.digest != "off" and news:
                await notifications.add(transaction, news, now)
        if finish is not None:
            await finish(transaction)
        return len(news)

    return await lookout.graph.transact(work)


async def _seen(
    transaction: Transaction, keeper: Keeper, watch: Standing, found: Sequence[str], now: datetime
) -> list[News]:
    """Keep what the watch sees, and return what of it is news."""
    first = watch.looked_at is None
    if watch.call_id is None:
        new = await notifications.note_found(transaction, watch.id, found, now) if found else []
        await notifications.note_looked(transaction, watch, (), now)
        return [] if first else [News(watch.id, call_id, "found") for call_id in new]
    known = watch.seen
    changed = () if known is None else tuple(name for name in watch.facts if watch.facts[name] != known.get(name))
    await notifications.note_looked(transaction, watch, changed, now)
    news = [News(watch.id, watch.call_id, "changed", instant(now), changed)] if changed else []
    return news + _closing(keeper, watch, now)


def _closing(keeper: Keeper, watch: Standing, now: datetime) -> list[News]:
    closes_at = watch.facts.get("closes_at")
    if not isinstance(closes_at, str) or watch.call_id is None or closes_at < instant(now):
        return []
    closing_day = datetime.fromisoformat(closes_at).astimezone(_SEOUL).date()
    left = (closing_day - now.astimezone(_SEOUL).date()).days
    passed = [days for days in (WEEKLY_AHEAD_DAYS if keeper.digest == "weekly" else AHEAD_DAYS) if left <= days]
    return [News(watch.id, watch.call_id, "closing", f"{closing_day}:{min(passed)}")] if passed else []


def is_due(keeper: Keeper, day: date) -> bool:
    """Say whether the person's digest is made on this day: daily, or on Mondays."""
    return keeper.digest == "daily" or (keeper.digest == "weekly" and day.weekday() == 0)


def seoul_day(now: datetime) -> date:
    """Return the day in Seoul."""
    return now.astimezone(_SEOUL).date()
