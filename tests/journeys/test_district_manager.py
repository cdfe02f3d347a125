"""The district manager: who is here, who works with whom, who stands alone."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.journeys.browsing import BOTH_WAYS, DISTRICT_MANAGER, PHONE, Visitors


@BOTH_WAYS
async def test_the_district_manager_opens_the_cluster_graph(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(DISTRICT_MANAGER, javascript=javascript)
    assert page.url.endswith("/districts")
    await page.get_by_role("link", name="서울특별시의 협력 관계 보기").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\d+곳"))
    table = page.get_by_role("table", name="마당, 큰 순")
    if javascript:
        await expect(page.locator("#stage canvas").first).to_be_visible()
        await expect(table).to_be_hidden()
        await page.get_by_role("button", name="표", exact=True).click()
    else:
        await expect(page.locator("canvas")).to_have_count(0)
    await expect(table).to_be_visible()
    assert await table.locator("tbody tr").count() >= 5
    bridges = page.get_by_role("table", name="매개 중심성이 높은 순")
    await bridges.get_by_role("link").first.click()
    await expect(page.get_by_role("heading", name="한눈에 보기")).to_be_visible()


async def test_a_yard_of_the_graph_can_be_picked_out_by_keyboard(visitors: Visitors) -> None:
    page = await visitors.signed_in(DISTRICT_MANAGER)
    await page.get_by_role("link", name="서울특별시의 협력 관계 보기").click()
    first = page.locator("[data-community]").first
    await first.focus()
    await page.keyboard.press("Enter")
    await expect(first).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("Enter")
    await expect(first).to_have_attribute("aria-pressed", "false")


async def test_a_phone_shows_the_table_of_yards_first(visitors: Visitors) -> None:
    page = await visitors.signed_in(DISTRICT_MANAGER, size=PHONE)
    await page.get_by_role("link", name="서울특별시의 협력 관계 보기").click()
    await expect(page.get_by_role("table", name="마당, 큰 순")).to_be_visible()


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
