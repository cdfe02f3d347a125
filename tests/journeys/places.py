"""Every address of the table of pages, with a real id in it and a person who looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from madang_server.pages.routes import PAGES
from playwright.async_api import APIRequestContext

from tests.journeys.browsing import (
    ADMINISTRATOR,
    DISTRICT_MANAGER,
    FOUNDER,
    PLANT_MANAGER,
    PROGRAMME_OWNER,
)

_IDS = """{
  organisations(first: 1, where: {search: "새마루비전"}) { nodes { id } }
  programmes(first: 1) { nodes { id } }
  calls(first: 1, where: {state: {eq: OPEN}}) { nodes { id } }
  spaces(first: 1) { nodes { id } }
  owned: programmes(first: 1, where: {ownerName: {eq: "서울 실증지원단 (예시)"}}) {
    nodes { id calls(first: 1) { nodes { id } } }
  }
  pairs: overlaps(first: 1) { nodes { first { programmeId } second { programmeId } } }
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
    "/judgements": FOUNDER,
    "/review": ADMINISTRATOR,
    "/my/profile": FOUNDER,
    "/my/facts": FOUNDER,
    "/my/awards": FOUNDER,
    "/my/documents": FOUNDER,
    "/desk": PROGRAMME_OWNER,
    "/desk/calls/{id}": PROGRAMME_OWNER,
    "/desk/calls/{id}/facts": PROGRAMME_OWNER,
    "/desk/programmes/{id}/call": PROGRAMME_OWNER,
    "/calls/{id}": FOUNDER,
    "/calls": FOUNDER,
    "/my/watches": FOUNDER,
    "/outbox": ADMINISTRATOR,
    "/overlaps": DISTRICT_MANAGER,
    "/overlaps/{id}/{other}": DISTRICT_MANAGER,
}
_ROLES = {
    None: "visitor",
    FOUNDER: "founder",
    PLANT_MANAGER: "plant",
    DISTRICT_MANAGER: "district",
    ADMINISTRATOR: "administrator",
    PROGRAMME_OWNER: "owner",
}
_MORE: tuple[tuple[str, str | None], ...] = (
    ("/", FOUNDER),
    ("/", PLANT_MANAGER),
    ("/", DISTRICT_MANAGER),
    ("/", ADMINISTRATOR),
    ("/sign-in?next=/my/matches", None),
    ("/my/matches?verdict=NOT_ELIGIBLE", FOUNDER),
    ("/my/matches?verdict=CHECK", FOUNDER),
    ("/my/matches?hidden=1", FOUNDER),
    ("/my/matches?list=partners", FOUNDER),
    ("/my/matches?list=partners", PLANT_MANAGER),
    ("/my/matches", PLANT_MANAGER),
    ("/judgements", ADMINISTRATOR),
    ("/judgements?reason=TOO_FAR", PLANT_MANAGER),
    ("/my/profile", PLANT_MANAGER),
    ("/my/needs", FOUNDER),
    ("/my/introductions", FOUNDER),
    ("/my/awards?eur=300001&edit=none", PLANT_MANAGER),
    ("/desk", FOUNDER),
    ("/desk/calls/{id}?add=firm_age", PROGRAMME_OWNER),
    ("/desk/calls/{id}?at=0", PROGRAMME_OWNER),
    ("/desk/calls/{id}?add=preference&when=firm_age", PROGRAMME_OWNER),
    ("/partners", None),
    ("/partners", FOUNDER),
    ("/partners?q=부품 불량을 카메라로 찾고 싶습니다", PLANT_MANAGER),
    ("/partners?q=zzzzqq&kind=INVESTOR", PLANT_MANAGER),
    ("/calls/{id}", None),
    ("/programmes?state=OPEN", None),
    ("/programmes?q=zzzzqq", None),
    ("/overlaps?owner=zzzzqq", None),
    ("/overlaps?mine=1", PROGRAMME_OWNER),
    ("/organisations?kind=STARTUP", None),
    ("/organisations?q=zzzzqq", None),
    ("/organisations/{id}", FOUNDER),
    ("/organisations/{id}", PLANT_MANAGER),
    ("/districts/{id}?kind=STARTUP", DISTRICT_MANAGER),
    ("/districts/{id}/clusters", None),
    ("/districts/{id}/clusters?yard=2", DISTRICT_MANAGER),
    ("/districts/{id}/clusters?open=1&view=graph&yard=2", DISTRICT_MANAGER),
    ("/districts/{id}/clusters?view=table&yard=2", DISTRICT_MANAGER),
    ("/districts/{id}/clusters?since=8099&until=8104&yard=2", DISTRICT_MANAGER),
    ("/spaces?kind=TESTBED", None),
    ("/spaces?q=zzzzqq", None),
    ("/search?q=로봇", None),
    ("/search?q=zzzzqq", None),
    ("/programmes?after=nonsense", None),
    ("/components", None),
    ("/nowhere", None),
    ("/nowhere", FOUNDER),
)
"""Other states of the same pages, and of other people: empty lists, filters, errors."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address without language, and who looks at it; nobody: no account."""

    path: str
    person: str | None
    usual: bool = True
    """False: one of several people who look at this address."""

    @property
    def name(self) -> str:
        """The address as part of a file's name."""
        path, _, query = self.path.partition("?")
        words = [re.sub(r"_\w{16}$", "", word) for word in path.strip("/").split("/")]
        return "-".join(filter(None, [*words, *re.findall(r"[\w]+", query)[:2], self.role])) or "home"

    @property
    def role(self) -> str:
        """Who looks at it, where this is not who always does."""
        return "" if self.usual else _ROLES[self.person]


async def find_ids(request: APIRequestContext) -> dict[str, str]:
    """Return one id of the running demo for each subject that has pages of its own."""
    answer = await (await request.post("/graphql", data={"query": _IDS})).json()
    owned = answer["data"].pop("owned")["nodes"][0]
    (pair,) = answer["data"].pop("pairs")["nodes"]
    ids = {root: found["nodes"][0]["id"] for root, found in answer["data"].items()}
    desk = {"desk/calls": owned["calls"]["nodes"][0]["id"], "desk/programmes": owned["id"]}
    of_pair = {"overlaps": pair["first"]["programmeId"], "other": pair["second"]["programmeId"]}
    return ids | of_pair | {"districts": ids["cities"]} | desk


async def all_places(request: APIRequestContext) -> list[Place]:
    """Return one place for each row of the table of pages, and other states of them."""
    ids = await find_ids(request)
    places = [Place(_with_id(row.path, ids), _OF_OTHERS.get(row.path)) for row in PAGES if row.path]
    return places + [Place(_with_id(path, ids), person, "?" in path) for path, person in _MORE]


def _with_id(path: str, ids: dict[str, str]) -> str:
    path = path.replace("{other}", ids["other"])
    # Addresses of the desk name a subject of their own.
    subject = path.partition("/{id}")[0].strip("/")
    return path.replace("{id}", ids[subject]) if "{id}" in path else path
