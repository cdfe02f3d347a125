"""The founder: what may we apply for, why, and what if a value of ours was wrong."""

from __future__ import annotations

import asyncio
import re
import time
from urllib.parse import quote, urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.journeys.browsing import BOTH_WAYS, FOUNDER, PHONE, Visitors


@BOTH_WAYS
async def test_the_founder_signs_in_by_one_button_and_sees_verdicts_rules_and_reasons(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    assert page.url.endswith("/my/matches")
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"지금 신청할 수 있는 사업은 \d+건입니다")
    )
    first = page.locator("li.match").first
    await expect(first.locator(".verdict-line")).to_contain_text(re.compile(r"신청 가능.*모두 충족", re.DOTALL))
    assert await first.locator(".reasons li").count() >= 2
    rules = first.get_by_role("table")
    await expect(rules.get_by_role("columnheader")).to_have_text(["조건", "공고 기준", "우리", "출처", "판정"])
    await expect(rules.locator("tbody tr").first).to_contain_text(re.compile("충족|확인 필요"))
    await expect(first.locator(".days")).to_have_text(re.compile("남음|오늘 마감|상시 접수|접수 예정"))


@BOTH_WAYS
async def test_the_founder_opens_a_call_and_reads_why_it_cannot_be_applied_for(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.locator("#tab-NOT_ELIGIBLE").click()
    match = page.locator("li.match").first
    await expect(match.locator(".verdict-line")).to_contain_text("신청 불가")
    name = await match.get_by_role("heading", level=2).inner_text()
    await match.get_by_role("heading", level=2).get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)
    await expect(page.get_by_role("row").filter(has_text="미충족").first).to_be_visible()
    await expect(page.get_by_role("heading", name="출처")).to_be_visible()


