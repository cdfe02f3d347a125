"""The README's pictures show what the demo shows, and its GraphQL example answers."""

from __future__ import annotations

import re
from pathlib import Path

from madang_server.settings import PROJECT_FOLDER

from tests.journeys.browsing import Visitors
from tests.journeys.readme_pictures import FOLDER, MOST_BYTES, PICTURES, STALE, difference, take

README = (PROJECT_FOLDER / "README.md").read_text(encoding="utf-8")


async def test_the_pictures_of_the_readme_are_not_stale(visitors: Visitors, tmp_path: Path) -> None:
    page = await visitors.page()
    taken = await take(visitors, tmp_path)
    apart = {file.name: await difference(page, file, FOLDER / file.name) for file in taken}
    stale = {name: share for name, share in apart.items() if share > STALE}
    assert not stale, f"renew them with `python -m tests.journeys.pictures --readme`: {stale}"


async def test_a_picture_of_another_page_would_be_stale(visitors: Visitors) -> None:
    page = await visitors.page()
    files = [FOLDER / f"{picture.name}.png" for picture in PICTURES]
    apart = [await difference(page, one, other) for one in files for other in files if one != other]
    assert min(apart) > STALE
    assert await difference(page, files[0], files[0]) == 0


def test_the_readme_shows_every_picture_and_none_is_heavy() -> None:
    shown = set(re.findall(r"\]\(docs/pictures/([\w-]+)\.png\)", README))
    assert shown == {picture.name for picture in PICTURES}
    assert {file.stem for file in FOLDER.glob("*.png")} == shown
    assert all(file.stat().st_size <= MOST_BYTES for file in FOLDER.glob("*.png"))


async def test_the_graphql_example_of_the_readme_answers(visitors: Visitors) -> None:
    found = re.search(r"```graphql\n(.*?)```", README, re.DOTALL)
    assert found
    request = (await visitors.anyone()).request
    answer = await (await request.post("/graphql", data={"query": found[1]})).json()
    assert "errors" not in answer, answer
    assert answer["data"]["calls"]["totalCount"] > 0
    assert answer["data"]["calls"]["nodes"][0]["programme"]["name"]
    assert answer["data"]["partnerSearch"]["edges"][0]["reasons"][0]["sentence"]
