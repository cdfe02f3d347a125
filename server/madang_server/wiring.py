"""Everything a process needs, made in one place, entered by the web and by the worker, and passed in."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from madang_graph.client import Graph, open_graph
from starlette.requests import HTTPConnection

from madang_server.background import beside
from madang_server.jobs.arq_queue import ArqQueue
from madang_server.jobs.outbox import Jobs
from madang_server.jobs.ports import Queue
from madang_server.matches.encoding import FallbackEncoder
from madang_server.operations.demo_buttons import DemoButtons
from madang_server.operations.metrics import Metrics
from madang_server.security.identity import Identity, open_identity
from madang_server.security.signing import Signer
from madang_server.settings import Settings

if TYPE_CHECKING:
    from madang_server.api.execute import Api

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers, services and jobs work with. Nothing in it has been connected yet when it is made."""

    settings: Settings
    clock: Clock
    graph: Graph
    queue: Queue
    jobs: Jobs
    metrics: Metrics
    encoder: FallbackEncoder
    """Loaded at its first text."""


@dataclass(frozen=True, slots=True)
class WebServices(Services):
    """What the web needs beside."""

    identity: Identity
    api: Api
    demo_people: DemoButtons
    signer: Signer
    """Signs and reads addresses that stand for a person."""


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
        await stack.enter_async_context(beside(jobs.keep_handing_over, "jobs.hand_over", jobs.wake))
        yield Services(settings, clock, graph, queue, jobs, Metrics(), FallbackEncoder())


@asynccontextmanager
async def open_web(settings: Settings, clock: Clock = now, *, plans_pages: bool = True) -> AsyncIterator[WebServices]:
    """Give the services of one web process: those of every process, the API, and who may do what.

    Args: plans_pages: have the graph plan the statements of all pages beforehand; needless beside a process that does.
    """
    from madang_server.api.make import make_api
    from madang_server.pages.planning import keep_pages_planned
    from madang_server.pages.routes import PAGES

    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(settings, clock))
        # A key of this start alone: cursors and anonymous forms of an earlier one have to be asked for again.
        secret = settings.secret_key.get_secret_value() or secrets.token_urlsafe(48)
        identity = await stack.enter_async_context(open_identity(settings.queue_url, secret, settings.origin, clock))
        api, sentences = make_api(services, identity, secret)
        buttons = DemoButtons(demo=settings.demo)
        if plans_pages:
            planning = partial(keep_pages_planned, api, services.graph, PAGES)
            await stack.enter_async_context(beside(planning, "pages.plan"))
        for work, name in (
            (partial(sentences.keep_fresh, services.graph), "sentences.refresh"),
            (partial(buttons.keep_fresh, services.graph), "demo.refresh"),
        ):
            await stack.enter_async_context(beside(work, name))
        yield WebServices(
            settings=services.settings,
            clock=services.clock,
            graph=services.graph,
            queue=services.queue,
            jobs=services.jobs,
            metrics=services.metrics,
            encoder=services.encoder,
            identity=identity,
            api=api,
            demo_people=buttons,
            signer=Signer(secret),
        )


def services_of(connection: HTTPConnection) -> WebServices:
    """Return the services of the application that serves this request."""
    return connection.app.state.services
