"""Whoever waits for a call: find it, keep an eye on it and on a search, and take that back."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.journeys.browsing import BOTH_WAYS, FOUNDER, PHONE, Visitors

WORDS = {
    "": {
        "filter": "찾기", "watch": "관심 공고에 추가", "watched": "관심 공고입니다.", "save": "이 검색 저장",
        "keep": "저장", "off": "빼기", "gone": "관심 목록에서 뺐습니다.", "undo": "되돌리기", "weekly": "매주 월요일",
        "side": "공고 비교",
    },
    "/en": {
        "filter": "Filter", "watch": "Watch this call", "watched": "You watch this call.", "save": "Save this search",
        "keep": "Save", "off": "Take off", "gone": "It is no longer watched.", "undo": "Undo", "weekly": "On Mondays",
        "side": "Calls side by side",
    },
}  # fmt: skip


@BOTH_WAYS
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ko", "en"])
async def test_a_call_and_a_search_are_watched_and_taken_off_with_undo(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    words = WORDS[prefix]
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.goto(f"{prefix}/calls?state=OPEN&closing=31")
    assert await page.locator("li.programme").count() > 0
    name = f"{prefix or 'ko'} {javascript}"
    await page.locator("details.keep-search > summary").click()
    await page.locator("#search-name").fill(name)
    await page.locator("details.keep-search").get_by_role("button", name=words["keep"]).click()
    await page.wait_for_url("**/my/watches**")
    search = page.locator("ul.watched > li").filter(has_text=name)
    await expect(search).to_have_count(1)
    await search.get_by_role("heading").get_by_role("link").click()
    await expect(page.locator("#filter-state-OPEN")).to_be_checked()

    await page.locator("li.programme h2 a").first.click()
    await page.get_by_role("button", name=words["watch"]).click()
    await expect(page.get_by_text(words["watched"]).first).to_be_visible()
    title = await page.get_by_role("heading", level=1).inner_text()

    await page.goto(f"{prefix}/my/watches")
    entry = page.locator("ul.watched > li").filter(has=page.get_by_role("heading", name=title, exact=True))
    await expect(entry).to_have_count(1)
    await entry.get_by_role("button", name=words["off"]).click()
    undo = page.locator("form.undo")
    await expect(undo.get_by_role("status")).to_contain_text(words["gone"])
    await undo.get_by_role("button", name=words["undo"]).click()
    await expect(entry).to_have_count(1)

    await page.locator("#digest").select_option(label=words["weekly"])
    await page.locator("form").filter(has=page.locator("#digest")).get_by_role("button").click()
    await expect(page.locator("#digest")).to_have_value("WEEKLY")
    for each in (entry, page.locator("ul.watched > li").filter(has_text=name)):
        await each.get_by_role("button", name=words["off"]).click()
        await expect(each).to_have_count(0)


@BOTH_WAYS
async def test_calls_are_compared_on_a_phone(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript, size=PHONE)
    await page.goto("/calls")
    boxes = page.locator("input[name=compare]")
    chosen = [await boxes.nth(at).get_attribute("value") for at in range(2)]
    await page.goto("/calls?" + "&".join(f"compare={one}" for one in chosen))
    await expect(page.locator("#call-tray table")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth") if javascript else True
    await page.locator("#call-tray tfoot a").first.click()
    await expect(page).to_have_url(re.compile(rf"compare={chosen[1]}$"))
