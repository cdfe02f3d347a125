"""The founder and the rules: sees each verdict, answers what a check waits for, and it turns; a visitor asks."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.journeys.browsing import BOTH_WAYS, FOUNDER, Visitors

IN_BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["ko", "en"])
MOST_ANSWERS = 6


async def calls_with(page: Page, prefix: str, verdict: str) -> list[str]:
    await page.goto(f"{prefix}/my/matches?verdict={verdict}&show=100")
    links = page.locator("li.match h2 a")
    return [await link.get_attribute("href") or "" for link in await links.all()]


async def answerable(page: Page) -> list[Locator]:
    """The answers that would open the way, if nothing else stands in it; else none."""
    section = page.locator("section.changes")
    if not await section.count() or await section.locator("ul.reasons").count():
        return []
    entries = await section.locator("ul.ledger > li").all()
    return entries if all([await entry.locator("form").count() for entry in entries]) else []


async def answer(page: Page) -> tuple[str, str]:
    """Give the first answer that the page says would help; return the name of the fact and the page's address."""
    entry = (await answerable(page))[0]
    wanted = (await entry.locator("p").first.inner_text()).rsplit(": ", 1)[1].strip()
    button = entry.get_by_role("button", name=re.compile(f"^{wanted}"))
    name = await button.get_attribute("name") or ""
    await button.click()
    await page.wait_for_url(re.compile("done=facts-saved"))
    return name, page.url


async def take_back(page: Page, prefix: str, names: list[str]) -> None:
    await page.goto(prefix + "/my/facts")
    for name in names:
        await page.locator(f'select[name="{name}"]').select_option("")
    await page.locator("form.facts-form").get_by_role("button").last.click()
    await page.wait_for_url(re.compile("done=facts-saved"))


@BOTH_WAYS
@IN_BOTH
async def test_the_founder_sees_each_verdict_answers_a_check_and_it_turns(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    assert await calls_with(page, prefix, "ELIGIBLE")
    assert await calls_with(page, prefix, "NOT_ELIGIBLE")
    checks = await calls_with(page, prefix, "CHECK")
    assert checks
    for address in checks:
        await page.goto(address)
        await expect(page.locator(".verdict-band.check, .verdict-band.eligible").first).to_be_visible()
        if await answerable(page):
            break
    else:
        pytest.fail("No check of the founder can be settled by answers alone.")
    answered: list[str] = []
    for _ in range(MOST_ANSWERS):
        name, _address = await answer(page)
        answered.append(name)
        if await page.locator(".verdict-band.eligible").count():
            break
    await expect(page.locator(".verdict-band.eligible")).to_be_visible()
    await expect(page.locator("section.changes")).to_have_count(0)
    await take_back(page, prefix, answered)
    await page.goto(address)
    await expect(page.locator(".verdict-band.check")).to_be_visible()


@BOTH_WAYS
async def test_what_cannot_be_applied_for_says_when_or_what_would_change_it(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    said = 0
    for address in (await calls_with(page, "/en", "NOT_ELIGIBLE"))[:8]:
        await page.goto(address)
        await expect(page.locator(".verdict-band.not-eligible")).to_contain_text(re.compile(r"as of \d"))
        said += await page.locator("section.changes").get_by_role("heading", level=3).count()
    assert said


@BOTH_WAYS
async def test_a_wrong_answer_is_said_at_its_field_and_nothing_typed_is_lost(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(FOUNDER, javascript=javascript)
    await page.goto("/en/my/facts")
    await page.locator('input[name="facts.group_assets_won"]').fill("a lot")
    await page.locator('input[name="facts.group_employees"]').fill("77")
    await page.locator("form.facts-form").get_by_role("button", name="Save the answers").click()
    problem = page.locator("#errors").get_by_role("link", name=re.compile("Assets with affiliates: Write the amount"))
    await expect(problem).to_be_visible()
    await expect(page.locator('input[name="facts.group_assets_won"]')).to_have_value("a lot")
    await expect(page.locator('input[name="facts.group_employees"]')).to_have_value("77")
    await page.goto("/en/my/facts")
    await expect(page.locator('input[name="facts.group_employees"]')).not_to_have_value("77")


@BOTH_WAYS
@IN_BOTH
async def test_a_visitor_asks_what_an_unsaved_profile_could_apply_for(
    visitors: Visitors, javascript: bool, prefix: str
) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto(prefix + "/check")
    await page.locator('input[name="facts.founded_on"]').fill("2024-03-02")
    await page.locator('input[name="facts.employees"]').fill("5")
    await page.locator("form.facts-form").get_by_role("button").last.click()
    await expect(page.locator("#results > li").first).to_be_visible()
    await expect(page.locator('input[name="facts.founded_on"]')).to_have_value("2024-03-02")
    assert page.url.endswith(prefix + "/check")
