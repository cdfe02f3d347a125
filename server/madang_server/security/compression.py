"""Answers in gzip for those who take it. What must stay secret in a page is masked anew in each (see `forgery`), so the
length of a compressed page tells nobody anything about it."""

from __future__ import annotations

import zlib
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FEWEST_BYTES = 1024
_GZIP = 31
# Pages are read by people on any line; answers of the API by programs that wait for each.
_LEVELS = {
    b"text/html": 5,
    b"text/csv": 5,
    b"text/plain": 5,
    b"text/calendar": 5,
    b"application/json": 1,
    b"application/graphql-response+json": 1,
}


class Compression:
    """Pure ASGI. Leaves alone what is short, encoded already, or a stream of events."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _takes_gzip(scope["headers"]):
            send = _Squeezed(send).take
        await self.app(scope, receive, send)


def _takes_gzip(headers: list[tuple[bytes, bytes]]) -> bool:
    accepted = b",".join(value for name, value in headers if name == b"accept-encoding")
    for item in accepted.lower().split(b","):
        coding, _, weight = item.partition(b";")
        if coding.strip() in {b"gzip", b"*"}:
            return weight.replace(b" ", b"").rstrip(b"0.") != b"q="
    return False


class _Squeezed:
    """One answer on its way out. Its head waits for the first part of the body, which decides."""

    __slots__ = ("_coder", "_head", "_send")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None
        self._coder: Any = None

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._head is not None:
            head, self._head = self._head, None
            level = _level(head)
            if level and (more or len(body) >= FEWEST_BYTES):
                self._coder = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
                body = self._coder.compress(body) + (b"" if more else self._coder.flush())
                await self._send(_with_encoding(head, None if more else len(body)))
            else:
                await self._send(head)
        elif self._coder is not None:
            body = self._coder.compress(body) + (b"" if more else self._coder.flush())
        await self._send({**message, "body": body})


def _level(head: Message) -> int:
    """Return the level for an answer; 0 when it stays as it is."""
    headers = {name.lower(): value for name, value in head.get("headers", ())}
    if b"content-encoding" in headers or b"no-transform" in headers.get(b"cache-control", b""):
        return 0
    if head["status"] in {204, 206, 304}:
        return 0
    return _LEVELS.get(headers.get(b"content-type", b"").split(b";")[0].strip().lower(), 0)


def _with_encoding(head: Message, length: int | None) -> Message:
    headers: list[tuple[bytes, bytes]] = []
    vary = [b"Accept-Encoding"]
    for name, value in head.get("headers", ()):
        if name.lower() == b"vary":
            vary.insert(0, value)
        elif name.lower() != b"content-length":
            headers.append((name, value))
    headers += [(b"content-encoding", b"gzip"), (b"vary", b", ".join(vary))]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return {**head, "headers": headers}
