"""The application over a small graph of a test's own, for a browser to look at names that no demo has."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from madang_graph.client import GraphAddress
from madang_server.local.processes import free_port
from starlette.applications import Starlette

from tests.server.builders import Clock
from tests.server.web import open_app


@asynccontextmanager
async def small_site(address: GraphAddress, valkey_url: str) -> AsyncIterator[tuple[str, Starlette]]:
    """Give the origin and the application, which runs in this loop until the body ends."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    async with open_app(address, valkey_url, Clock(), origin=origin, demo=False) as app:
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
        running = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.05)
        try:
            yield origin, app
        finally:
            server.should_exit = True
            await running
