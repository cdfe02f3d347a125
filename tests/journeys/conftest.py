"""One demo and one browser for all journeys; a journey fails when anything went wrong beside what it looks at.

While a journey is being written: JOURNEYS_ORIGIN=http://127.0.0.1:8000 walks through a demo that runs already.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.journeys.browsing import ARGUMENTS, Visitors, Watch
from tests.journeys.site import running_site

expect.set_options(timeout=20_000)


@pytest.fixture(scope="package")
def origin(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Scheme, host and port of a demo that lives as long as the journeys."""
    if running := os.environ.get("JOURNEYS_ORIGIN"):
        yield running
        return
    with running_site(demo_folder, tmp_path_factory.mktemp("journeys") / "demo.log") as started:
        yield started


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visitors(browser: Browser, origin: str) -> AsyncIterator[Visitors]:
    """Browsers of people; afterwards: no foreign host, no error on the console, no breach of the content policy."""
    watch = Watch(urlsplit(origin).netloc)
    yield Visitors(browser, origin, watch)
    for context in browser.contexts:
        await context.close()
    assert watch.findings == []
