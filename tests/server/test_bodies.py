"""Bodies that are larger than anything that a form or a query needs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from madang_server.security.bodies import MOST_BYTES, BodyLimit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def form(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.form())))


APP = Starlette(
    routes=[Route("/echo", echo, methods=["POST"]), Route("/form", form, methods=["POST"])],
    middleware=[Middleware(BodyLimit)],
)


def client() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=APP), base_url="http://127.0.0.1")


async def pieces(size: int) -> AsyncIterator[bytes]:
    while size > 0:
        yield b"x" * min(size, 10_000)
        size -= 10_000


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_up_to_the_limit_is_read(chunked: bool) -> None:
    async with client() as browser:
        content = pieces(MOST_BYTES) if chunked else b"x" * MOST_BYTES
        response = await browser.post("/echo", content=content)
        assert (response.status_code, response.text) == (200, str(MOST_BYTES))


@pytest.mark.parametrize("path", ["/echo", "/form"])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_larger_body_is_refused_however_it_is_sent(path: str, chunked: bool) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with client() as browser:
        content = pieces(MOST_BYTES + 1) if chunked else b"x" * (MOST_BYTES + 1)
        response = await browser.post(path, content=content, headers=headers)
        assert response.status_code == 413
        assert response.json()["errors"][0]["extensions"] == {"code": "BODY_TOO_LARGE"}


@pytest.mark.parametrize("length", ["-1", "many", "9" * 5_000, "1e3", ""])
async def test_a_length_that_is_none_is_refused(length: str) -> None:
    async with client() as browser:
        response = await browser.post("/echo", content=b"", headers={"content-length": length})
        assert response.status_code == 413


async def test_a_browser_gets_a_page_that_says_what_to_do() -> None:
    async with client() as browser:
        headers = {"accept": "text/html", "content-length": str(MOST_BYTES + 1)}
        response = await browser.post("/echo", content=b"", headers=headers)
        assert response.status_code == 413
        assert "줄여" in response.text
