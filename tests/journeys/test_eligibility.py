"""The founder and the rules of calls: the proof of a verdict, the fix that turns it, the answer that helps most.

What is changed on the way is put back, so that other journeys find the founder as she was.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import APIRequestContext, Locator, Page, expect

from tests.journeys.browsing import BOTH_WAYS, FOUNDER, Visitors

IN_BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["ko", "en"])
COURSE, TENANCY = "청년 창업 사업화 과정", "생활·돌봄 창업 공간 입주"
WORDS: Mapping[str, Mapping[str, str]] = {
    "": {
        "columns": "조건 공고 기준 우리 출처 판정",
        "holds": r"까지 그대로입니다|부터 .*신청할 수 있습니다",
        "checked": r"기준 \d+개 중 \d+개를 확인했습니다",
        "answered": r"(시연용으로 만든 값|기관이 직접 입력), 20\d\d\. \d+\. \d+\.",
        "decides": r"답변 하나로 공고 (\d+)건의 판정이 정해집니다",
        "not stored": "입력한 내용은 저장하지 않았습니다.",
        "soon": "마감 전에 만료",
        "may we": "신청 가능 여부",
        "as of": r"(20\d\d)년 기준\.",
    },
    "/en": {
        "columns": "Rule Required Ours Source Verdict",
        "holds": r"stays so until|You can apply from",
        "checked": r"We checked \d+ of \d+",
        "answered": r"(Invented for the demo|Stated by the organisation itself), \d+ \w+ 20\d\d",
        "decides": r"One answer decides (\d+ calls|one call)",
        "not stored": "Nothing of it was stored.",
        "soon": "expires before the call closes",
        "may we": "May we apply?",
        "as of": r"As of (20\d\d)\.",
    },
}
_REFERENCE = """{ programmes(first: 100, where: {synthetic: {eq: false}}) {
  totalCount nodes { id asOfYear sourceNote calls(first: 5, where: {synthetic: {eq: false}}) { nodes { id asOfYear } } }
} }"""


async def ask(request: APIRequestContext, query: str) -> Any:
    """Return the data of an answer of the API."""
    return (await (await request.post("/graphql", data={"query": query})).json())["data"]


async def call_of(page: Page, name: str) -> str:
    """Return the id of the one call whose name has these words."""
    found = await ask(page.request, '{ calls(first: 2, where: {search: "%s"}) { nodes { id name } } }' % name)  # noqa: UP031
    (call,) = [each["id"] for each in found["calls"]["nodes"] if name in each["name"]]
    return call


async def answered(page: Page, prefix: str, name: str, value: str) -> None:
    """Answer on the page of answers; an empty value takes the answer back."""
    await page.goto(f"{prefix}/my/facts")
    field = page.locator(f"[name='facts.{name}']")
    if not await field.is_visible():
        await page.locator("details.fold").filter(has=field).locator("summary").click()
    if await field.evaluate("each => each.tagName") == "SELECT":
        await field.select_option(value)
    else:
        await field.fill(value)
    async with page.expect_response(lambda answer: answer.request.method == "POST") as waiting:
        await page.locator(".facts-form > button").click()
    assert (await waiting.value).ok or (await waiting.value).status == 303


@asynccontextmanager
async def taken_off(page: Page, address: str, words: str) -> AsyncIterator[None]:
    """Afterwards, take the entry with these words off the list at the address."""
    try:
        yield
    finally:
        await page.goto(address)
        rows = page.locator("tbody tr").filter(has_text=words)
        for _ in range(await rows.count()):
            await rows.first.locator("form button").click()
            await expect(page.locator("#undo")).to_be_visible()
            await page.goto(address)
        await expect(rows).to_have_count(0)


def band(page: Page) -> Locator:
    return page.locator(".verdict-band")


@BOTH_WAYS
@IN_BOTH
async def test_a_call_says_what_is_asked_what_is_ours_and_the_smallest_change_which_turns_its_verdict(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    words = WORDS[prefix]
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    call = f"{prefix}/calls/{await call_of(page, COURSE)}"
    await page.goto(call)
    await expect(band(page)).to_have_class(re.compile("not-eligible"))
    await expect(band(page)).to_contain_text(re.compile(words["holds"]))
    proof = page.locator("table.proof")
    assert " ".join(await proof.get_by_role("columnheader").all_inner_texts()) == words["columns"]
    unmet = proof.locator("tbody tr").filter(has=page.locator(".verdict.not-eligible"))
    await expect(unmet).to_have_count(1)
    await expect(unmet).to_contain_text(re.compile(r"30%.*20%", re.DOTALL))
    await expect(unmet).to_contain_text(re.compile(words["answered"]))
    await unmet.locator("summary").click()
    await expect(unmet.locator("q[lang=ko]")).to_contain_text("30%")
    await band(page).locator("a.button").click()
    change = page.locator(".changes li")
    await expect(change).to_have_count(1)
    await expect(change).to_contain_text("30%")
    await change.locator("a.button").click()
    share = page.locator("[name='facts.own_share']")
    await expect(share).to_have_value("20%")
    try:
        await share.fill("30%")
        await page.locator(".facts-form > button").click()
        await expect(page).to_have_url(re.compile(re.escape(call)))
        await expect(band(page)).to_have_class(re.compile(" eligible"))
        await expect(page.locator(".changes")).to_have_count(0)
    finally:
        await answered(page, prefix, "own_share", "20%")


@BOTH_WAYS
@IN_BOTH
async def test_one_answer_is_asked_that_decides_most_calls_and_answering_it_turns_them(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.goto(f"{prefix}/my/matches")
    asking = page.locator(".remark.asks").filter(has=page.locator("form.helpful"))
    await expect(asking).to_contain_text(re.compile(WORDS[prefix]["decides"]))
    named = asking.locator("p a")
    calls = [await named.nth(at).get_attribute("href") or "" for at in range(await named.count())]
    assert calls
    await page.goto(calls[0])
    await expect(band(page)).to_have_class(re.compile(" check"))
    await page.goto(f"{prefix}/my/matches")
    field = asking.locator("select")
    name = (await field.get_attribute("name") or "").removeprefix("facts.")
    try:
        await field.select_option("yes")
        await asking.locator("form.helpful button").click()
        await expect(page.locator(f"form.helpful [name='facts.{name}']")).to_have_count(0)
        await page.goto(calls[0])
        await expect(band(page)).to_have_class(re.compile(" eligible"))
    finally:
        await answered(page, prefix, name, "")
    await page.goto(calls[0])
    await expect(band(page)).to_have_class(re.compile(" check"))
    await expect(band(page)).to_contain_text(re.compile(WORDS[prefix]["checked"]))


@BOTH_WAYS
@IN_BOTH
async def test_values_are_tried_without_an_account_and_nothing_of_them_is_kept(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto(f"{prefix}/check")
    await page.locator("[name='facts.founded_on']").fill("2024.7.15")
    await page.locator("[name='facts.region_codes']").select_option("11545")
    await page.locator("[name='facts.employees']").fill("seven")
    await page.locator(".facts-form > button").click()
    await expect(page.locator("#errors")).to_be_visible()
    await expect(page.locator("[name='facts.employees']")).to_have_value("seven")
    await page.locator("[name='facts.employees']").fill("7")
    await page.locator(".facts-form > button").click()
    results = page.locator("#results > li")
    await expect(results.first).to_be_visible()
    for verdict in ("check", "not-eligible"):
        assert await results.locator(f".verdict-line .verdict.{verdict}").count() > 0
    await expect(page.locator("#main")).to_contain_text(WORDS[prefix]["not stored"])
    assert "2024" not in page.url
    await page.goto(f"{prefix}/check")
    await expect(page.locator("[name='facts.founded_on']")).to_have_value("")


@BOTH_WAYS
@IN_BOTH
async def test_a_paper_that_expires_too_soon_is_told_on_the_call(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    call, mark = f"{prefix}/calls/{await call_of(page, COURSE)}", f"사본 {prefix or 'ko'} {javascript}"
    async with taken_off(page, f"{prefix}/my/documents", mark):
        await page.goto(call)
        missing = page.locator("a[href*='LOCAL_TAX_CLEARANCE']")
        paper = page.locator(".papers li").filter(has=missing)
        await expect(paper.locator("strong")).to_be_visible()
        await missing.click()
        form = page.locator("section[aria-labelledby=document-form] form")
        await expect(form.locator("[name=kind]")).to_have_value("LOCAL_TAX_CLEARANCE")
        await form.locator("[name=expiresOn]").fill((date.today() + timedelta(days=2)).isoformat())
        await form.locator("[name=note]").fill(mark)
        await form.locator("button").click()
        await expect(page.locator("tbody tr").filter(has_text=mark)).to_have_count(1)
        await page.goto(call)
        await expect(paper.locator("strong")).to_have_text(WORDS[prefix]["soon"])


@BOTH_WAYS
async def test_a_watched_call_stands_in_the_calendar_that_one_subscribes_to(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    call = await call_of(page, COURSE)
    await page.goto(f"/calls/{call}")
    await page.locator("form[action$='/watch'] button").click()
    stop = page.locator("form[action$='/my/watches/remove'] button")
    await expect(stop).to_be_visible()
    await page.goto("/my/watches")
    address = await page.locator(".feed-address a").get_attribute("href") or ""
    feed = await (await page.request.get(address)).text()
    assert "BEGIN:VCALENDAR" in feed
    assert call in feed
    await page.goto(f"/calls/{call}")
    await stop.click()
    await expect(stop).to_have_count(0)
    assert call not in await (await page.request.get(address)).text()


@IN_BOTH
async def test_calls_side_by_side_say_whether_we_may_apply(visitors: Visitors, prefix: str) -> None:
    page = await visitors.signed_in(FOUNDER)
    both = [await call_of(page, name) for name in (COURSE, TENANCY)]
    await page.goto(f"{prefix}/calls?" + "&".join(f"compare={one}" for one in both))
    row = page.locator("#call-tray tbody tr").filter(has_text=WORDS[prefix]["may we"])
    await expect(row.locator(".verdict.not-eligible")).to_have_count(1)
    await expect(row.locator(".verdict.check")).to_have_count(1)


@IN_BOTH
async def test_the_29_programmes_of_seoul_say_as_of_which_year_with_a_public_source_and_each_verdict_is_there(
    visitors: Visitors, prefix: str
) -> None:
    page = await visitors.signed_in(FOUNDER)
    await page.goto(f"{prefix}/my/matches")
    for verdict in ("ELIGIBLE", "CHECK", "NOT_ELIGIBLE"):
        assert int(await page.locator(f"#tab-{verdict} strong").inner_text()) > 0
    found = (await ask(page.request, _REFERENCE))["programmes"]
    reference = [each for each in found["nodes"] if each["calls"]["nodes"]]
    assert len(reference) == 29
    for programme in reference:
        (call,) = programme["calls"]["nodes"]
        assert call["asOfYear"] == programme["asOfYear"]
        for path in (f"/programmes/{programme['id']}", f"/calls/{call['id']}"):
            source = (await (await page.request.get(prefix + path)).text()).partition('class="sources"')[2]
            assert re.search(WORDS[prefix]["as of"], source)[1] == str(call["asOfYear"]), path  # type: ignore[index]
            assert programme["sourceNote"].split(" ")[0].split(";")[0] in source, path
