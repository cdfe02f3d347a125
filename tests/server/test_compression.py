"""Compressed answers: for whom, which, and that they say what the plain ones say."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from madang_server.security.compression import Compression
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

LONG = "마당에서 이웃을 만납니다. " * 200


async def answer(request: Request) -> Response:
    kind = request.query_params.get("kind", "text/html")
    size = int(request.query_params.get("size", "100000"))
    response = Response(LONG.encode()[:size], media_type=kind, headers={"vary": "Cookie"})
    for name in ("content-encoding", "cache-control"):
        if value := request.query_params.get(name):
            response.headers[name] = value
    return response


async def stream(request: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        for _ in range(10):
            yield LONG

    return StreamingResponse(parts(), media_type=request.query_params["kind"])


def client() -> httpx.AsyncClient:
    app = Compression(Starlette(routes=[Route("/", answer), Route("/stream", stream)]))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://madang")


@pytest.mark.parametrize("kind", ["text/html", "text/csv", "application/json", "application/graphql-response+json"])
async def test_a_long_answer_is_a_tenth_and_says_the_same(kind: str) -> None:
    async with client() as browser:
        plain = await browser.get("/", params={"kind": kind}, headers={"accept-encoding": "identity"})
        packed = await browser.get("/", params={"kind": kind}, headers={"accept-encoding": "br, gzip;q=0.8"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Cookie, Accept-Encoding"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < len(plain.content) / 10


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "x-gzip"])
async def test_who_does_not_take_it_gets_it_plain(accepted: str) -> None:
    async with client() as browser:
        response = await browser.get("/", headers={"accept-encoding": accepted})
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize(
    "asked",
    [
        {"size": "1023"},
        {"kind": "image/png"},
        {"kind": "font/woff2"},
        {"kind": "text/event-stream"},
        {"cache-control": "no-transform"},
    ],
)
async def test_what_gains_nothing_or_must_not_wait_stays_plain(asked: dict[str, str]) -> None:
    async with client() as browser:
        response = await browser.get("/", params=asked, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in response.headers
    assert response.content


async def test_what_is_encoded_already_is_not_encoded_again() -> None:
    async with client() as browser, browser.stream("GET", "/", params={"content-encoding": "br"}) as response:
        assert response.headers["content-encoding"] == "br"


async def test_a_stream_is_packed_as_it_goes_but_events_are_not() -> None:
    async with client() as browser:
        packed = await browser.get("/stream?kind=text/csv", headers={"accept-encoding": "gzip"})
        events = await browser.get("/stream?kind=text/event-stream", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-length" not in packed.headers
    assert packed.text == events.text == LONG * 10
    assert "content-encoding" not in events.headers
