"""The district manager: who is here, who works with whom, who stands alone."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.journeys.browsing import BOTH_WAYS, DISTRICT_MANAGER, PHONE, WIDE, Visitors


async def _graph(visitors: Visitors, *, javascript: bool = True, size: tuple[int, int] = WIDE) -> Page:
    page = await visitors.signed_in(DISTRICT_MANAGER, javascript=javascript, size=size)
    await page.get_by_role("link", name="서울특별시의 협력 관계 보기").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\d+곳"))
    return page


@BOTH_WAYS
async def test_the_district_manager_opens_the_cluster_graph(visitors: Visitors, javascript: bool) -> None:
    page = await _graph(visitors, javascript=javascript)
    table = page.get_by_role("table", name="마당, 큰 순")
    await expect(page.locator(".yard-square").first).to_be_visible()
    await expect(table).to_be_hidden()
    await page.locator(".view-tabs").get_by_role("link", name="표").locator("visible=true").click()
    await expect(table).to_be_visible()
    assert await table.locator("tbody tr").count() >= 5
    bridges = page.get_by_role("table", name="매개 중심성이 높은 순")
    await bridges.get_by_role("link").first.click()
    await page.wait_for_url(re.compile("/organisations/"))


@BOTH_WAYS
async def test_a_yard_is_chosen_and_opened(visitors: Visitors, javascript: bool) -> None:
    page = await _graph(visitors, javascript=javascript)
    await page.locator("#yard-0").click()
    await page.wait_for_url(re.compile("yard=0"))
    await expect(page.locator("#yard-0")).to_have_attribute("aria-current", "true")
    panel = page.locator("#panel")
    name = await panel.get_by_role("heading", level=2).inner_text()
    organisations = panel.locator(".stage-figures div").filter(has_text="조직").first
    size = await organisations.locator("dd").inner_text()
    await panel.get_by_role("link", name="이 마당 펼치기").click()
    await page.wait_for_url(re.compile("open=1"))
    members = page.get_by_role("table", name=re.compile("연결이 많은 순")).first
    await expect(members.locator("tbody tr")).to_have_count(int(size))
    await expect(page.locator(".stage canvas")).to_have_count(0 if not javascript else 7)
    await page.get_by_role("link", name="이 마당 접기").click()
    await expect(page.locator("#panel").get_by_role("heading", level=2)).to_have_text(name)


async def test_squares_are_walked_by_keyboard_and_back_lets_go(visitors: Visitors) -> None:
    page = await _graph(visitors)
    await page.locator("#yard-0").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile("yard=0"))
    await expect(page.locator("#yard-0")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    moved = await page.evaluate("document.activeElement.id")
    assert moved.startswith("yard-")
    assert moved != "yard-0"
    await page.keyboard.press("Escape")
    await expect(page.locator(".yard-square.chosen")).to_have_count(0)
    await expect(page.locator(f"#{moved}")).to_be_focused()
    await page.go_back()
    await expect(page.locator("#yard-0")).to_have_attribute("aria-current", "true")


async def test_an_organisation_of_an_opened_yard_is_chosen_by_its_address_and_in_the_panel(
    visitors: Visitors,
) -> None:
    page = await _graph(visitors)
    await page.locator("#yard-1").click()
    await page.get_by_role("link", name="이 마당 펼치기").click()
    member = page.get_by_role("table", name=re.compile("연결이 많은 순")).first.get_by_role("rowheader").first
    name = await member.inner_text()
    identity = str(await member.get_by_role("link").get_attribute("href")).rpartition("/")[2]
    await page.goto(f"{page.url}&node={identity}")
    await expect(page.locator("#panel").get_by_role("heading", level=2)).to_have_text(name)
    await page.locator("#panel [data-panel-link]").first.click()
    await expect(page.locator("#panel").get_by_role("heading", level=2)).not_to_have_text(name)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("link", name="이 마당 접기")).to_be_visible()


async def test_the_drawing_grows_in_its_frame(visitors: Visitors) -> None:
    page = await _graph(visitors)
    inner = (
        "document.querySelector('.stage-frame').scrollWidth > document.querySelector('.stage-frame').clientWidth + 50"
    )
    await page.get_by_role("button", name="크게").click()
    assert await page.evaluate(inner)
    await page.get_by_role("button", name="모두 보기").click()
    assert not await page.evaluate(inner)


@BOTH_WAYS
async def test_lines_are_drawn_of_the_ties_of_a_time(visitors: Visitors, javascript: bool) -> None:
    page = await _graph(visitors, javascript=javascript)
    lines = page.locator("line.bond")
    words = page.locator(".time-words")
    all_of_them, before = await lines.count(), await words.inner_text()
    handle = page.get_by_role("slider", name="마지막 분기")
    await handle.focus()
    for _ in range(3):
        await page.keyboard.press("PageDown")
    if not javascript:
        await page.get_by_role("button", name="이 기간 그리기").click()
    await page.wait_for_url(re.compile("until="))
    await expect(words).not_to_have_text(before)
    assert 0 < await lines.count() < all_of_them
    await page.get_by_role("link", name="전체 기간").click()
    await expect(page.locator(".time-words")).to_have_text(before, use_inner_text=True)


async def test_the_map_of_the_city_opens_the_graph_of_a_gu(visitors: Visitors) -> None:
    page = await _graph(visitors)
    await page.locator(".view-tabs").get_by_role("link", name="지도").locator("visible=true").click()
    await page.wait_for_url(re.compile("view=map"))
    await expect(page.locator("#map-clusters a").first).to_be_visible()
    rows = page.get_by_role("table", name="자치구, 많은 순").locator("tbody tr")
    await expect(rows).to_have_count(25)
    await rows.first.get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("마당")
    await expect(page.locator(".view-tabs").get_by_role("link", name="지도")).to_have_count(0)


async def test_without_webgl_the_table_says_it_all(visitors: Visitors) -> None:
    page = await _graph(visitors)
    await page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    await page.goto(f"{page.url}?yard=0&open=1&view=graph")
    await expect(page.get_by_text("이 브라우저에서는 그릴 수 없습니다")).to_be_visible()
    await expect(page.get_by_role("table", name=re.compile("연결이 많은 순")).first).to_be_visible()


async def test_an_address_with_a_yard_that_is_not_there_shows_all_yards(visitors: Visitors) -> None:
    page = await _graph(visitors)
    address = page.url
    for odd in ("999", "-1", "x", "0' OR 1=1"):
        await page.goto(f"{address}?yard={odd}&open=1")
        await expect(page.locator(".yard-square").first).to_be_visible()
        await expect(page.locator("#panel").get_by_role("heading", level=2)).to_have_text("서울특별시")


async def test_a_phone_shows_the_table_of_yards_first(visitors: Visitors) -> None:
    page = await _graph(visitors, size=PHONE)
    await expect(page.get_by_role("table", name="마당, 큰 순")).to_be_visible()
    await expect(page.locator(".yard-square").first).to_be_hidden()
    await page.locator(".view-tabs").get_by_role("link", name="그래프").locator("visible=true").click()
    await expect(page.locator(".yard-square").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@BOTH_WAYS
async def test_the_counts_of_a_district_lead_to_its_members_page_by_page(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(DISTRICT_MANAGER, javascript=javascript)
    await page.locator("#main").get_by_role("link", name="서울특별시", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"서울특별시에 조직 \d+곳이 있습니다"))
    startups = page.locator("dl.live div").filter(has_text="창업기업")
    count = await startups.locator("dd").inner_text()
    await startups.get_by_role("link").click()
    await expect(page.locator("#members-title .count")).to_have_text(count)
    members = page.get_by_role("table", name="구성원, 이름순")
    first_page = await members.get_by_role("rowheader").all_inner_texts()
    await page.get_by_role("link", name="더 보기").click()
    await page.wait_for_url(re.compile("after="))
    second_page = await members.get_by_role("rowheader").all_inner_texts()
    assert second_page
    assert not set(first_page) & set(second_page)
    kinds = await members.get_by_role("cell", name="창업기업").count()
    assert kinds == len(second_page)
