"""The outermost layer of a request: its id, its one log line, its figures, and the answer when something fails."""

from __future__ import annotations

import secrets
import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang_server.operations.failures import failure_response
from madang_server.operations.metrics import Metrics
from madang_server.operations.request_ids import HEADER, request_id

log = structlog.get_logger("madang.requests")

# Asked every few seconds by machines; their lines would bury the rest.
_UNLOGGED = frozenset({"/health/live", "/health/ready", "/metrics"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestMiddleware:
    """Pure ASGI, because Starlette's function middleware would buffer bodies and lose context variables."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identifier = request_id(scope["headers"])
        scope.setdefault("state", {})["request_id"] = identifier
        answer = _Answer(send, identifier)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=identifier)
        started = time.perf_counter()
        try:
            await self.app(scope, receive, answer)
        except Exception:
            await self._fail(scope, receive, answer)
        finally:
            self._note(scope, answer, time.perf_counter() - started)

    async def _fail(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        error_id = secrets.token_hex(6)
        _metrics_of(scope).errors.inc()
        log.exception("unexpected error", error_id=error_id, route=route_of(scope), method=method_of(scope))
        if not answer.started:
            answer.status = 500
            await failure_response(scope, 500, "INTERNAL_SERVER_ERROR", error_id)(scope, receive, answer)

    def _note(self, scope: Scope, answer: _Answer, seconds: float) -> None:
        route = route_of(scope)
        metrics = _metrics_of(scope)
        metrics.requests.labels(route, method_of(scope), str(answer.status)).inc()
        metrics.latency.labels(route).observe(seconds)
        if route not in _UNLOGGED:
            log.info("request", method=method_of(scope), route=route, status=answer.status, ms=round(seconds * 1000, 1))


class _Answer:
    """Watches the answer on its way out, and puts the request id on it."""

    def __init__(self, send: Send, identifier: str) -> None:
        self._send = send
        self._header = (HEADER, identifier.encode())
        self.status = 499  # the caller left before an answer began
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self.status = message["status"]
            message = {**message, "headers": [*message.get("headers", ()), self._header]}
        await self._send(message)


def _metrics_of(scope: Scope) -> Metrics:
    return scope["app"].state.services.metrics


def method_of(scope: Scope) -> str:
    """Return the method, or OTHER for a made-up one, so that callers cannot add labels."""
    return scope["method"] if scope["method"] in _METHODS else "OTHER"


def route_of(scope: Scope) -> str:
    """Return the template of the route, as in `/calls/{id}`; never the path, which may hold what people typed."""
    route: Any = scope.get("route")
    path = getattr(route, "path", None)
    return path if isinstance(path, str) and path else "unmatched"
