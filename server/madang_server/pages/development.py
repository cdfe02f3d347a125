"""GraphiQL over the local API, from local files, in demo mode only."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from madang_server.pages.routes import site_of
from madang_server.wiring import services_of


async def graphiql(request: Request) -> Response:
    """Answer the page of GraphiQL; 404 outside demo mode."""
    if not services_of(request).settings.demo:
        raise HTTPException(404)
    template = site_of(request).reader.renderer.environments["en"].get_template("pages/development/graphiql.html")
    return HTMLResponse(template.render(address="/graphql", nonce=request.state.csp_nonce))
