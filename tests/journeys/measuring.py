"""What a page costs its reader: bytes over the wire, fonts apart, and how calmly and soon it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, Page

# Layout shifts are summed over the whole load, which is at least the largest session window that CLS takes.
_OBSERVE = """(() => {
  window.__shift = 0; window.__largest = 0; window.__long = 0; window.__shifted = [];
  const watch = (type, take) =>
    new PerformanceObserver(list => list.getEntries().forEach(take)).observe({type, buffered: true});
  watch('layout-shift', each => {
    if (each.hadRecentInput) return;
    window.__shift += each.value;
    window.__shifted.push(...each.sources.map(s => s.node && s.node.nodeName + '.' + (s.node.className || '')));
  });
  watch('largest-contentful-paint', each => { window.__largest = each.startTime; });
  watch('longtask', each => { window.__long = Math.max(window.__long, each.duration); });
})()"""
_READ = "() => ({shift: window.__shift, largest: window.__largest, long: window.__long, shifted: window.__shifted})"


@dataclass(slots=True)
class Cost:
    """Of one load with an empty cache."""

    plain: int = 0
    """Bytes over the wire, headers included, without fonts."""
    fonts: int = 0
    parts: dict[str, int] = field(default_factory=dict[str, int])
    """Bytes by address."""
    cls: float = 0
    lcp_ms: float = 0
    longest_ms: float = 0
    shifted: list[str] = field(default_factory=list[str])
    """What moved while the page came up."""


async def measure(context: BrowserContext, path: str, *, slow_down: float = 1, calm_ms: int = 500) -> Cost:
    """Load an address with an empty cache and wait until nothing comes any more.

    Args:
        context: where JavaScript runs; whoever is signed in there reads the page.
        slow_down: factor by which the processor is throttled.
        calm_ms: how long to wait after the network is idle.
    """
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    cost, kinds = Cost(), dict[str, tuple[str, str]]()

    def answered(event: Any) -> None:
        kinds[event["requestId"]] = (event["type"], event["response"]["url"])

    def finished(event: Any) -> None:
        kind, address = kinds.get(event["requestId"], ("Other", ""))
        size = int(event["encodedDataLength"])
        if kind == "Font":
            cost.fonts += size
        else:
            cost.plain += size
        cost.parts[address.rsplit("/", 1)[-1].partition("?")[0] or "/"] = size

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow_down > 1:
        await session.send("Emulation.setCPUThrottlingRate", {"rate": slow_down})
    await page.add_init_script(_OBSERVE)
    answer = await page.goto(path, wait_until="load")
    assert answer is not None
    assert answer.ok, f"{answer.status} for {path}"
    await page.wait_for_load_state("networkidle")
    await page.wait_for_timeout(calm_ms)
    await _read_times(page, cost)
    await page.close()
    return cost


async def _read_times(page: Page, cost: Cost) -> None:
    times = await page.evaluate(_READ)
    cost.cls, cost.lcp_ms, cost.longest_ms = times["shift"], times["largest"], times["long"]
    cost.shifted = [each for each in times["shifted"] if each]
