"""Error pages for browsers, in the frame of the site: 404 for missing and hidden alike, 405, 429, and when a service is
away or something broke."""

from __future__ import annotations

from madang_graph.errors import GraphError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from madang_server.operations.failures import RETRY_AFTER_S
from madang_server.pages.routes import site_of

# Hidden looks like missing.
_SHOWN = {401: 404, 403: 404}
_PAGES = {404: "errors/missing", 429: "errors/busy"}
_PHRASES = {404: "Not found.", 405: "This address takes other methods.", 429: "Too many requests; wait a moment."}
_MACHINES = ("/graphql", "/health", "/metrics", "/static")
_WAIT_S = 60


async def error_page(request: Request, error: Exception) -> Response:
    """Answer an HTTPException: a page for browsers, JSON for programs."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    status = _SHOWN.get(status, status)
    if status == 405:
        headers["Allow"] = ", ".join(_methods(request))
    if status == 429:
        headers.setdefault("Retry-After", str(_WAIT_S))
    if "text/html" not in request.headers.get("accept", "") or request.url.path.startswith(_MACHINES):
        return JSONResponse({"errors": [{"message": _PHRASES.get(status, "Refused.")}]}, status, headers)
    reader = site_of(request).reader
    row = reader.rows[_PAGES.get(status, "errors/unreadable")]
    wait_s = _seconds(headers.get("Retry-After", ""))
    try:
        response = await reader.read(request, row, status=status, wait_s=wait_s)
    except GraphError:
        # Who is signed in cannot be asked now; the page says its sentence without it.
        template = reader.pages[row.page].template
        response = reader.renderer.page(request, template, {"viewer": None}, status=status, wait_s=wait_s)
    response.headers.update(headers)
    return response


def failure_in_frame(scope: Scope, status: int, code: str, error_id: str | None) -> Response:
    """Return the page for a failure in the frame of the site, without asking any service. May raise anything: whoever
    calls it has a plainer page at hand."""
    request = Request(scope)
    template = "pages/errors/away.html" if status == 503 else "pages/errors/broken.html"
    facts = {"viewer": None, "viewer_unknown": True, "error_id": error_id or "", "slow": code == "TIMEOUT"}
    return site_of(request).reader.renderer.page(request, template, facts, status=status, wait_s=RETRY_AFTER_S)


def _methods(request: Request) -> list[str]:
    """All methods that any route of this address takes; a page and its form are two routes."""
    scope = dict(request.scope) | {"path_params": {}}
    routes = [each for each in request.app.routes if isinstance(each, Route)]
    matching = (each for each in routes if each.matches(scope)[0] is not Match.NONE)
    return sorted({method for route in matching for method in route.methods or ()})


def _seconds(retry_after: str) -> int:
    return int(retry_after) if retry_after.isdecimal() else _WAIT_S
