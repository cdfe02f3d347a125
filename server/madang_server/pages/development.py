"""For development and the demo only, 404 elsewhere: GraphiQL over the local API, and every part with its states."""

from __future__ import annotations

from madang_frontend.samples import Samples
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from madang_server.pages.facts import FormState, Problem
from madang_server.pages.routes import site_of
from madang_server.wiring import services_of


async def graphiql(request: Request) -> Response:
    """Answer the page of GraphiQL; 404 outside demo mode."""
    if not services_of(request).settings.demo:
        raise HTTPException(404)
    template = site_of(request).reader.renderer.environments["en"].get_template("pages/development/graphiql.html")
    return HTMLResponse(template.render(address="/graphql", nonce=request.state.csp_nonce))


async def components(request: Request) -> Response:
    """Answer the page that shows every part of the pages with its states; 404 outside demo mode."""
    services = services_of(request)
    if not services.settings.demo:
        raise HTTPException(404)
    samples = Samples(services.api.plans.schema, services.clock())
    problems = (Problem("name", word="missing"), Problem("amount", word="amount"))
    refused = FormState("sample", "ValidationFailed", {"name": [""], "amount": ["많이"]}, problems)
    values = {"viewer": None, "sample": samples.of, "at": samples.at, "refused": refused}
    page = site_of(request).reader.renderer.page
    return page(request, "pages/development/components.html", values, notices=("address-not-understood",))
