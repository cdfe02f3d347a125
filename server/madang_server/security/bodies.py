"""No request may carry more than a form or a query needs, whoever reads it and however it is sent."""

from __future__ import annotations

from html import escape

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang_server.operations.failures import wants_page
from madang_server.security.errors import BodyTooLargeError
from madang_server.security.languages import language_of
from madang_server.security.viewers import refusal

MOST_BYTES = 256 * 1024


class BodyLimit:
    """Pure ASGI. Answers 413 at the announced length, or when a body without one grows beyond the limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = HTTPConnection(scope).headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced[:20]) > MOST_BYTES:
            await _refusal(scope)(scope, receive, send)
            return
        got, started = 0, False

        async def limited() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > MOST_BYTES:
                raise BodyTooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, limited, watched)
        except BodyTooLargeError:
            if started:
                raise
            await _refusal(scope)(scope, receive, send)


def _refusal(scope: Scope) -> Response:
    error = BodyTooLargeError()
    language = language_of(HTTPConnection(scope), "en")
    if not wants_page(scope):
        return refusal(error, language)
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>마당 Madang</title></head>'
        f"<body><main><h1>마당 Madang</h1><p>{escape(error.sentence.in_language(language))}</p></main></body></html>\n",
        error.status,
    )
