"""How matching works, for everyone: from any page to what it uses, how good it is, and how to opt out."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.journeys.browsing import ADMINISTRATOR, BOTH_WAYS, FOUNDER, PHONE, Visitors


@BOTH_WAYS
async def test_anyone_learns_how_matching_works_and_what_it_never_uses(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto("/")
    await page.get_by_role("contentinfo").get_by_role("link", name="매칭은 이렇게 합니다").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("매칭"))
    await expect(page.get_by_role("table", name="협력사, 무거운 것부터")).to_contain_text("우리 필요와 상대의 제공")
    figures = page.get_by_role("table", name="수치와 그 뜻")
    await expect(figures.get_by_role("row")).to_have_count(7)
    await expect(figures).to_contain_text(re.compile(r"[0-9]"))
    await expect(page.get_by_text("나이, 성별, 국적")).to_be_visible()
    await expect(page.get_by_text("카드 전체")).to_have_count(0)
    await page.goto("/en/about/matching")
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Matching"))
    await expect(page.get_by_text("no age, sex, nationality")).to_be_visible()


async def test_the_founder_comes_from_the_list_and_finds_the_switch(visitors: Visitors) -> None:
    page = await visitors.signed_in(FOUNDER, size=PHONE)
    await page.goto("/my/matches")
    await page.locator(".computed").get_by_role("link", name="매칭은 이렇게 합니다").click()
    await page.locator("main").get_by_role("link", name="기업 정보").click()
    await expect(page.get_by_label("활동을 바탕으로 추천")).to_be_visible()


@pytest.mark.parametrize("prefix", ["", "/en"])
async def test_the_administrator_opens_the_whole_card(visitors: Visitors, prefix: str) -> None:
    page = await visitors.signed_in(ADMINISTRATOR)
    await page.goto(prefix + "/about/matching")
    await page.locator("summary").filter(has_text=re.compile("카드 전체|whole card")).click()
    await expect(page.locator("pre")).to_contain_text("Matching model")
    await expect(page.locator("pre")).to_contain_text("매칭 모델")
