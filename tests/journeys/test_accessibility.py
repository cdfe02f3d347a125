"""axe finds nothing on any page, in both languages, wide and on a phone."""

from __future__ import annotations

from pathlib import Path

import madang_frontend
import pytest
from madang_server.pages.routes import PAGES
from playwright.async_api import BrowserContext, Page

from tests.journeys.browsing import DISTRICT_MANAGER, FOUNDER, PHONE, PLANT_MANAGER, WIDE, Visitors, press_demo_button
from tests.journeys.places import all_places

AXE = Path(madang_frontend.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RUN = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
OPEN_ALL = "for (const each of document.querySelectorAll('main details')) each.open = true"
PEOPLE = (None, FOUNDER, PLANT_MANAGER, DISTRICT_MANAGER)


async def findings(page: Page, where: str) -> list[str]:
    return [
        f"{where}: {found['id']} ({found['impact']}) at {node['target']}: {node['failureSummary']}"
        for found in await page.evaluate(RUN)
        for node in found["nodes"]
    ]


async def open_browser(visitors: Visitors, person: str | None) -> BrowserContext:
    # axe is no script of ours and carries no nonce. The policy itself is watched in every journey.
    context = await visitors.anyone(bypass_csp=True)
    if person is not None:
        await press_demo_button(await context.new_page(), person)
    return context


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("person", PEOPLE)
async def test_axe_finds_nothing_on_any_page(visitors: Visitors, person: str | None, language: str) -> None:
    context = await open_browser(visitors, person)
    page = await context.new_page()
    found: list[str] = []
    for place in await all_places(context.request):
        if place.person != person:
            continue
        await page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        await page.goto(place.path if language == "ko" else "/en" + place.path)
        await page.add_script_tag(path=AXE)
        await page.evaluate(OPEN_ALL)
        for width, height in (WIDE, PHONE):
            await page.set_viewport_size({"width": width, "height": height})
            found += await findings(page, f"{place.path} at {width} px")
    assert found == []


async def test_every_row_of_the_table_of_pages_is_looked_at(visitors: Visitors) -> None:
    places = await all_places((await visitors.anyone()).request)
    assert {place.person for place in places} <= set(PEOPLE)
    assert len({place.path for place in places}) >= len([row for row in PAGES if row.path])
