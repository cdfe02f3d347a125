"""The web application: its routes, its layers, and what happens at start. Served by uvicorn as a factory."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from madang_server.api.endpoint import graphql_route
from madang_server.operations.assets import static_route
from madang_server.operations.failures import failure_handlers
from madang_server.operations.logs import configure_logs
from madang_server.operations.requests import RequestMiddleware
from madang_server.operations.routes import operation_routes
from madang_server.pages.errors import error_page, failure_in_frame
from madang_server.pages.routes import page_routes
from madang_server.security.bodies import BodyLimit
from madang_server.security.compression import Compression
from madang_server.security.headers import SecurityHeaders
from madang_server.security.viewers import ViewerMiddleware
from madang_server.settings import read_settings
from madang_server.wiring import WebServices, open_web

OpenServices = Callable[[], AbstractAsyncContextManager[WebServices]]


def create_app(open_services: OpenServices | None = None) -> Starlette:
    """Return the application. Its services are opened when the server starts it, not here.

    Args: open_services: what to enter at start; None reads the settings of this process.
    """
    app = Starlette(
        routes=_routes(),
        middleware=[
            # Outermost: the answer to what fails inside has its headers too.
            Middleware(SecurityHeaders),
            Middleware(RequestMiddleware),
            Middleware(Compression),
            Middleware(BodyLimit),
            Middleware(ViewerMiddleware),
        ],
        exception_handlers={HTTPException: error_page, **failure_handlers()},
        lifespan=_lifespan(open_services or _open_from_environment),
    )
    app.state.failure_in_frame = failure_in_frame
    return app


def _routes() -> list[BaseRoute]:
    return [graphql_route(), *operation_routes(), static_route(), *page_routes()]


@asynccontextmanager
async def _open_from_environment() -> AsyncIterator[WebServices]:
    settings = read_settings()
    configure_logs(settings.log_format, settings.log_level)
    async with open_web(settings) as services:
        yield services


def _lifespan(open_services: OpenServices) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_services() as services:
            app.state.services = services
            _calm_collector()
            yield

    return lifespan


def _calm_collector() -> None:
    """Leave what was made at start out of the cyclic collector, and let it run rarely: large answers make many objects,
    none of them in cycles, and with the default threshold it triples their cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
