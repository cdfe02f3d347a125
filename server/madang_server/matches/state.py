"""What a worker keeps between jobs: the profiles of the last read, brought up to date one organisation at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from madang_graph.client import Graph
from madang_graph.writes.judgements import judgement_rows
from madang_graph.writes.refusals import lapse_refusals, refused_pairs
from madang_graph.writes.snapshots import data_version, organisation_rows
from madang_matching.fits.history import ProgrammeHistory, fit_history, profiled_texts
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.records import Judgement, Snapshot

from madang_server.matches.encoding import FallbackEncoder
from madang_server.matches.snapshot import Read, is_private, judgements_of, organisation_of, read_snapshot

KEPT_FOR = timedelta(minutes=10)
"""Edits of others reach this worker's profiles only through their own jobs, which another worker may take."""


@dataclass(frozen=True, slots=True)
class State:
    """One read of the graph and the arrays made from it."""

    read: Read
    profiles: Profiles
    data_version: str
    read_at: datetime
    """When everything was read; the snapshot's own time is that of the latest organisation."""
    basic: bool
    """True: the encoder was broken, the profiles have no new vectors."""
    history: ProgrammeHistory | None = None
    """What memberships say of programmes; None: there are none."""


class Matcher:
    """Keeps the state. One per process; jobs of one process take turns, because building is work for one core."""

    def __init__(self, graph: Graph, encoder: FallbackEncoder, clock: Callable[[], datetime]) -> None:
        self._graph = graph
        self._encoder = encoder
        self._clock = clock
        self._state: State | None = None
        self._turn = asyncio.Lock()

    async def all(self) -> State:
        """Read everything anew."""
        async with self._turn:
            return await self._read_all()

    async def current(self) -> State:
        """Return the kept state, or a new one when calls or imports have changed or it is ten minutes old."""
        async with self._turn:
            return await self._current()

    async def with_organisation(self, organisation_id: str) -> State | None:
        """Return the state with this organisation as it is now; None when it is gone."""
        async with self._turn:
            state = await self._current()
            now = self._clock()
            rows = await organisation_rows(self._graph, [organisation_id])
            if not rows:
                return None
            await lapse_refusals(self._graph, now, organisation_id)
            refused, judged = await asyncio.gather(refused_pairs(self._graph, now), judgement_rows(self._graph))
            read = _with_row(state.read, rows[0], frozenset(refused), judgements_of(judged), now)
            profiles = await self._build(read.snapshot, state.profiles)
            self._state = replace(state, read=read, profiles=profiles, basic=self._encoder.broken)
            return self._state

    async def _current(self) -> State:
        state = self._state
        fresh = state is not None and self._clock() - state.read_at < KEPT_FOR
        if state is not None and fresh and state.data_version == await data_version(self._graph):
            return state
        return await self._read_all(state)

    async def _read_all(self, before: State | None = None) -> State:
        now = self._clock()
        version = await data_version(self._graph)
        read = await read_snapshot(self._graph, now)
        # Not from the previous profiles: their vocabulary of n-grams would be that of the first read for ever.
        profiles = await self._build(read.snapshot, None)
        history = await asyncio.to_thread(_history, read.snapshot, profiles, before)
        self._state = State(read, profiles, version, now, self._encoder.broken, history)
        return self._state

    async def _build(self, snapshot: Snapshot, previous: Profiles | None) -> Profiles:
        return await asyncio.to_thread(build_profiles, snapshot, self._encoder, previous)


def _history(snapshot: Snapshot, profiles: Profiles, before: State | None) -> ProgrammeHistory | None:
    """Return what memberships say; that of `before` while these are the same, because one organisation is waiting.

    Who has opted out of profiling meanwhile is not kept.
    """
    if not snapshot.memberships:
        return None
    if before and before.history and before.read.snapshot.memberships == snapshot.memberships:
        profiled = {each.id for each in snapshot.organisations if each.profiling}
        if profiled.issuperset(before.history.joined.members):
            return before.history
    return fit_history(profiled_texts(profiles), snapshot.memberships)


def _with_row(
    read: Read,
    row: list[object],
    refused: frozenset[tuple[str, str]],
    judgements: tuple[Judgement, ...],
    now: datetime,
) -> Read:
    record = organisation_of(row)
    others = tuple(each for each in read.snapshot.organisations if each.id != record.id)
    silent = read.private - {record.id} | ({record.id} if is_private(row) else frozenset[str]())
    snapshot = replace(
        read.snapshot,
        organisations=(*others, record),
        dismissed=refused,
        judgements=judgements,
        silent=silent,
        taken_at=now,
    )
    return Read(snapshot)
