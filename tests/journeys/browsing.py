"""A person at a browser: opens pages, and everything that must not happen meanwhile is written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

WIDE, PHONE = (1280, 900), (390, 844)
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
FOUNDER, PLANT_MANAGER, DISTRICT_MANAGER, ADMINISTRATOR = "김하나", "박정우", "이서연", "최민준"
PROGRAMME_OWNER = "정다은"
"""Names on the buttons of the demo accounts, as the one above."""

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])

_PATIENCE_MS = 30_000
_SAYS_STATUS = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Watch:  # no slots: Playwright keeps an attribute on the owner of a handler
    """What went wrong in the contexts that it watches; empty after a good journey."""

    host: str
    findings: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.findings.append(f"script error: {error.error}"))

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.findings.append(f"request to a foreign host: {request.url}")
        if address.path == "/csp-report":
            self.findings.append(f"violation of the content policy: {request.post_data}")

    def _response(self, response: Response) -> None:
        # A page may be a 404 or a refused form; its parts, and anything that the server failed at, may not.
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.findings.append(f"{response.status} for {response.request.method} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_SAYS_STATUS):
            self.findings.append(f"console error: {message.text} at {message.location}")


@dataclass(frozen=True, slots=True)
class Visitors:
    """Opens browsers of different people on one site; each has cookies of its own."""

    browser: Browser
    origin: str
    watch: Watch

    async def anyone(
        self,
        *,
        javascript: bool = True,
        size: tuple[int, int] = WIDE,
        scale: float = 1,
        dark: bool = False,
        bypass_csp: bool = False,
    ) -> BrowserContext:
        """Return the browser of somebody who is not signed in."""
        context = await self.browser.new_context(
            base_url=self.origin,
            java_script_enabled=javascript,
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=scale,
            color_scheme="dark" if dark else "light",
            locale="ko-KR",
            bypass_csp=bypass_csp,
            reduced_motion="reduce",
        )
        context.set_default_timeout(_PATIENCE_MS)
        self.watch.over(context)
        return context

    async def page(self, *, javascript: bool = True, size: tuple[int, int] = WIDE) -> Page:
        """Return an empty page of somebody who is not signed in."""
        return await (await self.anyone(javascript=javascript, size=size)).new_page()

    async def signed_in(self, name: str, *, javascript: bool = True, size: tuple[int, int] = WIDE) -> Page:
        """Return a page of the demo person, where their button leads."""
        page = await self.page(javascript=javascript, size=size)
        await press_demo_button(page, name)
        return page


async def press_demo_button(page: Page, name: str) -> None:
    """Sign in as a person of the demo, from the sign-in page."""
    await page.goto("/sign-in")
    await page.get_by_role("button", name=name).click()
    await page.wait_for_url(lambda url: "/sign-in" not in url)
