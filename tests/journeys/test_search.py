"""Searching everything: what is found, suggestions while typing, and syllables that are still being composed."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.journeys.browsing import BOTH_WAYS, Visitors


@BOTH_WAYS
async def test_search_finds_things_of_every_kind_in_both_languages(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto("/")
    await page.get_by_label("전체에서 찾기").fill("로봇")
    await page.get_by_role("button", name="찾기").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"‘로봇’ 찾은 결과 \d+건"))
    kinds = set(await page.locator("li.entry > p.meta:first-child").all_inner_texts())
    assert len({kind.split()[0] for kind in kinds}) >= 2, kinds
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\d+ things for “로봇”"))
    await page.goto("/search?q=zzzzqq")
    await expect(page.get_by_role("heading", name="찾은 결과가 없습니다")).to_be_visible()


async def test_names_are_suggested_while_typing_and_chosen_by_keyboard(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/programmes")
    await page.get_by_role("link", name="찾기").first.click()
    field = page.get_by_role("combobox", name="전체에서 찾기")
    await expect(field).to_be_focused()
    await page.keyboard.type("ㅅㅁㄹㅂㅈ")
    await expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("새마루비전")
    await expect(page.locator("#said")).to_contain_text("제안")
    assert await field.get_attribute("aria-expanded") == "true"
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox").get_by_role("option").first).to_be_hidden()
    await expect(field).to_be_visible()
    await page.keyboard.press("ArrowDown")
    chosen = await field.get_attribute("aria-activedescendant")
    await expect(page.locator(f"#{chosen}")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("새마루비전")


async def test_nothing_is_asked_or_sent_while_a_syllable_is_composed(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/search")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggestions?" in request.url else None)
    await page.get_by_label("전체에서 찾기").first.focus()
    keyboard = await page.context.new_cdp_session(page)
    for syllable in ("ㄹ", "로"):
        await keyboard.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
    await page.evaluate("document.activeElement.form.requestSubmit()")
    await page.wait_for_timeout(400)
    assert asked == []
    assert page.url.endswith("/search")
    await keyboard.send("Input.insertText", {"text": "로봇"})
    await expect(page.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(r"/search\?q="))


@BOTH_WAYS
async def test_what_was_found_is_told_apart_by_kind_and_marked(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto("/search?q=로봇")
    await expect(page.locator("li.entry mark").first).to_have_text("로봇")
    tabs = page.get_by_role("navigation", name="찾은 것의 종류").get_by_role("link")
    counts = [int(re.sub(r"\D", "", text)) for text in await tabs.all_inner_texts()]
    assert counts[0] == sum(counts[1:])
    await tabs.nth(1).click()
    await page.wait_for_url(re.compile("kind="))
    await expect(page.get_by_role("navigation", name="찾은 것의 종류").locator("[aria-current]")).to_contain_text(
        str(counts[1])
    )
    await page.go_back()
    await expect(tabs.first).to_have_attribute("aria-current", "page")
