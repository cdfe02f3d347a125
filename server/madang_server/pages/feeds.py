"""Feeds for other programs: calendars of what a person watches, Atom of open calls and of saved searches, and the
address that turns the digest off. Their secret addresses stand for a person, and for nothing but reading these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from madang_frontend.calendars import watched_calendar
from madang_frontend.feeds import OPEN_CALLS, Feed, call_feed
from madang_frontend.links import Links, split_language
from madang_frontend.searches import search_values, search_words
from madang_frontend.times import Times
from madang_frontend.wording import load_wording
from madang_graph.viewer import ANONYMOUS, Viewer
from madang_graph.writes import watches as kept
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang_server.api.feeds import PURPOSE
from madang_server.pages.catalogue import STOP_PAGE, STOPPED_PAGE
from madang_server.pages.reading import broken
from madang_server.pages.site import Site
from madang_server.services import watches
from madang_server.services.digests import STOP
from madang_server.services.searches import STANDING
from madang_server.wiring import services_of

_ATOM = "application/atom+xml; charset=utf-8"
_PRIVATE = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


async def watched_calls(request: Request, site: Site) -> Response:
    """Answer with the days of all calls that the address's person watches. Raises: HTTPException: 404."""
    data = await _read(request, site, "watches/calendar", {}, await _person(request))
    if isinstance(data, Response):
        return data
    language, _ = split_language(request.url.path)
    calls = [watch["call"] for watch in data["viewer"]["watches"]["nodes"] if watch["call"]]
    address = site.reader.renderer.forgery.origin + Links(language).to("/calls/")
    content = watched_calendar(calls, address, site.reader.clock(), load_wording(language))
    return Response(content, media_type="text/calendar; charset=utf-8", headers=_PRIVATE)


async def open_calls(request: Request, site: Site) -> Response:
    """Answer with the calls that are open or open soon, the last changed first."""
    data = await _read(request, site, "calls/feed", {"where": {"state": {"in": [*STANDING]}}}, ANONYMOUS)
    if isinstance(data, Response):
        return data
    language, _ = split_language(request.url.path)
    title = load_wording(language).say(OPEN_CALLS).unescape()
    headers = {"Cache-Control": "public, max-age=900"}
    return _feed(request, site, data["calls"]["nodes"], "calls", title, "/calls.atom", "/calls", headers)


async def found_calls(request: Request, site: Site) -> Response:
    """Answer with what a saved search has found. Raises: HTTPException: 404."""
    watch_id = request.path_params["watch"]
    data = await _read(request, site, "watches/feed", {"id": watch_id}, await _person(request))
    if isinstance(data, Response):
        return data
    found = data["viewer"]["watches"]["nodes"]
    if not found:
        raise HTTPException(404)
    language, path = split_language(request.url.path)
    values = search_values(found[0]["query"])
    words = search_words(values, (), load_wording(language))
    title = found[0]["name"] or ", ".join(words) or load_wording(language).say(OPEN_CALLS).unescape()
    page = Links(language).to("/calls", values).removeprefix("/en" if language == "en" else "")
    return _feed(request, site, found[0]["found"]["nodes"], watch_id, title, path, page, _PRIVATE)


async def ask_to_stop(request: Request, site: Site) -> Response:
    """Show the button: programs that open every address of a letter must change nothing. Raises: HTTPException: 404."""
    _stopping(request)
    response = await site.reader.read(request, STOP_PAGE)
    response.headers.update(_PRIVATE)
    return response


async def stop(request: Request, site: Site) -> Response:
    """Turn the digest off, for the button and for mail programs (RFC 8058), which send no cookie and no token of ours.

    Raises: HTTPException: 404: the address was not signed here, or the person is gone.
    """
    services = services_of(request)
    if not await watches.stop_digest(services.graph, _stopping(request), services.clock()):
        raise HTTPException(404)
    response = await site.reader.read(request, STOPPED_PAGE)
    response.headers.update(_PRIVATE)
    return response


def _stopping(request: Request) -> str:
    words = services_of(request).signer.read(STOP, request.path_params["token"])
    if words is None or len(words) != 1:
        raise HTTPException(404)
    return str(words[0])


async def _person(request: Request) -> Viewer:
    services = services_of(request)
    words = services.signer.read(PURPOSE, request.path_params["token"])
    if words is None or len(words) != 2 or await kept.feeds_version(services.graph, str(words[0])) != words[1]:
        raise HTTPException(404)
    return Viewer(person_id=str(words[0]), scopes=frozenset({"read"}))


async def _read(
    request: Request, site: Site, document: str, variables: Mapping[str, Any], viewer: Viewer
) -> dict[str, Any] | Response:
    language, _ = split_language(request.url.path)
    answer = await site.reader.execute(
        site.reads[document], variables, viewer.with_language("en" if language == "en" else "ko")
    )
    return broken(request, answer) if answer.errors or answer.data is None else answer.data


def _feed(
    request: Request,
    site: Site,
    calls: list[dict[str, Any]],
    name: str,
    title: str,
    path: str,
    page: str,
    headers: Mapping[str, str],
) -> Response:
    language, _ = split_language(request.url.path)
    clock, origin = site.reader.clock, site.reader.renderer.forgery.origin
    links = Links(language)
    prefix = origin + ("/en" if language == "en" else "")
    feed = Feed(f"tag:madang,2026:{name}:{language}", title, origin + links.to(path), origin + links.to(page), prefix)
    times = Times(language, clock, site.tables.zone)
    now = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    content = call_feed(feed, calls, now, load_wording(language), times)
    return Response(content, media_type=_ATOM, headers=dict(headers))
