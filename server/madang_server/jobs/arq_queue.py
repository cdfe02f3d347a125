"""The queue on Valkey, by arq."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import structlog
from arq.connections import ArqRedis
from arq.cron import cron
from arq.worker import Worker, func
from redis.asyncio import BlockingConnectionPool
from redis.exceptions import RedisError

from madang_server.jobs.ports import Figures, Handler, Job, Schedule

log = structlog.get_logger("madang.jobs")

POLL_DELAY_S = 0.02
"""An idle worker costs one small command per poll; a refresh must be taken well within its second."""
JOB_TIMEOUT_S = 30
"""Longer work is split. After a kill -9 arq gives a job to another worker 10 s after this."""
MOST_AT_ONCE = 4
"""Jobs compute in threads on few cores; more at once would only make each slower."""
_QUEUE = "madang:queue"
_ENDED = "madang:jobs:ended"
_PAUSE_S = 1.0
_GRACE_S = 5.0
"""How long jobs in hand may go on after the worker was told to stop; then they go back to the queue."""
_SEOUL = ZoneInfo("Asia/Seoul")


class ArqQueue:
    """Made by `open_queue`; nothing is connected before the first call."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool = self._new_pool()

    def _new_pool(self) -> ArqRedis:
        connections = BlockingConnectionPool.from_url(
            self._url, max_connections=10, timeout=2, socket_connect_timeout=2, socket_timeout=5
        )
        # arq pickles unless told otherwise, and who can write to the queue could then run code.
        return ArqRedis(connections, default_queue_name=_QUEUE, job_serializer=_to_json, job_deserializer=orjson.loads)

    async def push(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            await self._pool.enqueue_job(job.name, job.id, dict(job.payload), _job_id=job.id)

    async def figures(self) -> Figures:
        waiting = await self._pool.zcard(_QUEUE)
        ended: dict[bytes, bytes] = await self._pool.hgetall(_ENDED)  # pyright: ignore[reportGeneralTypeIssues]
        by_job = {_job_and_outcome(key): int(count) for key, count in ended.items()}
        return Figures(waiting, by_job)

    async def ping(self) -> None:
        await self._pool.ping()

    async def close(self) -> None:
        await self._pool.aclose(close_connection_pool=True)

    async def serve(self, handlers: Mapping[str, Handler], schedules: Sequence[Schedule]) -> None:
        while True:
            worker = self._worker(handlers, schedules)
            running = asyncio.create_task(worker.main(), name="jobs.poll")
            try:
                await asyncio.wait([running])
                running.result()
            except (RedisError, OSError) as error:
                log.warning("queue is away", cause=type(error).__name__)
            finally:
                await _close(worker, running)
            await asyncio.sleep(_PAUSE_S)

    def _worker(self, handlers: Mapping[str, Handler], schedules: Sequence[Schedule]) -> Worker:
        return Worker(
            [func(self._runner(name, handler), name=name, keep_result=0) for name, handler in handlers.items()],
            cron_jobs=[self._cron(schedule, handlers[schedule.name]) for schedule in schedules],
            redis_pool=self._new_pool(),
            queue_name=_QUEUE,
            handle_signals=False,
            max_jobs=MOST_AT_ONCE,
            poll_delay=POLL_DELAY_S,
            job_timeout=JOB_TIMEOUT_S,
            keep_result=0,
            job_serializer=_to_json,
            job_deserializer=orjson.loads,
            timezone=_SEOUL,  # pyright: ignore[reportArgumentType]  arq only hands it to datetime.now
            log_results=False,
        )

    def _runner(self, name: str, handler: Handler) -> Any:
        async def run(_context: dict[str, Any], job_id: str, payload: dict[str, Any]) -> None:
            await self._run(Job(job_id, name, payload), handler)

        return run

    def _cron(self, schedule: Schedule, handler: Handler) -> Any:
        async def run(ctx: dict[Any, Any]) -> None:
            # arq names a scheduled run after its minute, so that of many workers one does it.
            await self._run(Job(ctx["job_id"], schedule.name, {}), handler)

        return cron(run, name=f"schedule:{schedule.name}", hour=schedule.hour, minute=schedule.minute)

    async def _run(self, job: Job, handler: Handler) -> None:
        with structlog.contextvars.bound_contextvars(job_id=job.id, job=job.name):
            outcome, started = "failed", time.perf_counter()
            try:
                await handler(job)
                outcome = "done"
                log.info("job done", ms=round((time.perf_counter() - started) * 1000, 1))
            except Exception:
                # The outbox row stays, so that the sweeper hands the job over again later.
                log.exception("job failed")
            finally:
                await self._pool.hincrby(_ENDED, f"{job.name}|{outcome}", 1)  # pyright: ignore[reportGeneralTypeIssues]


async def _close(worker: Worker, running: asyncio.Task[None]) -> None:
    """Stop a worker whose server may be away: its own close would raise before it lets the connections go."""
    while not running.done():
        # Again and again: a cancellation that comes in the middle of a command gets lost in the client.
        running.cancel()
        await asyncio.wait([running], timeout=0.1)
    if worker.tasks:
        await asyncio.wait(worker.tasks.values(), timeout=_GRACE_S)
    for task in worker.tasks.values():
        task.cancel()
    await asyncio.gather(*worker.tasks.values(), return_exceptions=True)
    await worker.pool.aclose(close_connection_pool=True)


def _to_json(value: object) -> bytes:
    return orjson.dumps(value, default=str)


def _job_and_outcome(key: bytes) -> tuple[str, str]:
    job, _, outcome = key.decode().partition("|")
    return job, outcome
