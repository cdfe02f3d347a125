"""Pages of failures stand in the frame, in both languages, and axe finds nothing on them: 404, 429, 500, 503."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from madang_graph.client import Graph, GraphAddress
from madang_server.pages.site import Site
from playwright.async_api import Browser, Page, expect

from tests.journeys.axe import findings, prepare
from tests.journeys.small_site import small_site
from tests.small_district import small_district, write

WIDTHS = (360, 1280)
PREFIXES = ("", "/en")


@dataclass
class Failed:
    """What an operation answers that could not be done."""

    code: str
    data: None = None
    cookies: tuple[Any, ...] = ()
    errors: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def __post_init__(self) -> None:
        self.errors = [{"message": "", "extensions": {"code": self.code, "id": "3e798ff4f3b0"}}]


def failing(site: Site, code: str) -> Site:
    async def execute(*_given: Any, **_named: Any) -> Failed:
        return Failed(code)

    return replace(site, reader=replace(site.reader, execute=execute))


async def look(page: Page, address: str, status: int) -> list[str]:
    answer = await page.goto(address)
    for _ in range(8):
        # On a busy machine the first planning of a statement can take longer than a read may.
        if answer is not None and answer.status == status:
            break
        answer = await page.goto(address)
    assert answer is not None
    assert answer.status == status, address
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("banner")).to_be_visible()
    await prepare(page)
    return await findings(page, f"{status}, {address}", WIDTHS)


async def test_axe_finds_nothing_on_the_pages_of_failures(
    browser: Browser, neo4j_address: GraphAddress, valkey_url: str, graph: Graph
) -> None:
    await write(graph, small_district())
    found: list[str] = []
    async with small_site(neo4j_address, valkey_url) as (origin, app):
        context = await browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="ko-KR")
        page = await context.new_page()
        for prefix in PREFIXES:
            found += await look(page, origin + prefix + "/nowhere", 404)
        whole = app.state.site
        for code, status in (("SERVICE_UNAVAILABLE", 503), ("INTERNAL_SERVER_ERROR", 500)):
            app.state.site = failing(whole, code)
            for prefix in PREFIXES:
                found += await look(page, origin + prefix + "/spaces", status)
                if status == 500:
                    await expect(page.get_by_text("3e798ff4f3b0")).to_be_visible()
        app.state.site = whole
        for prefix in PREFIXES:
            found += await too_often(page, origin + prefix)
        await context.close()
    assert not found, "\n".join(found)


async def too_often(page: Page, origin: str) -> list[str]:
    for _ in range(30):
        await page.goto(origin + "/sign-in")
        await page.locator("[name=email]").fill("member@example.org")
        await page.locator("[name=password]").fill("not what it is")
        async with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            await page.locator("[name=password]").press("Enter")
        if (await sent.value).status == 429:
            await expect(page.get_by_role("heading", level=1)).to_be_visible()
            await prepare(page)
            return await findings(page, f"429, {origin}", WIDTHS)
    raise AssertionError("nothing stops who tries passwords")
