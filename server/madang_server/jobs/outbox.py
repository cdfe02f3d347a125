"""From the outbox in the graph to the queue: at once after a commit, and by a sweep for what was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import orjson
import structlog
from madang_graph.client import Graph
from madang_graph.errors import GraphError
from madang_graph.writes.outbox import OutboxRow, add_job, mark_enqueued, outbox_row, rows_to_enqueue
from redis.exceptions import RedisError

from madang_server.background import Stop
from madang_server.jobs.ports import Job, Payload, Queue

log = structlog.get_logger("madang.jobs")

SWEEP_EVERY_S = 2.0
LOST_AFTER_S = 45
"""A job handed over this long ago and not done is handed over again: longer than a job may run, and than arq holds
the job of a killed worker."""


class Jobs:
    """What services see of jobs. Made by `open_services`."""

    def __init__(self, graph: Graph, queue: Queue, clock: Callable[[], datetime]) -> None:
        self._graph = graph
        self._queue = queue
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Have the outbox looked at now. Called after a commit; returns at once and never fails."""
        self._woken.set()

    async def enqueue(self, name: str, payload: Payload) -> str:
        """Write a job of its own, one that no change caused, and return its id."""
        row = outbox_row(name, payload, self._clock())
        await self._graph.transact(lambda transaction: add_job(transaction, row))
        self.wake()
        return row.id

    async def sweep(self) -> int:
        """Hand over what was never handed over, and what was lost; return how many.

        Raises: GraphError, RedisError, OSError when a server is away; the rows stay for the next sweep.
        """
        now = self._clock()
        rows = await rows_to_enqueue(self._graph, before=now - timedelta(seconds=LOST_AFTER_S))
        if rows:
            await self._queue.push([_job(row) for row in rows])
            await mark_enqueued(self._graph, [row.id for row in rows], now)
        return len(rows)

    async def keep_handing_over(self, stop: Stop) -> None:
        """Sweep whenever woken, until stopped. Runs in every process."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            if stop.is_set:
                return
            await self._sweep_quietly()

    async def keep_looking(self) -> None:
        """Wake every two seconds, until cancelled. Runs in workers: they find what other processes lost."""
        while True:
            self.wake()
            await asyncio.sleep(SWEEP_EVERY_S)

    async def _sweep_quietly(self) -> None:
        try:
            await self.sweep()
        except (GraphError, RedisError, OSError) as error:
            # Not an error: the rows are safe in the graph, and a worker sweeps again.
            log.warning("jobs wait in the outbox", cause=type(error).__name__)


def _job(row: OutboxRow) -> Job:
    return Job(row.id, row.job, orjson.loads(row.payload))
