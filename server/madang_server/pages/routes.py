"""The tables that bind addresses to pages and forms. To add a page: two files in the frontend, one row here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from madang_frontend import load_pages
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from madang_server.pages import catalogue, feeds, overlaps, reviews
from madang_server.pages.calendars import calendar_of_call
from madang_server.pages.crawlers import robots
from madang_server.pages.rows import FormRow, PageRow
from madang_server.pages.site import Site, make_site
from madang_server.pages.tables import ENDING
from madang_server.wiring import services_of

_MINE = {"organisation": "mine.id.eq"}
_AFTER = {"after": "after"}

PAGES: tuple[PageRow, ...] = (
    PageRow("/", "home/show", moments={"now": 0}),
    PageRow("/sign-in", "people/sign_in"),
    PageRow("/register", "people/register"),
    PageRow(
        "/my/matches",
        "matches/show",
        login=True,
        values=_MINE,
        given={"asked": "list"},
    ),
    PageRow(
        "/judgements",
        "judgements/list",
        login=True,
        values={
            **_AFTER,
            "verdict": "where.verdict.in",
            "reason": "where.reason.in",
            "holds": "where.holds.eq",
        },
    ),
    PageRow("/my/profile", "organisations/edit", login=True, values=_MINE),
    PageRow("/check", "checks/show"),
    PageRow("/my/facts", "facts/edit", login=True, values=_MINE),
    PageRow("/my/needs", "needs/mine", login=True, values=_MINE),
    PageRow(
        "/my/awards",
        "awards/mine",
        login=True,
        values={**_MINE, "eur": "newEur", "on": "on", "affiliate": "sought.search"},
        given={"seeking": "affiliate"},
    ),
    PageRow("/my/documents", "documents/mine", login=True, values=_MINE),
    PageRow("/desk", "desk/list", login=True, values=_AFTER),
    PageRow("/desk/programmes/{id}/call", "desk/plan", login=True, root="desk.nodes.0"),
    PageRow("/desk/calls/{id}", "desk/show", login=True, root="own.nodes.0 planned"),
    PageRow("/desk/calls/{id}/facts", "desk/facts", login=True, root="own.nodes.0 planned"),
    PageRow("/my/introductions", "introductions/mine", login=True, values=_MINE),
    PageRow(
        "/programmes",
        "programmes/list",
        values={
            **_AFTER,
            "q": "where.search searched.search",
            "purpose": "where.purposes.hasAny",
            "state": "where.calls.some.state.eq",
            "closing": "where.calls.some.daysLeft.lte",
            "sort": "sort",
        },
    ),
    PageRow("/programmes/{id}", "programmes/show", root="programme"),
    *catalogue.PAGES,
    *reviews.PAGES,
    *overlaps.PAGES,
    PageRow("/calls/{id}", "calls/show", root="call"),
    PageRow(
        "/partners",
        "partners/search",
        values={
            "q": "text",
            "kind": "where.kind.in",
            "district": "where.district.id.in",
            "technology": "where.technologies.some.id.in",
            "without": "without",
            "for": "own",
            "compare": "compared.id.in",
            **_MINE,
            **_AFTER,
        },
        # Given even when it is empty, so that leaving something out needs no other statement.
        fixed={"text": "", "without": []},
        given={"asked": "q", "comparing": "compare"},
    ),
    PageRow(
        "/organisations",
        "organisations/list",
        values={
            **_AFTER,
            "q": "where.search kinds.search",
            "kind": "where.kind.in",
            "district": "where.district.id.in kinds.district.id.in",
            "technology": "where.technologies.some.id.in kinds.technologies.some.id.in",
            "sort": "sort",
        },
    ),
    PageRow("/organisations/{id}", "organisations/show", root="organisation"),
    PageRow("/organisations/{id}/introduction", "introductions/ask", login=True, root="organisation", values=_MINE),
    PageRow("/districts", "districts/list"),
    PageRow(
        "/districts/{id}",
        "districts/show",
        root="district",
        values={**_AFTER, "q": "members.search others.search", "kind": "members.kind.in"},
    ),
    PageRow(
        "/districts/{id}/clusters",
        "districts/clusters",
        root="district",
        values={"yard": "yard"},
        fixed={"yard": -1},
        given={"asked": "yard", "located": "view"},
    ),
    PageRow(
        "/spaces",
        "spaces/list",
        values={
            **_AFTER,
            "q": "where.search kinds.search places.search states.search",
            "kind": "where.kind.in places.kind.in states.kind.in",
            "district": "where.district.id.in kinds.district.id.in states.district.id.in",
            "state": "where.state.eq kinds.state.eq places.state.eq",
            "sort": "sort",
        },
    ),
    PageRow("/spaces/{id}", "spaces/show", root="space"),
    PageRow(
        "/search",
        "search/show",
        values={**_AFTER, "q": "words", "kind": "kind"},
        fixed={"words": ""},
        given={"asked": "q"},
    ),
    PageRow("/search/suggestions", "search/suggestions", values={"q": "words"}, fixed={"words": ""}),
    PageRow("/about/data", "sources/list"),
    PageRow("/about/matching", "models/show"),
    PageRow("/about/keyboard", "keyboard/show"),
    # Shown by the error handler; no address of their own.
    PageRow("", "errors/missing"),
    PageRow("", "errors/busy"),
    PageRow("", "errors/unreadable"),
)

FORMS: tuple[FormRow, ...] = (
    *catalogue.FORMS,
    *reviews.FORMS,
    FormRow("/sign-in", "people/enter", "people/sign_in", "/", login=False),
    FormRow("/sign-in/demo", "people/enter_demo", "people/sign_in", "/", login=False),
    FormRow("/sign-out", "people/leave", "home/show", "/", done="signed-out"),
    FormRow("/register", "people/join", "people/register", "/my/profile", done="welcome", login=False),
    FormRow("/my/profile", "organisations/save", "organisations/edit", "/my/profile", done="profile-saved"),
    FormRow("/check", "checks/check", "checks/show", "/check", login=False, stays=True, gathers="facts"),
    FormRow("/my/facts", "facts/save", "facts/edit", "/my/facts", done="facts-saved", gathers="facts"),
    FormRow("/my/needs", "needs/post", "needs/mine", "/my/needs", done="need-posted"),
    FormRow("/my/needs/close", "needs/close", "needs/mine", "/my/needs"),
    FormRow("/my/needs/reopen", "needs/reopen", "needs/mine", "/my/needs", done="need-reopened"),
    FormRow("/my/offers", "offers/post", "needs/mine", "/my/needs", done="offer-posted"),
    FormRow("/my/awards", "awards/save", "awards/mine", "/my/awards", done="award-saved"),
    FormRow("/my/awards/remove", "awards/remove", "awards/mine", "/my/awards"),
    FormRow("/my/awards/restore", "awards/restore", "awards/mine", "/my/awards", done="restored"),
    FormRow("/my/applications", "applications/save", "awards/mine", "/my/awards", done="application-saved"),
    FormRow("/my/applications/remove", "applications/remove", "awards/mine", "/my/awards"),
    FormRow("/my/applications/restore", "applications/restore", "awards/mine", "/my/awards", done="restored"),
    FormRow("/my/affiliates", "affiliates/name", "awards/mine", "/my/awards", done="affiliate-named"),
    FormRow("/my/affiliates/drop", "affiliates/drop", "awards/mine", "/my/awards", done="affiliate-dropped"),
    FormRow("/my/affiliates/none", "facts/save", "awards/mine", "/my/awards", done="facts-saved", gathers="facts"),
    FormRow("/my/documents", "documents/save", "documents/mine", "/my/documents", done="document-saved"),
    FormRow("/my/documents/remove", "documents/remove", "documents/mine", "/my/documents"),
    FormRow("/my/documents/restore", "documents/restore", "documents/mine", "/my/documents", done="restored"),
    FormRow("/desk/programmes/{id}/call", "desk/plan_call", "desk/plan", "/desk/calls/{id}", done="call-planned"),
    FormRow("/desk/calls/{id}/facts", "desk/edit_call", "desk/facts", "/desk/calls/{id}", done="call-saved"),
    FormRow("/desk/calls/{id}/edit", "desk/edit", "desk/show", "/desk", done="rules-saved", gathers="values"),
    FormRow("/desk/calls/{id}/save", "desk/save", "desk/show", "/desk", done="rules-saved"),
    FormRow("/desk/calls/{id}/preview", "desk/preview", "desk/show", "/desk"),
    FormRow("/desk/calls/{id}/review", "desk/review", "desk/show", "/desk", done="rules-reviewed"),
    FormRow("/desk/calls/{id}/publish", "desk/publish", "desk/show", "/desk", done="rules-published"),
    FormRow("/desk/calls/{id}/discard", "desk/discard", "desk/show", "/desk", done="rules-discarded"),
    FormRow("/desk/calls/{id}/archive", "desk/archive", "desk/show", "/desk", done="call-archived"),
    FormRow("/desk/calls/{id}/restore", "desk/restore", "desk/show", "/desk", done="call-restored"),
    FormRow("/my/matches/dismiss", "suggestions/dismiss", "matches/show", "/my/matches", done="dismissed"),
    FormRow("/my/matches/restore", "suggestions/restore", "matches/show", "/my/matches", done="restored"),
    FormRow("/my/matches/endorse", "suggestions/endorse", "matches/show", "/my/matches", done="endorsed"),
    FormRow("/my/matches/unsay", "suggestions/restore", "matches/show", "/my/matches", done="unsaid"),
    FormRow(
        "/organisations/{id}/introduction", "introductions/request", "introductions/ask", "/my/introductions", "asked"
    ),
    FormRow("/my/introductions", "introductions/answer", "introductions/mine", "/my/introductions", "answered"),
    FormRow("/my/introductions/report", "introductions/report", "introductions/mine", "/my/introductions", "reported"),
    FormRow(
        "/my/introductions/withdraw", "introductions/withdraw", "introductions/mine", "/my/introductions", "taken-back"
    ),
)


def page_routes() -> list[BaseRoute]:
    """Return the routes of all pages and forms, Korean ones without prefix and English ones under /en."""
    from madang_server.pages.development import components, graphiql

    tables = {name for name, page in load_pages().items() if page.table}
    routes: list[BaseRoute] = [Route("/graphiql", graphiql, methods=["GET"])]
    routes.append(Route("/robots.txt", robots, methods=["GET"]))
    for prefix in ("", "/en"):
        # Files before pages, whose addresses would take the ending for a part of the id.
        routes.append(Route(prefix + "/components", components, methods=["GET"]))
        routes.append(Route(prefix + "/calls/{id}.ics", _calendar, methods=["GET"]))
        routes.append(Route(prefix + "/calls.atom", _of_site(feeds.open_calls), methods=["GET"]))
        routes.append(Route(prefix + "/feeds/{token}/calls.ics", _of_site(feeds.watched_calls), methods=["GET"]))
        routes.append(Route(prefix + "/feeds/{token}/{watch}.atom", _of_site(feeds.found_calls), methods=["GET"]))
        routes.append(Route(prefix + "/digest/stop/{token}", _of_site(feeds.ask_to_stop), methods=["GET"]))
        routes.append(Route(prefix + "/digest/stop/{token}", _of_site(feeds.stop), methods=["POST"]))
        routes += [
            Route(prefix + row.path + ENDING, _table(row), methods=["GET"]) for row in PAGES if row.page in tables
        ]
        routes += [Route(_full(prefix, row.path), _page(row), methods=["GET"]) for row in PAGES if row.path]
        routes += [Route(_full(prefix, row.path), _form(row), methods=["POST"]) for row in FORMS]
    return routes


def site_of(request: Request) -> Site:
    """Return what serves pages in this application. It is made at the first request, once the services are open."""
    state = request.app.state
    if not hasattr(state, "site"):
        services = services_of(request)
        state.site = make_site(
            services.api.execute,
            schema=services.api.plans.schema,
            forgery=services.identity.forgery,
            clock=services.clock,
            demo_people=services.demo_people,
            zone=services.settings.timezone,
            rows=PAGES,
        )
    return state.site


Endpoint = Callable[[Request], Awaitable[Response]]


def _page(row: PageRow) -> Endpoint:
    async def show(request: Request) -> Response:
        return await site_of(request).reader.read(request, row)

    return show


def _table(row: PageRow) -> Endpoint:
    async def give(request: Request) -> Response:
        return await site_of(request).tables.read(request, row)

    return give


async def _calendar(request: Request) -> Response:
    return await calendar_of_call(request, site_of(request))


def _of_site(handler: Callable[[Request, Site], Awaitable[Response]]) -> Endpoint:
    async def give(request: Request) -> Response:
        return await handler(request, site_of(request))

    return give


def _form(row: FormRow) -> Endpoint:
    async def take(request: Request) -> Response:
        return await site_of(request).writer.write(request, row)

    return take


def _full(prefix: str, path: str) -> str:
    return prefix if prefix and path == "/" else prefix + path
