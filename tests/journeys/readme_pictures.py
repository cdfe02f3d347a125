"""The pictures of the README: what they show, how they are taken, and how far two of them are apart."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, Page

from tests.journeys.browsing import DISTRICT_MANAGER, FOUNDER, PLANT_MANAGER, WIDE, Visitors, press_demo_button
from tests.journeys.places import find_ids

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 250_000
STALE = 0.06
"""Share of cells that may differ: dates, counts and the order of equals move from day to day; a page that changed its
looks or its layout differs in far more."""

_CELL_DIFFERS = 20
"""Of 255, in grey."""
_COMPARE = """async ([first, second, most]) => {
  const grid = async source => {
    const image = await createImageBitmap(await (await fetch(source)).blob());
    const [wide, high] = [64, Math.round(64 * image.height / image.width)];
    const canvas = new OffscreenCanvas(wide, high), pen = canvas.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(image, 0, 0, wide, high);
    const dots = pen.getImageData(0, 0, wide, high).data;
    return Array.from({length: wide * high}, (_, at) =>
      0.299 * dots[4 * at] + 0.587 * dots[4 * at + 1] + 0.114 * dots[4 * at + 2]);
  };
  const [one, other] = [await grid(first), await grid(second)];
  if (one.length !== other.length) return 1;
  return one.filter((grey, at) => Math.abs(grey - other[at]) > most).length / one.length;
}"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one screen, 1280 wide."""

    name: str
    path: str
    """`{city}` becomes the id of the city."""
    person: str | None = None


PICTURES = (
    Picture("home", "/en"),
    Picture("founder", "/en/my/matches", FOUNDER),
    Picture("plant-manager", "/en/partners?q=Machine vision to find scratches on metal parts", PLANT_MANAGER),
    Picture("district-manager", "/en/districts/{city}/clusters?view=graph&yard=0", DISTRICT_MANAGER),
)  # fmt: skip


async def take(visitors: Visitors, folder: Path) -> list[Path]:
    """Write every picture into the folder."""
    city = (await find_ids((await visitors.anyone()).request))["districts"]
    files: list[Path] = []
    for picture in PICTURES:
        context = await _browser_of(visitors, picture.person)
        page = await context.new_page()
        await page.goto(picture.path.format(city=city))
        await page.wait_for_load_state("networkidle")
        await page.evaluate("document.fonts.ready")
        files.append(folder / f"{picture.name}.png")
        await page.screenshot(path=files[-1])
        await context.close()
    return files


async def difference(page: Page, first: Path, second: Path) -> float:
    """Return the share of cells of a coarse grey grid in which two pictures differ."""
    addresses = ["data:image/png;base64," + base64.b64encode(file.read_bytes()).decode() for file in (first, second)]
    return await page.evaluate(_COMPARE, [*addresses, _CELL_DIFFERS])


async def _browser_of(visitors: Visitors, person: str | None) -> BrowserContext:
    context = await visitors.anyone(size=WIDE)
    if person is not None:
        page = await context.new_page()
        await press_demo_button(page, person)
        await page.close()
    return context
