"""Error pages for browsers: 404 for missing and hidden alike, 429, and the rest in plain words."""

from __future__ import annotations

from madang_graph.errors import GraphError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from madang_server.pages.routes import site_of

# Hidden looks like missing, and so does an address that takes no such method.
_SHOWN = {401: 404, 403: 404, 405: 404}
_PAGES = {404: "errors/missing", 429: "errors/busy"}
_PHRASES = {404: "Not found.", 429: "Too many requests; wait a moment."}
_MACHINES = ("/graphql", "/health", "/metrics", "/static")


async def error_page(request: Request, error: Exception) -> Response:
    """Answer an HTTPException: a page for browsers, JSON for programs."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    status = _SHOWN.get(status, status)
    if "text/html" not in request.headers.get("accept", "") or request.url.path.startswith(_MACHINES):
        return JSONResponse({"errors": [{"message": _PHRASES.get(status, "Refused.")}]}, status, headers)
    reader = site_of(request).reader
    row = reader.rows[_PAGES.get(status, "errors/unreadable")]
    try:
        response = await reader.read(request, row, status=status)
    except GraphError:
        # Who is signed in cannot be asked now; the page says its sentence without it.
        response = reader.renderer.page(request, reader.pages[row.page].template, {"viewer": None}, status=status)
    response.headers.update(headers)
    return response
