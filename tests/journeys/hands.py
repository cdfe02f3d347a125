"""Ways to use a page: with a pointer, or with nothing but the keyboard. A task is written once and done by each."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Literal

from playwright.async_api import Locator, Page

STEPS_MOST = 400
"""Tabs until something counts as not reachable."""

_FOCUS = """element => {
  const now = document.activeElement, style = getComputedStyle(now), box = now.getBoundingClientRect();
  const svg = now.ownerSVGElement;
  const drawn = svg ? [...now.querySelectorAll('*'), ...svg.querySelectorAll('.focused')] : [];
  const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    || drawn.some(each => parseFloat(getComputedStyle(each).strokeWidth) >= 3);
  const told = now.getAttribute('tabindex') === '-1';
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = now.tagName.toLowerCase() + (now.id ? '#' + now.id : '') + ' ' + (now.innerText || '').slice(0, 40);
  const wrong = [shown ? '' : 'no outline', seen ? '' : 'outside of what is shown'].filter(Boolean).join(', ');
  return {there: element === now, bad: now === document.body || told || !wrong ? '' : wrong + ' at ' + name};
}"""


class Hand(ABC):
    """One person's page and the way in which they use it."""

    def __init__(self, page: Page, *, javascript: bool = True) -> None:
        self.page = page
        self.javascript = javascript
        self.findings: list[str] = []
        """What was in the way without stopping the task."""

    @property
    def main(self) -> Locator:
        """The content, without head and foot."""
        return self.page.locator("#main")

    async def go(self, path: str) -> None:
        """Open an address."""
        await self.page.goto(path)

    async def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow the first link of that name."""
        await self.activate(await self._shown(within or self.page.locator("body"), "link", name))

    async def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press the first button of that name."""
        await self.activate(await self._shown(within or self.main, "button", name))

    async def activate(self, target: Locator) -> None:
        """Follow a link, press a button, unfold a summary."""
        await self._unfold(target)
        await target.wait_for()
        await self._activate(target)

    async def write(self, label: str | re.Pattern[str], text: str, within: Locator | None = None) -> None:
        """Put a text in the place of what stands in a field."""
        field = (within or self.main).get_by_label(label).first
        await self._unfold(field)
        await self._write(field, text)

    async def tick(self, label: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Tick a box."""
        box = (
            (within or self.main)
            .get_by_role("checkbox", name=label)
            .or_((within or self.main).get_by_role("checkbox", name=label, include_hidden=True))
        )
        await self._unfold(box.first)
        await self._tick(box.first)

    async def choose(self, label: str | re.Pattern[str], value: str, within: Locator | None = None) -> None:
        """Choose from a list."""
        field = (within or self.main).get_by_label(label).first
        await self._unfold(field)
        await self._choose(field, value)

    async def _shown(self, within: Locator, role: Literal["link", "button"], name: str | re.Pattern[str]) -> Locator:
        """Return the first that is shown; when it lies folded, unfold it."""
        anywhere = within.get_by_role(role, name=name, include_hidden=True)
        await anywhere.first.wait_for(state="attached")
        shown = within.get_by_role(role, name=name)
        folded = anywhere.and_(self.page.locator("details:not([open]) *"))
        if not await shown.count() and await folded.count():
            await self._unfold(folded.first)
        return shown.first

    async def _unfold(self, target: Locator) -> None:
        await target.wait_for(state="attached")
        if not await target.is_visible():
            folded = target.locator("xpath=ancestor::details[not(@open)]").first
            if await folded.count():
                await self._activate(folded.locator("summary").first)

    @abstractmethod
    async def _activate(self, target: Locator) -> None: ...

    @abstractmethod
    async def _write(self, field: Locator, text: str) -> None: ...

    @abstractmethod
    async def _tick(self, box: Locator) -> None: ...

    @abstractmethod
    async def _choose(self, field: Locator, value: str) -> None: ...


class Pointer(Hand):
    """Mouse or finger."""

    async def _activate(self, target: Locator) -> None:
        await target.click()

    async def _write(self, field: Locator, text: str) -> None:
        await field.fill(text)

    async def _tick(self, box: Locator) -> None:
        await box.check()

    async def _choose(self, field: Locator, value: str) -> None:
        await field.select_option(value)


class Keyboard(Hand):
    """Tab, arrows, Enter, Space and letters; where the focus is has to be seen at every step."""

    async def _activate(self, target: Locator) -> None:
        await self._reach(target)
        await self.page.keyboard.press("Enter")

    async def _write(self, field: Locator, text: str) -> None:
        await self._reach(field)
        await self.page.keyboard.press("Control+a")
        await self.page.keyboard.type(text)

    async def _tick(self, box: Locator) -> None:
        await self._reach(box)
        await self.page.keyboard.press("Space")

    async def _choose(self, field: Locator, value: str) -> None:
        await self._reach(field)
        options = await field.locator("option").evaluate_all("all => all.map(each => each.value)")
        await self.page.keyboard.press("Home")
        for _ in range(options.index(value)):
            await self.page.keyboard.press("ArrowDown")

    async def _reach(self, target: Locator) -> None:
        for _ in range(STEPS_MOST):
            state = await target.evaluate(_FOCUS)
            if state["bad"]:
                self.findings.append(f"focus: {state['bad']}, on {self.page.url}")
            if state["there"]:
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by Tab on {self.page.url}")
