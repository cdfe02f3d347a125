"""The product's API alone, over HTTP, as the plain server is: the same Starlette, no session, no pages."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from madang_graph.client import GraphAddress, open_graph
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import ANONYMOUS
from madang_matching.text import UniversalEncoder
from madang_server.api.execute import Api
from madang_server.api.functions import Sentences, read_functions
from madang_server.api.http import answer_request
from madang_server.api.schema import build_schema
from madang_server.app import _calm_collector  # pyright: ignore[reportPrivateUsage]
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def create_app() -> Starlette:
    """Return the API over the graph that the environment names."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        address = GraphAddress(os.environ["BENCH_URI"], "neo4j", os.environ["BENCH_PASSWORD"])
        async with open_graph(address) as graph:
            functions = read_functions(Sentences(UniversalEncoder()))
            compiler = Compiler(ENTITIES, ONES, MANYS, functions, CursorSigner(b"benchmark"), LEAVES)
            app.state.api = Api(graph, build_schema(), compiler, lambda: datetime.now(UTC), lambda *_: None)
            _calm_collector()
            yield

    async def graphql(request: Request) -> Response:
        return await answer_request(request.app.state.api, request, ANONYMOUS, "")

    return Starlette(lifespan=lifespan, routes=[Route("/graphql", graphql, methods=["GET", "POST"])])
