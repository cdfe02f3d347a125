"""The main pages stay small, in both languages; nothing comes from elsewhere (every journey watches that)."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext

from tests.journeys.browsing import Visitors, press_demo_button
from tests.journeys.main_pages import MOST_FONTS, main_pages, most_bytes
from tests.journeys.measuring import measure


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ko", "en"])
async def test_the_main_pages_stay_below_their_sizes(visitors: Visitors, prefix: str) -> None:
    people: dict[str | None, BrowserContext] = {}
    too_large: list[str] = []
    for page in await main_pages((await visitors.anyone()).request):
        if page.person not in people:
            people[page.person] = await visitors.anyone()
            if page.person is not None:
                await press_demo_button(await people[page.person].new_page(), page.person)
        cost = await measure(people[page.person], prefix + page.path, calm_ms=0)
        parts = sorted(cost.parts.items(), key=lambda part: -part[1])[:5]
        if cost.plain > most_bytes(page):
            too_large.append(f"{prefix}{page.path}: {cost.plain} bytes without fonts, of {most_bytes(page)}: {parts}")
        if cost.fonts > MOST_FONTS:
            too_large.append(f"{prefix}{page.path}: {cost.fonts} bytes of fonts, of {MOST_FONTS}")
        assert cost.plain > 1000
    assert not too_large, "\n".join(too_large)
