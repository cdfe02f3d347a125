"""From a request to its viewer: one statement for a session or a token, none for the anonymous. Nothing is cached, so
that a session that was signed out, or a role that was taken away, ends with the next request."""

from __future__ import annotations

from datetime import datetime

from madang_graph.client import Graph
from madang_graph.errors import GraphError
from madang_graph.viewer import ANONYMOUS, Viewer
from madang_graph.writes import sessions
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang_server.operations.failures import failure_response, status_of
from madang_server.security.cookies import (
    Cookie,
    headers_of,
    is_secure,
    no_session_cookie,
    read_cookie,
    session_name,
)
from madang_server.security.digests import digest_of
from madang_server.security.errors import RefusedError, TokenRefusedError
from madang_server.security.languages import language_of
from madang_server.wiring import services_of

# Who is asking changes nothing in these; a page without style while the graph is away would help nobody.
_WITHOUT_VIEWER = ("/static/", "/health/", "/metrics", "/csp-report")


async def resolve_viewer(graph: Graph, connection: HTTPConnection, now: datetime, *, secure: bool) -> Viewer:
    """Return who is asking, in the language of the request. A bearer token counts before a cookie.

    Raises:  TokenRefusedError: a token was given and does not hold.  GraphError: the graph cannot say.
    """
    viewer = ANONYMOUS
    token = _bearer(connection)
    session_id = read_cookie(connection, session_name(secure))
    if token is not None:
        found = await sessions.viewer_of_token(graph, digest_of(token), now) if 0 < len(token) <= 128 else None
        if found is None:
            raise TokenRefusedError
        viewer = found
    elif session_id is not None:
        viewer = await sessions.viewer_of_session(graph, digest_of(session_id), now) or ANONYMOUS
    return viewer.with_language(language_of(connection, viewer.language))


def _bearer(connection: HTTPConnection) -> str | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


class ViewerMiddleware:
    """Pure ASGI. Sets `viewer` and `cookies` (to be set with the answer) in the request's state."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        connection.state.viewer = ANONYMOUS
        cookies: list[Cookie] = []
        connection.state.cookies = cookies
        if scope["path"].startswith(_WITHOUT_VIEWER):
            await self.app(scope, receive, send)
            return
        services = services_of(connection)
        secure = is_secure(services.settings.origin)
        try:
            viewer = await resolve_viewer(services.graph, connection, services.clock(), secure=secure)
        except RefusedError as error:
            await refusal(error, language_of(connection, "en"))(scope, receive, send)
            return
        except GraphError as error:
            # Handlers of the application do not see what a middleware raises.
            await failure_response(scope, *status_of(error))(scope, receive, send)
            return
        connection.state.viewer = viewer
        if not viewer.signed_in and read_cookie(connection, session_name(secure)) is not None:
            cookies.append(no_session_cookie(secure))
        await self.app(scope, receive, _with_cookies(send, cookies, viewer))


def _with_cookies(send: Send, cookies: list[Cookie], viewer: Viewer) -> Send:
    async def with_cookies(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            names = {name.lower() for name, _ in headers}
            personal = viewer.signed_in or cookies or b"set-cookie" in names
            if personal and b"cache-control" not in names:
                headers.append((b"cache-control", b"private, no-store"))
            message["headers"] = [*headers, *headers_of(cookies, headers)]
        await send(message)

    return with_cookies


def refusal(error: RefusedError, language: str) -> JSONResponse:
    """Return the answer to a refused API request, in the form of a GraphQL error."""
    message = error.sentence.en if language == "en" else error.sentence.ko
    headers = {"cache-control": "no-store"}
    if error.status == 401:
        headers["www-authenticate"] = 'Bearer error="invalid_token"'
    body = {"errors": [{"message": message, "extensions": {"code": error.code}}]}
    return JSONResponse(body, error.status, headers)
