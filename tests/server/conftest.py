"""Services over the session's Neo4j and Valkey, with an empty queue and a clock that stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from madang_server.settings import Settings
from madang_server.wiring import Services, open_services
from pydantic import SecretStr
from redis.asyncio import Redis

from tests.server.yard import StubEncoder

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def server_settings(neo4j_address: GraphAddress, valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that lead to the session's servers."""
    return Settings(
        NEO4J_URI=neo4j_address.uri,
        NEO4J_USERNAME=neo4j_address.username,
        NEO4J_PASSWORD=SecretStr(neo4j_address.password),
        REDIS_URL=valkey_url,
        secret_key=SecretStr("k" * 40),
        data_dir=tmp_path_factory.mktemp("data"),
    )


@pytest_asyncio.fixture(loop_scope="session")
async def valkey(valkey_url: str) -> AsyncIterator[Redis]:
    """An empty Valkey."""
    connection = Redis.from_url(valkey_url)
    await connection.flushall()
    yield connection
    await connection.flushall()
    await connection.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def services(server_settings: Settings, graph: Graph, valkey: Redis) -> AsyncIterator[Services]:
    """Services of one process over an empty graph and an empty queue."""
    async with open_services(server_settings, lambda: NOW) as opened:
        yield opened


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch, services: Services) -> StubEncoder:
    """The services' encoder, made quick."""
    stub = StubEncoder()
    monkeypatch.setattr(services.encoder, "_make", lambda: stub)
    return stub
