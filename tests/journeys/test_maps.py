"""Maps: what they show stands in a table too; areas and points are links; a phone opens the table first."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.journeys.browsing import BOTH_WAYS, PHONE, WIDE, Visitors


async def test_the_map_of_the_districts_shows_what_the_table_counts(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/districts")
    areas = page.locator("#map-gu a.area")
    await expect(areas).to_have_count(25)
    rows = {
        await row.get_by_role("rowheader").inner_text(): await row.locator(".counted").inner_text()
        for row in await page.get_by_role("table", name="자치구, 많은 순").locator("tbody tr").all()
    }
    for area in await areas.all():
        name, _, count = (await area.get_attribute("aria-label") or "").partition(", ")
        assert re.sub(r"\D", "", count) == rows[name].replace(",", "")


async def test_what_the_map_counts_is_part_of_the_address(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/districts")
    await expect(page.locator("#map-gu a.area")).to_have_count(25)
    await page.locator("#main nav.tabs").get_by_role("link", name="공간").click()
    await page.wait_for_url(re.compile(r"by=SPACE"))
    await expect(page.get_by_role("link", name="마포구, 공간 8곳")).to_be_visible()
    await expect(page.locator("#main nav.tabs").get_by_role("link", name="공간")).to_have_attribute(
        "aria-current", "page"
    )
    await page.go_back()
    await expect(page.get_by_role("link", name="마포구, 공간 8곳")).to_have_count(0)
    await expect(page.locator("#map-gu a.area")).to_have_count(25)


async def test_an_area_can_be_reached_and_opened_by_keyboard(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/districts")
    first = page.locator("#map-gu a.area").first
    await first.focus()
    words = await first.get_attribute("aria-label") or ""
    await expect(page.locator(".map-readout")).to_have_text(words)
    await expect(page.locator(".map-stage .ring")).to_have_class(re.compile("focused"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(words.partition(",")[0])


async def test_a_phone_opens_the_table_first_and_the_map_on_request(visitors: Visitors) -> None:
    page = await visitors.page(size=PHONE)
    await page.goto("/districts")
    table = page.get_by_role("table", name="자치구, 많은 순")
    await expect(table).to_be_visible()
    await expect(page.locator("#map-gu")).to_be_hidden()
    await page.get_by_role("button", name="지도", exact=True).click()
    await expect(page.locator("#map-gu a.area").first).to_be_visible()
    await expect(table).to_be_hidden()
    await page.get_by_role("button", name="표", exact=True).click()
    await expect(table).to_be_visible()


@BOTH_WAYS
async def test_a_district_lists_its_spaces_beside_the_map(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto("/spaces?state=OPEN")
    await page.locator("li.entry h2 a").first.click()
    space = await page.get_by_role("heading", level=1).inner_text()
    if javascript:
        await expect(page.locator("#map-space .point")).to_have_count(1)
    else:
        await expect(page.locator("#map-space")).to_be_hidden()
    await page.locator("dl.facts").get_by_role("link", name=re.compile("구$")).click()
    listed = page.locator("#place-list li").filter(has_text=space)
    await expect(listed.get_by_role("link")).to_be_visible()
    await expect(page.locator("#map-place")).to_be_visible(visible=javascript)


async def _labels(page: Page) -> list[dict[str, float | str]]:
    return await page.evaluate(
        """() => [...document.querySelectorAll('.map-stage .label:not(.outside)')].map((label) => {
             const box = label.getBoundingClientRect(), stage = label.closest('svg').getBoundingClientRect();
             return { words: label.textContent, left: box.left - stage.left, top: box.top - stage.top,
                      right: stage.right - box.right, bottom: stage.bottom - box.bottom };
           })"""
    )


@pytest.mark.parametrize("width", [360, 768, WIDE[0]])
@pytest.mark.parametrize("language", ["", "/en"])
async def test_no_label_of_a_map_is_cut_off_or_covered(visitors: Visitors, width: int, language: str) -> None:
    page = await visitors.page(size=(width, 900))
    await page.goto(f"{language}/districts")
    if width < WIDE[0]:
        await page.locator("[data-show=map]").click()
    await expect(page.locator("#map-gu .label").first).to_be_visible()
    labels = await _labels(page)
    assert labels
    for label in labels:
        assert min(value for key, value in label.items() if key != "words") >= -1, label  # type: ignore[type-var]
    overlaps = await page.evaluate(
        """() => {
             const labels = [...document.querySelectorAll('.map-stage .label')];
             const boxes = labels.map((each) => each.getBoundingClientRect());
             const apart = (low, high, other) => high <= other[0] + 1 || other[1] <= low + 1;
             const meet = (a, b) =>
               !apart(a.left, a.right, [b.left, b.right]) && !apart(a.top, a.bottom, [b.top, b.bottom]);
             return boxes.some((a, at) => boxes.slice(at + 1).some((b) => meet(a, b)));
           }"""
    )
    assert not overlaps


@BOTH_WAYS
async def test_the_doors_of_home_lead_to_where_one_is_served(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    for door, words in (
        ("내 사업 확인하기", "로그인"),
        ("우리 문제 적어 보기", None),
        ("우리 지구 살펴보기", "서울특별시"),
    ):
        await page.goto("/")
        await page.get_by_role("link", name=door).click()
        heading = page.get_by_role("heading", level=1)
        await expect(heading).to_be_visible()
        assert page.url.rstrip("/") != visitors.origin
        if words:
            await expect(page.locator("#main")).to_contain_text(words)


async def test_each_figure_of_home_opens_its_rows(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/")
    links = page.locator("dl.live a")
    assert await links.count() == 5
    for href in [await link.get_attribute("href") for link in await links.all()]:
        answer = await page.goto(href or "")
        assert answer is not None
        assert answer.ok, href
