"""Pictures of every page of a running Madang, for people to look at: `python -m tests.journeys.pictures DIR`.

Each page wide and as on a phone, in Korean and English; --address says where it runs, --only picks pages by a word of
their address, --dark takes the dark theme, --readme renews the pictures of the README instead. The demo accounts must
be there.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, async_playwright

from tests.journeys.browsing import ARGUMENTS, PHONE, WIDE, Visitors, Watch, press_demo_button
from tests.journeys.places import Place, all_places
from tests.journeys.readme_pictures import FOLDER, take

_SIZES = {"wide": WIDE, "phone": PHONE}


async def take_pictures(address: str, folder: Path, only: str, *, dark: bool = False) -> int:
    """Write the pictures and return how many; what went wrong meanwhile is printed."""

    taken = 0
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        visitors = Visitors(chromium, address, Watch(urlsplit(address).netloc))
        for size_name, size in _SIZES.items():
            people: dict[str | None, BrowserContext] = {}
            for place in await all_places((await visitors.anyone()).request):
                if only not in place.path:
                    continue
                if place.person not in people:
                    people[place.person] = await _browser_of(visitors, place.person, size, dark=dark)
                for language in ("ko", "en"):
                    await _take(
                        people[place.person], place, language, folder / f"{place.name}-{language}-{size_name}.png"
                    )
                    taken += 1
        await chromium.close()
    for finding in visitors.watch.findings:
        print(finding)
    return taken


async def _browser_of(visitors: Visitors, person: str | None, size: tuple[int, int], *, dark: bool) -> BrowserContext:
    context = await visitors.anyone(size=size, dark=dark)
    if person is not None:
        page = await context.new_page()
        await press_demo_button(page, person)
        await page.close()
    return context


async def renew_pictures_of_readme(address: str) -> int:
    """Take the pictures of the README into docs/pictures and return how many."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        files = await take(Visitors(chromium, address, Watch(urlsplit(address).netloc)), FOLDER)
        await chromium.close()
    return len(files)


async def _take(context: BrowserContext, place: Place, language: str, file: Path) -> None:
    page = await context.new_page()
    await page.goto(place.path if language == "ko" else "/en" + place.path)
    await page.wait_for_load_state("networkidle")
    await page.screenshot(path=file, full_page=True)
    await page.close()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.pictures", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="where the pictures go")
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where Madang runs")
    parser.add_argument("--only", default="", help="a part of the addresses to take")
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    parser.add_argument("--readme", action="store_true", help="renew the pictures of the README")
    given = parser.parse_args()
    if given.readme:
        FOLDER.mkdir(parents=True, exist_ok=True)
        print(asyncio.run(renew_pictures_of_readme(given.address)), "pictures")
        return
    if given.folder is None:
        parser.error("say where the pictures go, or --readme")
    given.folder.mkdir(parents=True, exist_ok=True)
    print(asyncio.run(take_pictures(given.address, given.folder, given.only, dark=given.dark)), "pictures")


if __name__ == "__main__":
    main()
