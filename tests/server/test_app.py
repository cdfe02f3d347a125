"""The application: health, start without its servers, recovery by itself, static files."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from madang_graph.client import Graph, GraphAddress
from madang_graph.migrations import migrate
from madang_server.local.processes import end, free_port
from madang_server.local.valkey import start_valkey
from madang_server.operations import assets
from redis.asyncio import Redis
from starlette.applications import Starlette

from tests.server.builders import Clock
from tests.server.web import browser, open_app

QUERY = {"query": "{ districts(first: 1) { totalCount } }"}
PAGE = {"accept": "text/html"}


class Gate:
    """A door to a server on a port of its own: closed at first, and closed again when it ends."""

    def __init__(self, uri: str) -> None:
        self._host, self._port = urlsplit(uri).hostname, urlsplit(uri).port
        self.port = free_port()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection(self._host, self._port)
        self._writers |= {writer, inner_writer}
        for source, target in ((reader, inner_writer), (inner_reader, writer)):
            self._tasks.add(asyncio.create_task(_pump(source, target)))


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.CancelledError):
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    target.close()


@asynccontextmanager
async def gate_to(uri: str) -> AsyncIterator[Gate]:
    gate = Gate(uri)
    try:
        yield gate
    finally:
        await gate.close()


async def missing(app: Starlette) -> list[str]:
    async with browser(app) as client:
        response = await client.get("/health/ready")
    body = response.json()
    assert response.status_code == (503 if body["missing"] else 200)
    assert body["ready"] == (not body["missing"])
    assert all(finding["remedy"] for finding in body["missing"])
    return [finding["part"] for finding in body["missing"]]


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110  nothing here could set an event
            await asyncio.sleep(0.1)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of built assets, whether or not the real ones were built."""
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "manifest.json").write_text("{}")
    (tmp_path / "built" / "madang-ABC123.js").write_text("// hashed\n" * 500)
    (tmp_path / "mark.svg").write_text("<svg/>")
    monkeypatch.setattr(assets, "static_folder", lambda: tmp_path)
    return tmp_path


async def test_with_everything_there_it_is_ready(
    graph: Graph, neo4j_address: GraphAddress, valkey_url: str, built: Path
) -> None:
    await migrate(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as app:
        assert await missing(app) == []


async def test_it_names_migrations_and_assets_that_are_missing(
    graph: Graph, neo4j_address: GraphAddress, valkey_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "static_folder", lambda: tmp_path)
    async with open_app(neo4j_address, valkey_url, Clock()) as app:
        assert await missing(app) == ["migrations", "assets"]


async def test_a_wrong_password_is_named_without_the_address(
    graph: Graph, neo4j_address: GraphAddress, valkey_url: str, built: Path
) -> None:
    wrong = GraphAddress(neo4j_address.uri, "neo4j", "wrong")
    async with open_app(wrong, valkey_url, Clock()) as app, browser(app) as client:
        response = await client.get("/health/ready")
        assert "NEO4J_PASSWORD" in response.text
        assert neo4j_address.uri not in response.text


async def test_it_starts_without_neo4j_says_so_and_recovers_by_itself(
    graph: Graph, neo4j_address: GraphAddress, valkey_url: str, built: Path
) -> None:
    await migrate(graph)
    async with gate_to(neo4j_address.uri) as gate:
        behind = GraphAddress(f"bolt://127.0.0.1:{gate.port}", neo4j_address.username, neo4j_address.password)
        async with open_app(behind, valkey_url, Clock()) as app, browser(app) as client:
            assert (await client.get("/health/live")).status_code == 200
            assert await missing(app) == ["neo4j"]
            api = await client.post("/graphql", json=QUERY)
            assert (api.status_code, api.json()["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")
            page = await client.get("/districts", headers=PAGE)
            assert page.status_code == 503
            assert page.headers["retry-after"]
            assert "<main" in page.text
            assert str(gate.port) not in page.text
            await gate.open()

            async def answers() -> bool:
                return (await client.post("/graphql", json=QUERY)).status_code == 200

            await until(answers)
            assert await missing(app) == []
            await gate.close()
            assert await missing(app) == ["neo4j"]


async def test_it_starts_without_valkey_says_so_and_recovers_by_itself(
    graph: Graph, neo4j_address: GraphAddress, built: Path, tmp_path: Path
) -> None:
    await migrate(graph)
    port, password = free_port(), secrets.token_hex(16)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    async with open_app(neo4j_address, url, Clock()) as app:
        services = app.state.services
        assert await missing(app) == ["valkey"]
        await services.jobs.enqueue("suggestions.refresh", {"organisation_id": "org_a"})  # waits in the outbox
        running = await asyncio.to_thread(start_valkey, tmp_path / "valkey", port, password)
        try:

            async def is_ready() -> bool:
                return await missing(app) == []

            await until(is_ready)
            assert await services.jobs.sweep() == 1
            assert (await services.queue.figures()).waiting == 1
        finally:
            end([running.child])


async def test_hashed_files_are_kept_for_a_year_and_others_are_not(
    graph: Graph, neo4j_address: GraphAddress, valkey: Redis, valkey_url: str, built: Path
) -> None:
    async with open_app(neo4j_address, valkey_url, Clock()) as app, browser(app) as client:
        hashed = await client.get("/static/built/madang-ABC123.js", headers={"accept-encoding": "gzip"})
        plain = await client.get("/static/mark.svg")
        outside = await client.get("/static/../app.py")
    assert "immutable" in hashed.headers["cache-control"]
    assert hashed.headers["content-encoding"] == "gzip"
    assert "immutable" not in plain.headers["cache-control"]
    assert outside.status_code == 404


async def test_the_brotli_form_that_the_build_wrote_goes_to_those_who_take_it(
    graph: Graph, neo4j_address: GraphAddress, valkey: Redis, valkey_url: str, built: Path
) -> None:
    (built / "built" / "madang-ABC123.js.br").write_bytes(b"small")
    async with open_app(neo4j_address, valkey_url, Clock()) as app, browser(app) as client:
        address = "/static/built/madang-ABC123.js"
        async with client.stream("GET", address, headers={"accept-encoding": "gzip, br;q=1"}) as answer:
            small = b"".join([part async for part in answer.aiter_raw()])
        plain = await client.get(address, headers={"accept-encoding": "identity"})
    assert small == b"small"
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert "content-encoding" not in plain.headers
