"""Looks at a page as axe does, in both colour schemes and at every width, without loading it again.

The schemes differ in colours alone, so in the dark one only the rules that read colours are asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import madang_frontend
from playwright.async_api import Page

WIDTHS = (360, 768, 1280)
NARROWEST = 320
SCHEMES = ("light", "dark")
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")
_ASKED = {"light": {"type": "tag", "values": _TAGS}, "dark": {"type": "rule", "values": _RULES_OF_COLOUR}}

_SCRIPT = Path(madang_frontend.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """asked => axe.run(document, {
  resultTypes: ['violations'], runOnly: asked,
}).then(found => found.violations.flatMap(each => each.nodes.map(
  node => `${each.id} at ${node.target.join(' ')}: ${node.failureSummary.split('\\n').slice(1).join(';').trim()}`)))"""
_OPEN_ALL = "for (const each of document.querySelectorAll('main details')) each.open = true"
_SETTLE = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 1);
  return [`${document.documentElement.scrollWidth} px wide because of `
    + out.slice(0, 3).map(e => e.tagName.toLowerCase() + (e.classList.length ? '.' + e.classList[0] : '')).join(', ')];
}"""


async def prepare(page: Page) -> None:
    """Open what is folded and put axe into the page; its context has to bypass the content policy."""
    await page.add_script_tag(path=_SCRIPT)
    await page.evaluate(_OPEN_ALL)


async def findings(
    page: Page, where: str, widths: Sequence[int] = WIDTHS, schemes: Sequence[str] = SCHEMES
) -> list[str]:
    """Return what axe finds in each colour scheme at each width, and a page that scrolls sideways, also at 320 px."""
    found: list[str] = []
    for scheme in schemes:
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width in widths:
            await page.set_viewport_size({"width": width, "height": 900})
            await page.evaluate(_SETTLE)
            found += [f"{where}, {scheme}, {width} px: {each}" for each in await page.evaluate(_RUN, _ASKED[scheme])]
    for width in (NARROWEST, *widths):
        await page.set_viewport_size({"width": width, "height": 900})
        found += [f"{where}, {width} px: {each}" for each in await too_wide(page)]
    return found


async def too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    return await page.evaluate(_TOO_WIDE)
