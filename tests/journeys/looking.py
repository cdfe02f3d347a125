"""Looks at every page with axe, light and dark, at every width: `python -m tests.journeys.looking --only /spaces`."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page, async_playwright

from tests.journeys.axe import findings, prepare
from tests.journeys.browsing import ARGUMENTS, Visitors, Watch, press_demo_button
from tests.journeys.moments import MOMENTS
from tests.journeys.places import Place, all_places

SIDE_BY_SIDE = 2
"""Pages looked at together; each has a process of its own."""
PREFIXES = {"ko": "", "en": "/en"}


class People:
    """A browser for each person, signed in when first wanted."""

    def __init__(self, visitors: Visitors) -> None:
        self.visitors = visitors
        self.contexts: dict[str | None, BrowserContext] = {}

    async def page(self, person: str | None) -> Page:
        """Return a new page of the person."""
        if person not in self.contexts:
            # axe is no script of ours and carries no nonce. The policy itself is watched in every other journey.
            self.contexts[person] = await self.visitors.anyone(bypass_csp=True)
            if person is not None:
                await press_demo_button(await self.contexts[person].new_page(), person)
        return await self.contexts[person].new_page()


Job = Callable[[People], Awaitable[list[str]]]


async def look_at_all(jobs: list[Job], visitors: Visitors, tell: Callable[[str], object] = len) -> list[str]:
    """Do all jobs, some side by side, and return what they found; `tell` is given it as it is found."""
    found: list[str] = []

    async def work() -> None:
        people = People(visitors)
        while jobs:
            more = await jobs.pop(0)(people)
            found.extend(more)
            for each in more:
                tell(each)

    await asyncio.gather(*(work() for _ in range(SIDE_BY_SIDE)))
    return sorted(found)


def at(place: Place, language: str) -> Job:
    """Look at an address."""

    async def look(people: People) -> list[str]:
        page = await people.page(place.person)
        address = PREFIXES[language] + place.path
        await page.goto(address)
        await prepare(page)
        found = await findings(page, f"{address} ({place.person or 'nobody'})")
        await page.close()
        if place.path == "/components":
            # Parts that a page has once, as its search and its pager, stand there in each of their states.
            found = [each for each in found if "landmark-unique" not in each]
        return found

    return look


def in_moment(name: str, language: str) -> Job:
    """Look at a moment that no address leads to."""
    moment = MOMENTS[name]

    async def look(people: People) -> list[str]:
        page = await people.page(moment.person)
        await moment.reach(page, PREFIXES[language])
        await prepare(page)
        found = await findings(page, f"{name}, in {language}")
        await moment.leave(page)
        await page.close()
        return found

    return look


async def _look(address: str, only: str) -> None:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        visitors = Visitors(chromium, address, Watch(urlsplit(address).netloc))
        places = [place for place in await all_places((await visitors.anyone()).request) if only in place.path]
        jobs = [at(place, language) for place in places for language in PREFIXES]
        jobs += [in_moment(name, language) for name in MOMENTS for language in PREFIXES if only in name]
        count = len(jobs)
        found = await look_at_all(jobs, visitors, lambda each: print(each, flush=True))
        await chromium.close()
    print("\n".join(visitors.watch.findings))
    print(f"{count} pages, {len(found)} findings")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.looking", description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where a demo runs")
    parser.add_argument("--only", default="", help="a part of the addresses, or of the names of the moments")
    given = parser.parse_args()
    asyncio.run(_look(given.address, given.only))


if __name__ == "__main__":
    main()
