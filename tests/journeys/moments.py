"""Moments that no address leads to: a refused form, a row just hidden, an open menu."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.journeys.browsing import FOUNDER, PLANT_MANAGER

Reach = Callable[[Page, str], Awaitable[None]]


async def _nothing(_page: Page) -> None:
    return


@dataclass(frozen=True, slots=True)
class Moment:
    """How a person gets there."""

    person: str | None
    reach: Reach
    """Leads a page there; given the prefix of the language."""
    leave: Callable[[Page], Awaitable[None]] = _nothing
    """Puts back what was changed on the way."""


async def _refused_sign_in(page: Page, prefix: str) -> None:
    await page.goto(prefix + "/sign-in")
    form = page.locator("form").filter(has=page.locator("[name=password]"))
    await form.locator("[name=email]").fill("nobody@example.org")
    await form.locator("[name=password]").fill("not the password of anybody")
    await form.locator("button[type=submit], button:not([type])").first.click()
    await expect(page.get_by_role("alert").first).to_be_visible()


async def _refused_registration(page: Page, prefix: str) -> None:
    await page.goto(prefix + "/register")
    form = page.locator("form").filter(has=page.locator("[name=password]"))
    for field in await form.locator("[required]").all():
        if await field.evaluate("each => each.tagName") == "SELECT":
            await field.select_option(index=1)
        else:
            await field.fill("a@b.kr" if await field.get_attribute("type") == "email" else "짧은말")
    await form.locator("button[type=submit], button:not([type])").last.click()
    await expect(page.get_by_role("alert").first).to_be_visible()


async def _refused_profile(page: Page, prefix: str) -> None:
    await page.goto(prefix + "/my/profile")
    await page.locator("[name=employees]").fill("일곱 명")
    await page.locator("form").filter(has=page.locator("[name=employees]")).evaluate("each => each.requestSubmit()")
    await expect(page.get_by_role("alert").first).to_be_visible()


async def _refused_need(page: Page, prefix: str) -> None:
    await page.goto(prefix + "/my/needs")
    form = page.locator("form").filter(has=page.locator("[name=budget_won], [name=budgetWon]"))
    await form.locator("[name=text]").fill("로봇을 찾습니다")
    await form.locator("[name=budget_won], [name=budgetWon]").fill("많이")
    await form.evaluate("each => each.requestSubmit()")
    await expect(page.get_by_role("alert").first).to_be_visible()


async def _open_refusal(page: Page, prefix: str) -> None:
    await page.goto(prefix + "/my/matches?list=partners")
    await page.locator("details.refuse > summary").first.click()


async def _hidden_row(page: Page, prefix: str) -> None:
    await page.goto(prefix + "/my/matches")
    await page.locator("details.refuse > summary").first.click()
    await page.locator("form[action$='/my/matches/dismiss'] .actions button").first.click()
    await expect(page.locator("form.undo").first).to_be_visible()


async def _take_back(page: Page) -> None:
    await page.locator("form.undo button").first.click()
    await expect(page.locator("form.undo")).to_have_count(0)


async def _open_account(page: Page, prefix: str) -> None:
    await page.goto(prefix + "/")
    await page.locator("details.account summary").click()


MOMENTS: dict[str, Moment] = {
    "a sign-in that was refused": Moment(None, _refused_sign_in),
    "a registration that was refused": Moment(None, _refused_registration),
    "a profile that was refused": Moment(FOUNDER, _refused_profile),
    "a need that was refused": Moment(PLANT_MANAGER, _refused_need),
    "a suggestion that is about to be refused": Moment(FOUNDER, _open_refusal),
    "a row just hidden": Moment(FOUNDER, _hidden_row, _take_back),
    "the open menu of the account": Moment(FOUNDER, _open_account),
}
