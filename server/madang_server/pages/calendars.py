"""Serves the days of a call as a file for calendars."""

from __future__ import annotations

from madang_frontend.calendars import call_calendar
from madang_frontend.links import Links, split_language
from madang_frontend.wording import load_wording
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang_server.pages.reading import broken
from madang_server.pages.site import Site

DOCUMENT = "calls/dates"


async def calendar_of_call(request: Request, site: Site) -> Response:
    """Answer with the call's opening and closing as iCalendar. Raises: HTTPException: 404, missing, or without days."""
    language, _ = split_language(request.url.path)
    reader = site.reader
    variables = {"id": request.path_params["id"]}
    answer = await reader.execute(site.reads[DOCUMENT], variables, request.state.viewer.with_language(language))
    if answer.errors:
        return broken(request, answer)
    call = (answer.data or {}).get("call")
    if call is None or not (call["opensAt"] or call["closesAt"]):
        raise HTTPException(404)
    address = str(request.base_url).rstrip("/") + Links(language).to(f"/calls/{call['id']}")
    content = call_calendar(call, address, reader.clock(), load_wording(language))
    disposition = f'attachment; filename="{call["id"]}.ics"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-cache"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
