"""The worker process: takes jobs from the queue, starts the scheduled ones, and sweeps the outbox."""

from __future__ import annotations

import asyncio
import signal

import structlog
from madang_graph.errors import GraphError

from madang_server.jobs.handlers import SCHEDULES, Tools, handlers
from madang_server.jobs.post import Post
from madang_server.matches.fitting import Fitting
from madang_server.matches.state import Matcher
from madang_server.operations.logs import configure_logs
from madang_server.settings import Settings
from madang_server.wiring import Services, open_services

log = structlog.get_logger("madang.worker")


def run_worker(settings: Settings) -> None:
    """Do jobs until SIGINT or SIGTERM. A job in hand gets some seconds to end; else another worker takes it up."""
    configure_logs(settings.log_format, settings.log_level)
    asyncio.run(_until_signalled(settings))


async def _until_signalled(settings: Settings) -> None:
    async with open_services(settings) as services:
        serving = asyncio.create_task(serve(services))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, serving.cancel)
        log.info("worker started")
        await asyncio.wait([serving])
        if not serving.cancelled():
            serving.result()
        log.info("worker stopped")


async def serve(services: Services) -> None:
    """Do jobs until cancelled. With Neo4j or Valkey away it waits, and goes on by itself."""
    fitting = Fitting(services.settings)
    tools = Tools(services, Matcher(services.graph, services.encoder, services.clock), fitting, Post.of(services))
    try:
        async with asyncio.TaskGroup() as beside:
            beside.create_task(services.jobs.keep_looking(), name="jobs.look")
            beside.create_task(_warm_up(tools), name="matches.warm_up")
            beside.create_task(services.queue.serve(handlers(tools), SCHEDULES), name="jobs.serve")
    finally:
        fitting.stop()


async def _warm_up(tools: Tools) -> None:
    """Read the graph before the first job asks for it: people see the lists of their first edit within a second."""
    await asyncio.to_thread(tools.services.encoder.check)
    try:
        await tools.matcher.current()
    except GraphError as error:
        log.warning("not warmed up", cause=type(error).__name__)
