"""Forms: what is typed is read, kept and put back; Enter while composing sends nothing; pages stand without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.browsing import FOUNDER, PHONE, Visitors

SUMMARY = "#organisations-save-summaryKo"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('madang.draft/')).length"


async def open_profile(visitors: Visitors) -> Page:
    page = await visitors.signed_in(FOUNDER)
    await page.goto("/my/profile")
    return page


async def write(page: Page, text: str) -> None:
    await page.locator(SUMMARY).fill(text)
    for _ in range(100):
        if await page.evaluate(DRAFTS):
            return
        await page.wait_for_timeout(50)
    raise AssertionError("No draft was kept.")


async def test_a_draft_comes_back_can_be_discarded_and_that_undone(visitors: Visitors) -> None:
    page = await open_profile(visitors)
    saved = await page.locator(SUMMARY).input_value()
    await write(page, "적다가 만 글")
    await page.goto("/spaces")
    await page.goto("/en/my/profile")
    await expect(page.locator(SUMMARY)).to_have_value("적다가 만 글")
    note = page.locator("[data-draft]")
    await expect(note).to_contain_text(re.compile(r"Your text of \d\d:\d\d is back"))
    await note.get_by_role("button", name="Discard it").click()
    await expect(page.locator(SUMMARY)).to_have_value(saved)
    await note.get_by_role("button", name="Undo").click()
    await expect(page.locator(SUMMARY)).to_have_value("적다가 만 글")
    await note.get_by_role("button", name="Discard it").click()
    await page.reload()
    await expect(page.locator(SUMMARY)).to_have_value(saved)
    await expect(note).to_be_hidden()


async def test_a_draft_outlives_a_refusal_and_goes_when_the_form_is_taken(visitors: Visitors) -> None:
    page = await open_profile(visitors)
    saved = await page.locator(SUMMARY).input_value()
    employees = page.get_by_label("직원")
    was = await employees.input_value()
    await write(page, saved + " ")
    await employees.fill("여럿")
    await page.get_by_role("button", name="저장").click()
    await expect(page.locator("#errors")).to_be_focused()
    assert await page.evaluate(DRAFTS) == 1
    await page.goto("/my/profile")
    await expect(employees).to_have_value("여럿")
    await employees.fill(was)
    await page.get_by_role("button", name="저장").click()
    await expect(page.get_by_role("status").first).to_contain_text("바뀐 것이 없습니다")
    assert await page.evaluate(DRAFTS) == 0


async def test_signing_out_forgets_drafts_and_passwords_are_never_kept(visitors: Visitors) -> None:
    page = await open_profile(visitors)
    await write(page, "남기면 안 되는 글")
    await page.locator("details.account summary").click()
    await page.get_by_role("button", name="로그아웃").click()
    await expect(page.get_by_role("link", name="로그인").first).to_be_visible()
    assert await page.evaluate(DRAFTS) == 0
    await page.goto("/sign-in")
    await page.get_by_label("비밀번호", exact=True).fill("아무도 모르는 문장")
    await page.goto("/spaces")
    assert "아무도" not in await page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")


async def test_amounts_and_days_are_said_back_while_typing(visitors: Visitors) -> None:
    page = await open_profile(visitors)
    revenue = page.get_by_label("매출")
    for typed, understood in (("3.2억", "3억 2,000만 원"), ("320000000", "3억 2,000만 원"), ("많이", "")):
        await revenue.fill(typed)
        await expect(page.locator("#organisations-save-revenueWon-read")).to_have_text(understood)
    await page.get_by_label("설립").fill("2022.6.14")
    await expect(page.locator("#organisations-save-foundedOn-read")).to_have_text("2022. 6. 14.")


@pytest.mark.parametrize("place", ["/search", "/sign-in"])
async def test_enter_while_letters_are_put_together_sends_nothing(visitors: Visitors, place: str) -> None:
    page = await visitors.page()
    await page.goto(place)
    field = page.locator("main").get_by_role("searchbox" if place == "/search" else "textbox").first
    if place == "/search":
        field = page.locator("main input[name=q]").first
    await field.focus()
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send("Input.imeSetComposition", {"text": "로", "selectionStart": 1, "selectionEnd": 1})
    await page.keyboard.press("Enter")
    await page.wait_for_timeout(300)
    assert page.url.endswith(place)
    await keyboard.send("Input.insertText", {"text": "로봇"})
    await page.keyboard.press("Enter")
    if place == "/search":
        await page.wait_for_url(lambda url: not url.endswith("/search"))


async def test_a_password_can_be_shown(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/sign-in")
    password = page.get_by_label("비밀번호", exact=True)
    await password.fill("보이는 문장")
    show = page.get_by_role("button", name="비밀번호 보기")
    await show.click()
    await expect(password).to_have_attribute("type", "text")
    await expect(show).to_have_attribute("aria-pressed", "true")
    await show.click()
    await expect(password).to_have_attribute("type", "password")


@pytest.mark.parametrize("missing", ["**/*.woff2", "**/*.js"], ids=["fonts", "scripts"])
@pytest.mark.parametrize("path", ["/", "/sign-in", "/spaces", "/search?q=로봇", "/nowhere"])
async def test_pages_stay_whole_without_fonts_or_scripts(
    browser: Browser, origin: str, missing: str, path: str
) -> None:
    context = await browser.new_context(
        base_url=origin, viewport={"width": PHONE[0], "height": PHONE[1]}, locale="ko-KR", reduced_motion="reduce"
    )
    await context.route(missing, abort)
    page = await opened(context, path)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await expect(page.locator("main")).not_to_contain_text("undefined")
    # What does nothing without scripts is not offered.
    if missing == "**/*.js":
        await expect(page.locator("[data-reveal]:visible, [data-draft]:visible")).to_have_count(0)
    await context.close()


async def abort(route: Route) -> None:
    await route.abort()


async def opened(context: BrowserContext, path: str) -> Page:
    page = await context.new_page()
    await page.goto(path)
    return page
