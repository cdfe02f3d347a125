"""What the main pages cost, with four times slower processor: `python -m tests.benchmarks.vitals --address ...`.

Per page and language, each load with an empty cache: kB over the wire without fonts (bar 60, the cluster graph 150), kB
of fonts (150), CLS (.02), LCP (1.5 s) and longest task (200 ms) at the slow-down, the worst of three loads; foreign
hosts, reports of the content policy and errors on the console are counted over all loads (0). Ends with 1 above a bar.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, async_playwright

from tests.journeys.browsing import ARGUMENTS, Visitors, Watch, press_demo_button
from tests.journeys.main_pages import MOST_FONTS, MainPage, main_pages, most_bytes
from tests.journeys.measuring import Cost, measure

SLOW_DOWN = 4
MOST_CLS, MOST_LCP_MS, MOST_TASK_MS = 0.02, 1500, 200


async def measure_all(address: str, loads: int, only: str) -> int:
    """Print the table; return how many figures are above their bars."""
    above = 0
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        watch = Watch(urlsplit(address).netloc)
        visitors = Visitors(chromium, address, watch)
        people: dict[str | None, BrowserContext] = {}
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}; {loads} loads each, {SLOW_DOWN}x slower")
        print(f"{'page':<34}{'kB':>7}{'fonts':>7}{'CLS':>7}{'LCP ms':>8}{'task ms':>9}  above")
        for page in await main_pages((await visitors.anyone()).request):
            if only not in page.path:
                continue
            if page.person not in people:
                people[page.person] = await visitors.anyone()
                if page.person is not None:
                    await press_demo_button(await people[page.person].new_page(), page.person)
            for prefix in ("", "/en"):
                costs = [
                    await measure(people[page.person], prefix + page.path, slow_down=SLOW_DOWN) for _ in range(loads)
                ]
                above += _say(prefix, page, costs)
        await chromium.close()
    for finding in watch.findings:
        print(finding)
    print(f"{len(watch.findings)} foreign hosts, policy reports and console errors; {above} figures above their bars")
    return above + len(watch.findings)


def _say(prefix: str, page: MainPage, costs: list[Cost]) -> int:
    worst = {
        "bytes": (max(cost.plain for cost in costs), most_bytes(page)),
        "fonts": (max(cost.fonts for cost in costs), MOST_FONTS),
        "CLS": (max(cost.cls for cost in costs), MOST_CLS),
        "LCP": (max(cost.lcp_ms for cost in costs), MOST_LCP_MS),
        "task": (max(cost.longest_ms for cost in costs), MOST_TASK_MS),
    }
    above = [name for name, (value, most) in worst.items() if value > most]
    moved = f" moved: {costs[0].shifted[:3]}" if "CLS" in above else ""
    if {"bytes", "fonts"} & set(above):
        largest_parts = sorted(costs[0].parts.items(), key=lambda part: -part[1])[:4]
        moved += " " + ", ".join(f"{name} {size / 1000:.0f}" for name, size in largest_parts)
    size, fonts, shift, largest, task = (value for value, _ in worst.values())
    print(
        f"{prefix + page.name:<34}{size / 1000:7.1f}{fonts / 1000:7.1f}{shift:7.3f}{largest:8.0f}{task:9.0f}"
        f"  {', '.join(above)}{moved}",
        flush=True,
    )
    return len(above)


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.vitals", description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where a demo runs")
    parser.add_argument("--loads", type=int, default=3, help="loads of each page; the worst counts")
    parser.add_argument("--only", default="", help="a part of the addresses")
    given = parser.parse_args()
    return 1 if asyncio.run(measure_all(given.address, given.loads, given.only)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
