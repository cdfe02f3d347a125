"""The main pages, which benchmarks and sizes are measured on."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import APIRequestContext

from tests.journeys.browsing import DISTRICT_MANAGER, FOUNDER, PLANT_MANAGER
from tests.journeys.places import find_ids

MOST_BYTES, MOST_BYTES_OF_GRAPH, MOST_FONTS = 60_000, 150_000, 150_000
"""Over the wire, on a load with an empty cache; fonts apart, of a Korean page."""


@dataclass(frozen=True, slots=True)
class MainPage:
    """An address without language, and who reads it."""

    name: str
    path: str
    person: str | None = None
    draws_graph: bool = False


async def main_pages(request: APIRequestContext) -> list[MainPage]:
    """Return them, with ids of the running demo."""
    ids = await find_ids(request)
    city = f"/districts/{ids['districts']}"
    return [
        MainPage("/", "/"),
        MainPage("/sign-in", "/sign-in"),
        MainPage("/programmes", "/programmes"),
        MainPage("/organisations", "/organisations"),
        MainPage("/organisations/{id}", f"/organisations/{ids['organisations']}"),
        MainPage("/spaces", "/spaces"),
        MainPage("/districts", "/districts"),
        MainPage("/districts/{id}", city),
        MainPage("/search", "/search?q=로봇"),
        MainPage("/my/matches", "/my/matches", FOUNDER),
        MainPage("/my/profile", "/my/profile", FOUNDER),
        MainPage("/calls/{id}", f"/calls/{ids['calls']}", FOUNDER),
        MainPage("/partners", "/partners?q=부품 불량을 카메라로 찾고 싶습니다", PLANT_MANAGER),
        MainPage("/my/introductions", "/my/introductions", PLANT_MANAGER),
        MainPage("/districts/{id}/clusters", f"{city}/clusters", DISTRICT_MANAGER, draws_graph=True),
        MainPage("/districts/{id}/clusters open", f"{city}/clusters?yard=0&open=1", DISTRICT_MANAGER, draws_graph=True),
    ]


def most_bytes(page: MainPage) -> int:
    """Return the bar of its bytes without fonts."""
    return MOST_BYTES_OF_GRAPH if page.draws_graph else MOST_BYTES
