"""Pages stay whole with names of 200 letters, right-to-left names, emoji, firms without any data, and nothing found."""

from __future__ import annotations

from typing import Any

import pytest
from madang_graph.client import Graph, GraphAddress
from playwright.async_api import Browser, Page

from tests.journeys.axe import findings, prepare
from tests.journeys.small_site import small_site
from tests.server.builders import QUICK
from tests.small_district import District, named, small_district, write

LONG_WORD = "가나다라마바사아자차" * 20
LONG_TEXT = "Institute for Extraordinarily Interdisciplinary Cooperation " * 4
RIGHT_TO_LEFT = "מרכז חדשנות سيول للابتكار"
EMOJI = "🏭🤝🏽 로봇👩🏽‍🔬 e\u0301ǆ"
PASSWORD = "a sentence that only I know"
WIDTHS = (360, 1280)

_CLIPPED = """() => [...document.querySelectorAll('main *')].filter(each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  const says = [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  if (!says || box.width < 2 || style.overflowX === 'visible') return false;
  const unseen = style.clipPath !== 'none' || style.textOverflow === 'ellipsis';
  const scrolls = ['auto', 'scroll'].includes(style.overflowX);
  return !unseen && !scrolls && each.scrollWidth > each.clientWidth + 1;
}).slice(0, 3).map(each => each.tagName.toLowerCase() + '.' + each.className + ' is clipped')"""


def strange_district() -> District:
    """Return a small district whose things have the worst names, and an organisation that says nothing."""
    district = small_district()
    for i, name in enumerate((LONG_WORD, LONG_TEXT[:200], RIGHT_TO_LEFT, EMOJI)):
        _rename(district, f"org_{i * 4:02}", name)
        _rename(district, f"call_{i}0", name)
        _rename(district, f"prg_{i}", name)
        _rename(district, f"tec_{i}", name)
    for node in ("dst_0", "spc_0", "dst_innovation"):
        _rename(district, node, LONG_WORD)
    _rename(district, "dst_1", RIGHT_TO_LEFT)
    district.add("Organisation", "org_nothing", kind="sme", visibility="public", version=1, **named(None, "Nothing"))
    for _, properties in district.nodes.values():
        for field in ("text", "summary_ko", "message"):
            if field in properties:
                properties[field] = LONG_WORD[:199] + "."
    member = district.nodes["per_member"][1]
    member |= {"name": LONG_WORD, "email": "member@example.org", "password_hash": QUICK.hash(PASSWORD)}
    return district


def _rename(district: District, node: str, name: str) -> None:
    properties: dict[str, Any] = district.nodes[node][1]
    properties |= named(name, None)


PATHS = (
    "/",
    "/organisations",
    "/organisations?q=zzzzqq",
    *(f"/organisations/org_{i}" for i in ("00", "04", "08", "12", "nothing")),
    "/programmes",
    "/programmes?q=zzzzqq",
    "/programmes/prg_0",
    "/calls/call_00",
    "/calls/call_20",
    "/districts",
    "/districts/dst_0",
    "/districts/dst_city/clusters",
    "/spaces",
    "/spaces/spc_0",
    "/search?q=zzzzqq",
    f"/search?q={LONG_WORD[:180]}",
    "/partners",
)
OF_A_MEMBER = (
    "/my/matches",
    "/my/profile",
    "/my/needs",
    "/my/introductions",
    "/partners?q=불량을 찾고 싶습니다",
    "/organisations/org_08/introduction",
)


async def look(page: Page, origin: str, paths: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for number, path in enumerate(paths):
        address = ("/en" if number % 2 else "") + path
        for _ in range(8):
            # On a busy machine the first planning of a statement can take longer than a read may.
            answer = await page.goto(origin + address)
            if answer is not None and answer.status != 503:
                break
        if answer is None or answer.status != 200:
            found.append(f"{address[:60]}: {answer and answer.status}")
            continue
        await prepare(page)
        found += await findings(page, address[:60], WIDTHS, ("light",))
        for width in (320, *WIDTHS):
            await page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address[:60]}, {width} px: {each}" for each in await page.evaluate(_CLIPPED)]
    return found


@pytest.mark.parametrize("person", ["nobody", "member"])
async def test_pages_stay_whole_with_the_worst_names(
    browser: Browser, neo4j_address: GraphAddress, valkey_url: str, graph: Graph, person: str
) -> None:
    await write(graph, strange_district())
    async with small_site(neo4j_address, valkey_url) as (origin, _):
        context = await browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="ko-KR")
        page = await context.new_page()
        if person == "member":
            await page.goto(origin + "/sign-in")
            await page.locator("[name=email]").fill("member@example.org")
            await page.locator("[name=password]").fill(PASSWORD)
            await page.locator("[name=password]").press("Enter")
            await page.wait_for_url(lambda url: "/sign-in" not in url)
        found = await look(page, origin, OF_A_MEMBER if person == "member" else PATHS)
        await context.close()
    assert not found, "\n".join(found)
