"""A real Neo4j and a real Valkey for the whole session, wiped between tests."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress, open_graph
from madang_graph.schema import apply_schema
from madang_server.local.assets import build_assets
from madang_server.local.folders import cache_folder
from madang_server.local.jars import fetch_jars
from madang_server.local.neo4j import TEST_SIZES, start_neo4j
from madang_server.local.processes import end, free_port
from madang_server.local.valkey import start_valkey


@pytest.fixture(scope="session")
def neo4j_jars() -> list[Path]:
    """Class path of the pinned Neo4j, fetched once into the user's cache."""
    return fetch_jars(cache_folder())


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, neo4j_jars: list[Path]) -> Path:
    """Data folder of the demo. The first start in it loads and learns for minutes, later ones go on from there.

    Who starts a demo stops it, and leaves what is in it as it was; what changes it is asked for last: the journeys.
    """
    build_assets()
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory, neo4j_jars: list[Path]) -> Iterator[GraphAddress]:
    """Address of a Neo4j that lives as long as the session."""
    home = tmp_path_factory.mktemp("neo4j")
    running = start_neo4j(home, neo4j_jars, free_port(), secrets.token_hex(32), sizes=TEST_SIZES)
    try:
        yield GraphAddress(running.uri, "neo4j", running.password)
    finally:
        end([running.child])


@pytest.fixture(scope="session")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address, with password, of a Valkey that lives as long as the session."""
    running = start_valkey(tmp_path_factory.mktemp("valkey"), free_port(), secrets.token_hex(32))
    try:
        yield running.url
    finally:
        end([running.child])


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def prepared_graph(neo4j_address: GraphAddress) -> AsyncIterator[Graph]:
    """One client for the session, with constraints and indexes in place; tests ask for `graph`."""
    async with open_graph(neo4j_address) as graph:
        await apply_schema(graph)
        yield graph


@pytest_asyncio.fixture(loop_scope="session")
async def graph(prepared_graph: Graph) -> AsyncIterator[Graph]:
    """An empty graph with its schema; what a test writes is gone afterwards."""
    yield prepared_graph
    await prepared_graph.write("MATCH (node) DETACH DELETE node", timeout_s=60)
