"""axe finds nothing on any page: both languages, light and dark, 360, 768 and 1280 px; nothing scrolls at 320."""

from __future__ import annotations

import pytest
from madang_server.pages.routes import PAGES

from tests.journeys.browsing import Visitors
from tests.journeys.looking import at, in_moment, look_at_all
from tests.journeys.moments import MOMENTS
from tests.journeys.places import all_places


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_axe_finds_nothing_on_any_page(visitors: Visitors, language: str) -> None:
    places = await all_places((await visitors.anyone()).request)
    found = await look_at_all([at(place, language) for place in places], visitors)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_axe_finds_nothing_while_something_happens(visitors: Visitors, language: str) -> None:
    found = await look_at_all([in_moment(name, language) for name in MOMENTS], visitors)
    assert not found, "\n".join(found)


async def test_every_row_of_the_table_of_pages_is_looked_at(visitors: Visitors) -> None:
    places = await all_places((await visitors.anyone()).request)
    assert len({place.path for place in places}) >= len([row for row in PAGES if row.path])
