"""The programme owner: write the rules of a call, see who would pass, publish. And the founder's own ledger."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from tests.journeys.browsing import BOTH_WAYS, FOUNDER, PHONE, PROGRAMME_OWNER, Visitors

IN_BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["ko", "en"])
WORDS = {
    "": {
        "programmes": re.compile(r"운영하는 지원사업 \d+개"),
        "kind": "조건의 종류",
        "age": "업력",
        "add": "조건 추가",
        "at most": "최대 업력(년)",
        "save": "조건 저장",
        "saved": "초안을 저장했습니다.",
        "who": "누가 충족하는지 보기",
        "passing": re.compile(r"기업 \d+곳 중 \d+곳이 충족합니다"),
        "losing": re.compile(r"충족하지 못하게 되는 기업: \d+"),
        "review": "검토 요청",
        "publish": "시행",
        "published": "조건을 시행했습니다.",
        "remove": "삭제",
        "conflict": "그사이 다른 사람이 저장했습니다.",
        "discard": "초안 버리기",
        "prepare": "새 공고 준비",
        "name label": "한글 이름",
        "opens": "접수 시작 일시",
        "closes": "접수 마감 일시",
        "too early": "접수 시작보다 늦은 시각을 적어 주세요.",
        "begin": "공고 준비 시작",
        "planned": "공고 준비를 시작했습니다.",
        "in preparation": "준비 중인 공고입니다.",
        "publish the call": "공고하기",
        "change the facts": "공고 정보 고치기",
        "save the facts": "공고 정보 저장",
        "facts saved": "공고 정보를 저장했습니다.",
        "take off": "공고 내리기",
        "taken off": "공고를 내렸습니다.",
        "within": "우대 조건",
        "show fields": "입력란 보기",
        "words": "우대 내용(한국어)",
    },
    "/en": {
        "programmes": re.compile(r"\d+ programmes are yours|One programme is yours"),
        "kind": "Kind of condition",
        "age": "Firm age",
        "add": "Add a condition",
        "at most": "At most years",
        "save": "Save the condition",
        "saved": "The draft is saved.",
        "who": "See who would pass",
        "passing": re.compile(r"\d+ of \d+ firms pass"),
        "losing": re.compile(r"Would cease to pass: \d+"),
        "review": "Send for review",
        "publish": "Publish",
        "published": "The rules are in force.",
        "remove": "Remove",
        "conflict": "Someone has saved this meanwhile.",
        "discard": "Give the draft up",
        "prepare": "Prepare a call",
        "name label": "Name in Korean",
        "opens": "Opens, day and hour",
        "closes": "Closes, day and hour",
        "too early": "Give a time after the call opens.",
        "begin": "Begin the call",
        "planned": "The call is begun.",
        "in preparation": "This call is in preparation",
        "publish the call": "Publish the call",
        "change the facts": "Change the facts",
        "save the facts": "Save the facts",
        "facts saved": "The facts of the call are saved.",
        "take off": "Take the call off",
        "taken off": "The call is taken off.",
        "within": "When",
        "show fields": "Show its fields",
        "words": "Preference in Korean",
    },
}


async def open_desk(visitors: Visitors, prefix: str, javascript: bool) -> Page:
    """Sign in as the owner and open one of the calls on the desk."""
    page = await visitors.signed_in(PROGRAMME_OWNER, javascript=javascript)
    await page.goto(prefix + "/desk")
    await expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[prefix]["programmes"])
    # Calls that journeys prepare stand on the same desk.
    await page.locator("#list tbody th a").filter(has_text=re.compile("예시|example")).first.click()
    await page.locator(".rule-tree").wait_for()
    return page


async def told(page: Page, words: object) -> None:
    """The page says so, in its place or, with scripts, in a message."""
    await expect(page.get_by_role("status").filter(has_text=re.compile(re.escape(str(words)))).first).to_be_attached()


async def add_age(page: Page, prefix: str, years: str) -> None:
    """Add a limit of age by the form; the page says what is wrong, or that the draft is saved."""
    words = WORDS[prefix]
    await page.get_by_label(words["kind"]).select_option(value="firm_age")
    await page.get_by_role("button", name=words["add"]).click()
    await page.get_by_label(words["at most"]).fill(years)
    await page.get_by_role("button", name=words["save"]).click()


@BOTH_WAYS
@IN_BOTH
async def test_the_owner_adds_a_rule_sees_who_loses_and_publishes_it(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    words = WORDS[prefix]
    page = await open_desk(visitors, prefix, javascript)
    before = await page.locator(".rule-place").count()
    await add_age(page, prefix, "seven")
    await expect(page.locator("#errors")).to_be_visible()
    await expect(page.get_by_label(words["at most"])).to_have_value("seven")
    await page.get_by_label(words["at most"]).fill("3")
    await page.get_by_role("button", name=words["save"]).click()
    await told(page, words["saved"])
    await expect(page.locator(".rule-place")).to_have_count(before + 1)
    await page.get_by_role("button", name=words["who"]).click()
    await expect(page.locator("#preview-title")).to_have_text(words["passing"])
    await expect(page.locator("#preview summary").filter(has_text=words["losing"])).to_be_visible()
    await page.get_by_role("button", name=words["review"]).click()
    await page.get_by_role("button", name=words["publish"], exact=True).click()
    await told(page, words["published"])
    last = page.locator(".rule-place").last
    await last.get_by_role("button", name=words["remove"]).click()
    await expect(page.locator(".rule-place")).to_have_count(before)
    await page.get_by_role("button", name=words["review"]).click()
    await page.get_by_role("button", name=words["publish"], exact=True).click()
    await told(page, words["published"])


def days_ahead(days: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


@BOTH_WAYS
@IN_BOTH
async def test_the_owner_prepares_a_call_that_nobody_sees_publishes_it_and_moves_its_deadline(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    words = WORDS[prefix]
    page = await visitors.signed_in(PROGRAMME_OWNER, javascript=javascript)
    await page.goto(prefix + "/desk")
    await page.get_by_role("link", name=words["prepare"]).first.click()
    name = f"시험 공고 {prefix or 'ko'} {javascript}"
    await page.get_by_label(words["name label"]).fill(name)
    await page.get_by_label(words["opens"]).fill(f"{days_ahead(30)} 9시")
    await page.get_by_label(words["closes"]).fill(f"{days_ahead(20)} 18:00")
    await page.get_by_role("button", name=words["begin"]).click()
    await expect(page.locator("#errors")).to_contain_text(words["too early"])
    await expect(page.get_by_label(words["name label"])).to_have_value(name)
    await page.get_by_label(words["closes"]).fill(f"{days_ahead(60)} 18:00")
    await page.get_by_role("button", name=words["begin"]).click()
    await told(page, words["planned"])
    await expect(page.locator(".lede")).to_contain_text(words["in preparation"])
    desk = page.url.partition("?")[0]
    public = desk.replace("/desk/calls/", "/calls/")
    visitor = await visitors.page(javascript=javascript)
    answer = await visitor.goto(public)
    assert answer is not None
    assert answer.status == 404
    await page.get_by_role("button", name=words["review"]).click()
    await page.get_by_role("button", name=words["publish the call"]).click()
    await told(page, words["published"])
    await visitor.goto(public)
    await expect(visitor.get_by_role("heading", level=1)).to_contain_text(name)
    await page.get_by_role("link", name=words["change the facts"]).click()
    await page.get_by_label(words["closes"]).fill(f"{days_ahead(70)} 18:00")
    await page.get_by_role("button", name=words["save the facts"]).click()
    await told(page, words["facts saved"])
    await page.get_by_role("button", name=words["take off"]).click()
    await told(page, words["taken off"])


@BOTH_WAYS
async def test_a_preference_with_a_condition_of_its_own_is_written_by_the_form(
    visitors: Visitors, javascript: bool
) -> None:
    words = WORDS[""]
    page = await open_desk(visitors, "", javascript)
    await page.get_by_label(words["kind"]).select_option(value="preference")
    await page.get_by_role("button", name=words["add"]).click()
    await page.get_by_label(words["within"]).select_option(value="firm_age")
    await page.get_by_role("button", name=words["show fields"]).click()
    await page.get_by_label(words["words"]).fill("젊은 기업 우대")
    await page.get_by_label(words["at most"]).fill("3")
    await page.get_by_role("button", name=words["save"]).click()
    await told(page, words["saved"])
    last = page.locator(".rule-place").last
    await expect(last).to_contain_text("젊은 기업 우대")
    await last.get_by_role("link").first.click()
    await expect(page.get_by_label(words["at most"])).to_have_value("3")
    await page.get_by_role("button", name=words["discard"]).click()
    await told(page, "초안을 버렸습니다.")


@BOTH_WAYS
async def test_of_two_people_at_one_draft_the_second_is_told(visitors: Visitors, javascript: bool) -> None:
    words = WORDS[""]
    first = await open_desk(visitors, "", javascript)
    second = await visitors.signed_in(PROGRAMME_OWNER, javascript=javascript)
    await second.goto(first.url)
    await first.locator(".rule-place").first.locator("button[value=not]").click()
    await told(first, words["saved"])
    count = await first.locator(".rule-place").count()
    await second.locator(".rule-place").first.locator("button[value=remove]").click()
    await expect(second.locator("#errors")).to_contain_text(words["conflict"])
    await expect(second.locator(".rule-place")).to_have_count(count)
    await second.get_by_role("button", name=words["discard"]).click()
    await told(second, "초안을 버렸습니다.")


async def test_the_desk_of_another_is_not_there(visitors: Visitors) -> None:
    owner = await open_desk(visitors, "", True)
    founder = await visitors.signed_in(FOUNDER)
    answer = await founder.goto(owner.url)
    assert answer is not None
    assert answer.status == 404


@BOTH_WAYS
@IN_BOTH
async def test_the_founder_notes_an_award_sees_the_ceiling_and_takes_the_entry_off_and_back(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    name, regime, eur, day, save = {
        "": ("목록에 없으면 이름", "국가보조 구분", "드미니미스 지원액(유로)", "받은 날", "지원 저장"),
        "/en": (
            "Or its name, if it is not listed",
            "Regime of state aid",
            "De minimis aid in euros",
            "Received on",
            "Save the award",
        ),
    }[prefix]
    page = await visitors.signed_in(FOUNDER, javascript=javascript, size=PHONE)
    await page.goto(prefix + "/my/awards")
    form = page.locator("#award-form")
    await form.locator("summary").click()
    mark = f"바우처 {prefix or 'ko'} {javascript}"
    await form.get_by_label(name).fill(mark)
    await form.get_by_label(regime).select_option(value="DE_MINIMIS")
    await form.get_by_label(day).fill("2026.3.2")
    await form.get_by_role("button", name=save).click()
    await expect(page.locator("#errors")).to_contain_text(eur)
    await page.locator("#award-form").get_by_label(eur).fill("100,000")
    await page.locator("#award-form").get_by_role("button", name=save).click()
    row = page.locator("tbody tr").filter(has_text=mark)
    await expect(row).to_contain_text("€100,000")
    await page.goto(prefix + "/my/awards?eur=300000")
    await expect(page.locator("#sum-title")).to_contain_text("€")
    await expect(page.locator("#sum dl")).to_contain_text("€300,000")
    await row.locator("form button").click()
    await expect(page.locator("tbody tr").filter(has_text=mark)).to_have_count(0)
    await page.locator("#undo").click()
    await expect(page.locator("tbody tr").filter(has_text=mark)).to_have_count(1)
    await page.locator("tbody tr").filter(has_text=mark).locator("form button").click()


@BOTH_WAYS
async def test_a_paper_noted_once_shows_on_the_call_that_asks_for_it(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.locator("li.match h2 a").first.click()
    papers = page.locator(".papers li")
    await expect(papers.first).to_be_visible()
    missing = papers.filter(has_text="없음").first
    word = (await missing.inner_text()).split(":")[0]
    call = page.url
    await missing.get_by_role("link").click()
    await page.get_by_role("button", name="서류 저장").click()
    await expect(page.locator("tbody th").filter(has_text=word)).to_have_count(1)
    await page.goto(call)
    await expect(papers.filter(has_text=word)).to_contain_text("있음")
    await page.goto("/my/documents")
    await page.locator("tbody tr").filter(has_text=word).locator("form button").click()
    await expect(page.locator("#undo")).to_be_visible()
