"""Every address of the table of pages, with a real id in it and a person who looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from madang_server.pages.routes import PAGES
from playwright.async_api import APIRequestContext

from tests.journeys.browsing import DISTRICT_MANAGER, FOUNDER, PLANT_MANAGER

_IDS = """{
  organisations(first: 1, where: {search: "새마루비전"}) { nodes { id } }
  programmes(first: 1) { nodes { id } }
  calls(first: 1, where: {state: {eq: OPEN}}) { nodes { id } }
  spaces(first: 1) { nodes { id } }
  cities: districts(first: 1, where: {kind: {eq: CITY}}) { nodes { id } }
}"""
_OF_OTHERS = {
    "/my/needs": PLANT_MANAGER,
    "/my/introductions": PLANT_MANAGER,
    "/partners": PLANT_MANAGER,
    "/organisations/{id}/introduction": PLANT_MANAGER,
    "/districts": DISTRICT_MANAGER,
    "/districts/{id}": DISTRICT_MANAGER,
    "/districts/{id}/clusters": DISTRICT_MANAGER,
    "/my/matches": FOUNDER,
    "/my/profile": FOUNDER,
    "/calls/{id}": FOUNDER,
}
_MORE = (
    "/partners?q=부품 불량을 카메라로 찾고 싶습니다",
    "/search?q=로봇",
    "/organisations?kind=STARTUP",
    "/my/matches?hidden=1",
)
"""Addresses with a query: other states of the same pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address without language, and who looks at it; nobody: no account."""

    path: str
    person: str | None

    @property
    def name(self) -> str:
        """The address as part of a file's name."""
        path, _, query = self.path.partition("?")
        words = [re.sub(r"_\w{16}$", "", word) for word in path.strip("/").split("/")]
        return "-".join(filter(None, [*words, query.partition("=")[0]])) or "home"


async def all_places(request: APIRequestContext) -> list[Place]:
    """Return one place for each row of the table of pages, some more states of them, and a page that is missing."""
    answer = await (await request.post("/graphql", data={"query": _IDS})).json()
    ids = {root: found["nodes"][0]["id"] for root, found in answer["data"].items()}
    ids["districts"] = ids["cities"]
    places = [Place(_with_id(row.path, ids), _OF_OTHERS.get(row.path)) for row in PAGES if row.path]
    places += [Place(path, _OF_OTHERS.get(path.partition("?")[0])) for path in _MORE]
    return [*places, Place("/nowhere", None)]


def _with_id(path: str, ids: dict[str, str]) -> str:
    return path.replace("{id}", ids[path.split("/")[1]]) if "{id}" in path else path
