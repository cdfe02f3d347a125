"""Error pages: in the frame of the site, in both languages, saying what to do, even while graph or templates fail."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from jinja2 import Environment
from madang_graph.client import Graph, GraphAddress
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.server.builders import Clock, make_yard
from tests.server.web import browser, open_app

HTML = {"accept": "text/html"}
NOBODY_LISTENS = "bolt://127.0.0.1:9"


@pytest_asyncio.fixture(loop_scope="session")
async def app(neo4j_address: GraphAddress, valkey_url: str, graph: Graph) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def app_without_graph(neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    async with open_app(GraphAddress(NOBODY_LISTENS, "neo4j", "none"), valkey_url, Clock()) as opened:
        yield opened


def put(app: Starlette, path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> None:
    app.router.routes.insert(0, Route(path, endpoint))


async def fail(_request: Request) -> Response:
    raise RuntimeError("the inside of the house")


async def be_busy(_request: Request) -> Response:
    raise HTTPException(429, headers={"Retry-After": "17"})


@pytest.mark.parametrize(("prefix", "language"), [("", "ko"), ("/en", "en")])
async def test_the_page_of_an_unexpected_error_stands_in_the_frame_with_its_number(
    app: Starlette, prefix: str, language: str
) -> None:
    put(app, f"{prefix}/broken", fail)
    async with browser(app) as client:
        response = await client.get(f"{prefix}/broken", headers=HTML)
    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.text
    assert 'class="site-head"' in response.text
    assert 'role="search"' in response.text
    assert "<code>" in response.text
    assert "inside" not in response.text
    assert 'href="/sign-in"' not in response.text


async def test_without_the_graph_the_frame_still_stands_and_says_when_to_try_again(
    app_without_graph: Starlette,
) -> None:
    async with browser(app_without_graph) as client:
        page = await client.get("/en/organisations?kind=SME", headers=HTML)
        unknown = await client.get("/en/nowhere", headers=HTML)
    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "Try again in 5 seconds" in page.text
    assert 'href="/en/organisations?kind=SME"' in page.text
    assert "bolt" not in page.text
    assert unknown.status_code in {404, 503}
    assert 'class="site-head"' in unknown.text


async def test_when_the_templates_fail_a_plain_page_stands_in(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    put(app, "/broken", fail)

    def refuse(*_arguments: object) -> None:
        raise OSError("no such template")

    monkeypatch.setattr(Environment, "get_template", refuse)
    async with browser(app) as client:
        response = await client.get("/broken", headers=HTML)
    assert response.status_code == 500
    assert 'lang="en"' in response.text
    assert "no such template" not in response.text


async def test_too_many_requests_tell_the_seconds(app: Starlette) -> None:
    put(app, "/en/busy", be_busy)
    async with browser(app) as client:
        response = await client.get("/en/busy", headers=HTML)
    assert (response.status_code, response.headers["retry-after"]) == (429, "17")
    assert "Try again in 17 seconds" in response.text


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/graphql", "GET, HEAD, POST"),
        ("DELETE", "/spaces", "GET, HEAD"),
        ("PATCH", "/en/sign-in", "GET, HEAD, POST"),
        ("PUT", "/sign-out", "POST"),
    ],
)
async def test_other_methods_are_refused_by_name(app: Starlette, method: str, path: str, allowed: str) -> None:
    async with browser(app) as client:
        response = await client.request(method, path, headers=HTML)
    assert (response.status_code, response.headers["allow"]) == (405, allowed)
    assert response.headers["content-type"].startswith("application/json" if path == "/graphql" else "text/html")


async def test_the_head_of_a_page_is_that_of_the_page(app: Starlette) -> None:
    async with browser(app) as client:
        response = await client.head("/sign-in", headers=HTML)
        missing = await client.head("/nowhere", headers=HTML)
    # A busy machine may be too slow to plan the statement in time.
    assert response.status_code in {200, 503}
    assert missing.status_code in {404, 503}
    assert response.headers["content-type"].startswith("text/html")
