"""The address `/graphql`."""

from __future__ import annotations

from madang_server.api.http import answer_request
from madang_server.security.errors import RefusedError
from madang_server.security.viewers import refusal
from madang_server.wiring import services_of
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def graphql_endpoint(request: Request) -> Response:
    """Answer one operation for the viewer of the request."""
    services, viewer = services_of(request), request.state.viewer
    if request.method == "POST":
        try:
            services.identity.forgery.check_api(request, viewer)
        except RefusedError as error:
            return refusal(error, viewer.language)
    return await answer_request(services.api, request, viewer, request.client.host if request.client else "")


def graphql_route() -> Route:
    """Return the route."""
    return Route("/graphql", graphql_endpoint, methods=["GET", "POST"])