@BOTH_WAYS
async def test_the_founder_hides_a_call_and_takes_it_back(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    match = page.locator("li.match").nth(1)
    call = await match.get_attribute("id") or ""
    await match.locator("details.refuse > summary").click()
    await match.get_by_label("왜 그런가요?").select_option(label="지금은 아님")
    await match.get_by_role("button", name="숨기기").click()
    undo = page.locator("#list > li").nth(1).locator("form.undo")
    await expect(undo.get_by_role("status")).to_contain_text("숨겼습니다")
    await expect(page.locator(f"#{call}")).to_have_count(0)
    await undo.get_by_role("button", name="되돌리기").click()
    await expect(page.get_by_role("status").filter(has_text="목록에 다시 넣었습니다.")).to_have_count(1)
    await expect(page.locator(f"#{call}")).to_have_count(1)


@BOTH_WAYS
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ko", "en"])
async def test_the_founder_says_why_a_partner_is_not_relevant_finds_it_in_the_table_and_puts_it_back(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    words = WORDS[prefix]
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.goto(prefix + "/my/matches?list=partners")
    row = page.locator("li.partner").nth(1)
    partner = await row.get_attribute("id") or ""
    name = await row.get_by_role("heading", level=2).inner_text()
    await row.locator("details.refuse > summary").click()
    await row.get_by_label(words["why"]).select_option(label=words["too far"])
    await row.get_by_label(words["note"]).fill("공장까지 세 시간")
    if not javascript:
        await row.get_by_label(words["again"]).fill("2020-01-01")
        await row.get_by_role("button", name=words["hide"]).click()
        await expect(page.get_by_role("alert")).to_be_visible()
        row = page.locator(f"#{partner}")
        await expect(row.get_by_label(words["note"])).to_have_value("공장까지 세 시간")
    await row.get_by_label(words["again"]).fill("2033-01-01")
    await row.get_by_role("button", name=words["hide"]).click()
    await expect(page.locator("form.undo").get_by_role("status")).to_contain_text(name)
    await expect(page.locator(f"#{partner}")).to_have_count(0)
    await page.goto(prefix + "/judgements?verdict=NOT_RELEVANT&holds=true")
    said = page.locator("#list tbody tr").filter(has_text=name)
    await expect(said).to_contain_text(words["too far"])
    await expect(said).to_contain_text("공장까지 세 시간")
    await page.goto(prefix + "/my/matches?hidden=1")
    hidden = page.locator(".hidden-ones li").filter(has_text=name)
    await expect(hidden).to_contain_text("2033")
    await hidden.get_by_role("button").click()
    await expect(page.locator(".hidden-ones li").filter(has_text=name)).to_have_count(0)


WORDS = {
    "": {"why": "왜 그런가요?", "too far": "거리가 멂", "note": "직접 쓴 설명", "again": "다시 볼 날",
         "hide": "숨기기"},
    "/en": {"why": "Why?", "too far": "Too far away", "note": "In your own words", "again": "Show it again from",
            "hide": "Hide it"},
}  # fmt: skip


@BOTH_WAYS
async def test_the_founder_says_that_a_call_is_useful_and_takes_it_back(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    useful = page.locator("li.match").nth(2).get_by_role("button", name="유용함")
    await expect(useful).to_have_attribute("aria-pressed", "false")
    await useful.click()
    await expect(page.get_by_role("status").filter(has_text="유용하다고 기록했습니다")).to_have_count(1)
    await expect(useful).to_have_attribute("aria-pressed", "true")
    await useful.click()
    await expect(useful).to_have_attribute("aria-pressed", "false")


@BOTH_WAYS
async def test_why_an_entry_stands_no_higher_is_said_of_all_but_the_first(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.goto("/my/matches?list=partners")
    rows = page.locator("li.partner")
    await expect(rows.first.locator("details.standing")).to_have_count(0)
    standing = rows.nth(3).locator("details.standing")
    await standing.locator("summary").click()
    await expect(standing).to_contain_text(re.compile("더 많은 것|이유의 무게"))
    await rows.nth(3).get_by_role("heading", level=2).get_by_role("link").click()
    await expect(page.get_by_role("heading", name="우리에게 제안하는 이유")).to_be_visible()
    await expect(page.locator(".computed")).to_contain_text("계산")


@BOTH_WAYS
async def test_a_number_beside_a_filter_is_what_the_filter_then_shows(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    option = page.locator(".filter li").filter(has_text="멘토링")
    count = await option.locator(".count").inner_text()
    await option.get_by_role("checkbox").check()
    if not javascript:
        await page.locator("#filters").get_by_role("button", name="거르기").click()
    await expect(page.locator(".filter-line")).to_contain_text("멘토링")
    await expect(page.locator(".pager p")).to_contain_text(f"{count}건 중")
    await page.locator(".filter-line").get_by_role("link", name="지우기").click()
    await expect(page.locator(".filter-line")).to_have_count(0)


@BOTH_WAYS
async def test_the_number_over_the_ruler_opens_the_calls_that_close_so(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    figure = page.locator("#ruler-title")
    count = int(re.sub(r"\D", "", (await figure.inner_text()).removeprefix("6주")))
    assert await page.locator(".ruler-mark").count() == count
    await figure.get_by_role("link").click()
    await expect(page.locator(".pager p")).to_contain_text(f"{count}건 중")


@BOTH_WAYS
async def test_ten_more_rows_are_still_there_after_going_back(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    rows = page.locator("li.match")
    await expect(rows).to_have_count(10)
    await page.get_by_role("link", name="10건 더 보기").click()
    await expect(rows).to_have_count(20)
    if javascript:
        await expect(rows.nth(10).get_by_role("link").first).to_be_focused()
    name = await rows.nth(15).get_by_role("heading", level=2).inner_text()
    await rows.nth(15).get_by_role("heading", level=2).get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)
    await page.go_back()
    await expect(rows).to_have_count(20)


async def test_on_a_phone_filters_open_as_a_sheet_and_apply_together(visitors: Visitors) -> None:
    page = await visitors.signed_in(FOUNDER, size=PHONE)
    await page.locator("details.filters > summary").click()
    sheet = page.get_by_role("dialog", name="거르기")
    await sheet.get_by_role("checkbox", name="멘토링").check()
    await sheet.get_by_role("radio", name="한 달 안").check()
    await sheet.get_by_role("button", name="거르기").click()
    await expect(page.locator(".filter-line")).to_contain_text("멘토링, 한 달 안")
    await expect(page.locator("details.filters > summary")).to_contain_text("2")
    await expect(sheet).to_have_count(0)


@BOTH_WAYS
async def test_the_days_of_a_call_go_into_a_calendar(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.locator("li.match").first.get_by_role("link", name="공고 보기").click()
    await expect(page.locator(".timeline li[aria-current=step]")).to_contain_text(re.compile("마감|접수 시작"))
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="일정을 달력에 추가").first.click()
    file = await (await waiting.value).path()
    assert "접수 마감" in file.read_text(encoding="utf-8")


async def test_who_is_not_signed_in_reads_the_rules_and_finds_the_door(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/programmes?state=OPEN")
    await page.locator(".programme .plain-list a").first.click()
    await expect(page.get_by_role("columnheader", name="공고 기준")).to_be_visible()
    here = urlsplit(page.url).path
    await page.get_by_role("link", name="신청할 수 있는지 보기").click()
    await expect(page).to_have_url(re.compile(r"/sign-in\?next=" + re.escape(quote(here, safe=""))))


@BOTH_WAYS
async def test_a_wrong_value_in_the_profile_is_kept_as_typed_and_explained_at_its_field(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.goto("/my/profile")
    employees = page.get_by_label("직원")
    await employees.fill("일곱 명")
    await page.get_by_role("button", name="저장").click()
    await page.get_by_role("alert").get_by_role("link").click()
    assert page.url.endswith("#" + (await employees.get_attribute("id") or "none"))
    await expect(employees).to_have_value("일곱 명")
    await expect(employees).to_have_attribute("aria-invalid", "true")
    await expect(employees).to_have_accessible_description(re.compile("12나 3,000처럼 숫자로 적어 주세요"))


@BOTH_WAYS
async def test_a_value_that_the_founder_corrects_changes_the_verdicts_by_itself(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    before = await eligible_calls(page)
    await page.goto("/my/profile")
    was = await page.get_by_label("설립").input_value()
    await found_on(page, "1988-05-02")
    try:
        assert await eligible_calls(page, other_than=before) < before
        await page.locator("#tab-NOT_ELIGIBLE").click()
        rule = page.locator("li.match tr").filter(has_text=re.compile(r"업력.*1988\. 5\. 2\..*미충족", re.DOTALL))
        await expect(rule.first).to_be_attached()
    finally:
        await found_on(page, was)
    assert await eligible_calls(page, other_than=None, wanted=before) == before


async def found_on(page: Page, day: str) -> None:
    await page.goto("/my/profile")
    await page.get_by_label("설립").fill(day)
    await page.get_by_role("button", name="저장").click()
    await expect(page.get_by_role("status")).to_contain_text("저장했습니다")


async def eligible_calls(page: Page, other_than: int | None = None, wanted: int | None = None) -> int:
    """Read the number on the tab of eligible calls; with a condition, reload for a while until it holds."""
    give_up = time.monotonic() + 30
    while True:
        await page.goto("/my/matches")
        found = int(await page.locator("#tab-ELIGIBLE strong").inner_text())
        holds = found != other_than if wanted is None else found == wanted
        if holds or time.monotonic() > give_up:
            return found
        await asyncio.sleep(0.3)


async def test_the_founder_reads_the_list_in_english(visitors: Visitors) -> None:
    page = await visitors.signed_in(FOUNDER)
    await page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/my/matches")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"You can apply for \d+ programmes now"))
    for reason in await page.locator("li.match .what > .reasons li").all_inner_texts():
        assert re.match("[A-Z]", reason), reason
