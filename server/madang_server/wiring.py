"""Everything a process needs, made in one place, entered by the web and by the worker, and passed in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from madang_graph.client import Graph, open_graph
from starlette.requests import HTTPConnection

from madang_server.jobs.arq_queue import ArqQueue
from madang_server.jobs.outbox import Jobs
from madang_server.jobs.ports import Queue
from madang_server.operations.metrics import Metrics
from madang_server.settings import Settings

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers, services and jobs work with. Nothing in it has been connected yet when it is made."""

    settings: Settings
    graph: Graph
    queue: Queue
    jobs: Jobs
    clock: Clock
    metrics: Metrics


def now() -> datetime:
    """Return the present moment, UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_services(settings: Settings, clock: Clock = now) -> AsyncIterator[Services]:
    """Give the services of one process, and let go of them afterwards.

    Neither server needs to be there: each is reached at its first use, and again after it was away.

    Raises: SettingsError when an address is not set.
    """
    async with AsyncExitStack() as stack:
        graph = await stack.enter_async_context(open_graph(settings.graph_address))
        queue = ArqQueue(settings.queue_url)
        stack.push_async_callback(queue.close)
        jobs = Jobs(graph, queue, clock)
        await stack.enter_async_context(_beside(jobs.keep_waking(), "jobs.wake"))
        yield Services(settings, graph, queue, jobs, clock, Metrics())


def services_of(connection: HTTPConnection) -> Services:
    """Return the services of the application that serves this request."""
    return connection.app.state.services


@asynccontextmanager
async def _beside(work: asyncio.Future[None] | object, name: str) -> AsyncIterator[None]:
    """Run `work` beside the body, and cancel it when the body ends."""
    task = asyncio.create_task(work, name=name)  # pyright: ignore[reportArgumentType]
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
