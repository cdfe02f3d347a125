"""The check of a form in the shape that the generic form handler asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from madang_graph.viewer import Viewer
from starlette.requests import Request

from madang_server.security.errors import RefusedError
from madang_server.security.forgery import FIELD
from madang_server.wiring import services_of


def check_form(request: Request, viewer: Viewer, form: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a form comes from a page of ours, made for this browser."""
    given = form.get(FIELD, ())
    try:
        services_of(request).identity.forgery.check_form(request, viewer, {FIELD: given[0] if given else None})
    except RefusedError:
        return False
    return True
