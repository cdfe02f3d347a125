"""What everybody can do: look around, search, change the language, use the keyboard, register."""

from __future__ import annotations

import asyncio
import re
import secrets

from playwright.async_api import Route, expect

from tests.journeys.browsing import BOTH_WAYS, FOUNDER, PHONE, Visitors


@BOTH_WAYS
async def test_spaces_can_be_filtered_and_opened(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto("/spaces")
    everything = await page.locator("li.entry").count()
    await page.get_by_label("테스트베드").check()
    if not javascript:
        await page.get_by_role("button", name="거르기").click()
    await page.wait_for_url(re.compile("kind=TEST"))
    await expect(page.locator("li.entry p.meta").first).to_contain_text("테스트베드")
    assert 0 < await page.locator("li.entry").count() < everything
    name = await page.locator("li.entry h2 a").first.inner_text()
    await page.locator("li.entry h2 a").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)
    await expect(page.get_by_role("heading", name="출처")).to_be_visible()


@BOTH_WAYS
async def test_a_visitor_reads_programmes_without_an_account(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto("/")
    await page.get_by_role("link", name=re.compile(r"열린 공고 \d+건 모두 보기")).click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("사업은")
    await page.locator("#main h2").get_by_role("link").first.click()
    await page.locator("#main tbody").get_by_role("link").first.click()
    call = await page.get_by_role("heading", level=1).inner_text()
    await page.get_by_role("link", name="신청할 수 있는지 보기").click()
    await page.get_by_role("button", name=FOUNDER).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(call)
    await expect(page.get_by_role("heading", name="조건과 새마루비전")).to_be_visible()


async def test_where_the_data_come_from_is_said_with_licences(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/")
    await page.get_by_role("link", name="자료 출처").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"자료 출처는 \d+곳입니다"))
    await expect(page.get_by_role("columnheader", name="이용 조건")).to_be_visible()
    await expect(page.locator(".lede")).to_contain_text("가상 조직")


async def test_a_missing_page_says_so_and_shows_ways_on(visitors: Visitors) -> None:
    page = await visitors.page()
    for path, words in (
        ("/nowhere", "찾는 화면이 없습니다"),
        ("/en/calls/call_aaaaaaaaaaaaaaaa", "This page is not here"),
    ):
        answer = await page.goto(path)
        assert answer is not None
        assert answer.status == 404
        await expect(page.get_by_role("heading", level=1)).to_have_text(words)


async def test_the_language_changes_and_the_page_with_its_filter_stays(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/organisations?kind=RESEARCH")
    first = page.locator("#main a[href^='/organisations/org']").first
    address = await first.get_attribute("href")
    await page.get_by_role("link", name="English").click()
    await page.wait_for_url(re.compile(r"/en/organisations\?kind=RESEARCH$"))
    assert await page.get_by_label("Research body").is_checked()
    assert await page.locator(f"#main a[href='/en{address}']").count() == 1
    await page.get_by_role("link", name="한국어").click()
    await page.wait_for_url(re.compile(r"/organisations\?kind=RESEARCH$"))
    await expect(page.locator("html")).to_have_attribute("lang", "ko")


async def test_the_keyboard_leads_past_the_menu_and_shows_where_it_is(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/programmes")
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="본문으로 건너뛰기")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    seen: set[str] = set()
    for _ in range(8):
        await page.keyboard.press("Tab")
        outline = await page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [document.activeElement.tagName, s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        assert outline[1] != "none", outline
        assert outline[2] >= 2, outline
        seen.add(outline[0])
    assert "BODY" not in seen


async def test_no_page_scrolls_sideways_on_a_phone(visitors: Visitors) -> None:
    page = await visitors.signed_in(FOUNDER, size=PHONE)
    for path in ("/", "/my/matches", "/my/profile", "/programmes", "/organisations", "/spaces", "/about/data"):
        for language in ("", "/en"):
            await page.goto(language + path)
            assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], language + path


@BOTH_WAYS
async def test_who_registers_an_organisation_gets_lists(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    mark = secrets.token_hex(4)
    await page.goto("/sign-in")
    await page.get_by_role("link", name="조직 등록").click()
    await page.get_by_label("이름", exact=True).fill("한지우")
    await page.get_by_label("이메일 주소").fill(f"jiwoo-{mark}@example.org")
    await page.get_by_label("비밀번호").fill("짧은말")
    await page.get_by_label("조직 종류").select_option("STARTUP")
    await page.get_by_label("한글 이름").fill(f"늘봄로봇 {mark}")
    await page.get_by_label("본사 자치구").select_option(label="금천구")
    await page.get_by_role("button", name="가입").click()
    await expect(page.get_by_role("alert")).to_contain_text("비밀번호")
    await expect(page.get_by_label("한글 이름")).to_have_value(f"늘봄로봇 {mark}")
    await page.get_by_label("비밀번호").fill(f"봄에는 마당에 꽃이 핀다 {mark}")
    await page.get_by_role("button", name="가입").click()
    await expect(page.get_by_role("status")).to_have_text("환영합니다. 계정을 만들었습니다.")
    for _ in range(40):
        await page.goto("/my/matches")
        if await page.locator("li.match").count():
            break
        await page.wait_for_timeout(500)
    assert await page.locator("li.match .reasons li").count() >= 1
    await page.goto("/partners")
    await expect(page.locator("li.partner").first).to_be_visible()
    await page.locator("details.account summary").click()
    await page.get_by_role("button", name="로그아웃").click()
    await expect(page.get_by_role("status")).to_have_text("로그아웃했습니다.")


async def test_single_keys_search_go_and_step_but_rest_while_one_types(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/programmes")
    await page.keyboard.press("j")
    first = await page.evaluate("document.activeElement.href")
    await page.keyboard.press("j")
    second = await page.evaluate("document.activeElement.href")
    await page.keyboard.press("k")
    assert await page.evaluate("document.activeElement.href") == first != second
    await page.keyboard.press("Control+k")
    await page.keyboard.press("/")
    await page.keyboard.type("gs/?j")
    await expect(page.get_by_role("combobox", name="전체에서 찾기")).to_have_value("gs/?j")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await page.get_by_label("한 글자 단축키 사용").uncheck()
    await page.keyboard.press("Escape")
    await page.keyboard.press("g")
    await page.keyboard.press("s")
    await page.wait_for_timeout(300)
    assert page.url.endswith("/programmes")
    await page.keyboard.press("?")
    await page.get_by_label("한 글자 단축키 사용").check()
    await page.keyboard.press("Escape")
    await page.keyboard.press("g")
    await page.keyboard.press("s")
    await page.wait_for_url(re.compile(r"/spaces$"))


async def test_the_keys_are_told_on_a_page_of_their_own_too(visitors: Visitors) -> None:
    page = await visitors.page(javascript=False)
    await page.goto("/programmes")
    await page.get_by_role("link", name="단축키").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("마우스 없이 모든 일을 할 수 있습니다")
    assert await page.locator("#main kbd").count() > 10


async def test_what_was_said_can_be_read_again(visitors: Visitors) -> None:
    page = await visitors.signed_in(FOUNDER)
    await page.goto("/programmes?done=signed-out")
    message = page.get_by_role("status")
    await expect(message).to_have_text("로그아웃했습니다.")
    await page.wait_for_url(re.compile(r"/programmes$"))
    await page.locator(".toast").get_by_role("button", name="닫기").click()
    await expect(message).to_have_count(0)
    await page.get_by_role("button", name="최근 알림").click()
    kept = page.get_by_role("dialog", name="최근 알림").get_by_role("listitem")
    await expect(kept).to_contain_text("로그아웃했습니다.")
    await page.keyboard.press("Escape")
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("status")).to_have_count(0)


async def test_going_back_over_a_filter_finds_list_and_place_as_they_were(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/spaces")
    everything = await page.locator("li.entry").count()
    finding = await page.get_by_role("heading", level=1).inner_text()
    await page.evaluate("scrollTo(0, 200)")
    await page.wait_for_timeout(300)
    await page.locator("input[name=kind]").first.evaluate("box => box.click()")
    await page.wait_for_url(re.compile("kind="))
    await expect(page.get_by_role("heading", level=1)).not_to_have_text(finding)
    await page.wait_for_timeout(500)
    await page.evaluate("scrollTo(0, 600)")
    await page.wait_for_timeout(300)
    await page.go_back()
    await expect(page.get_by_role("heading", level=1)).to_have_text(finding)
    assert await page.locator("li.entry").count() == everything
    assert not await page.locator("input[name=kind]").first.is_checked()
    await page.wait_for_function("Math.abs(scrollY - 200) < 5")


async def test_hairline_rows_stand_only_where_an_update_takes_long(visitors: Visitors) -> None:
    page = await visitors.page()
    await page.goto("/spaces")
    hold = asyncio.Event()

    async def late(route: Route) -> None:
        await hold.wait()
        await route.continue_()

    await page.route(re.compile(r"/spaces\?"), late)
    await page.locator("input[name=kind]").first.evaluate("box => box.click()")
    await expect(page.locator("#content")).to_have_attribute("aria-busy", "true")
    assert await page.locator(".skeleton").count() == 1
    hold.set()
    await page.wait_for_url(re.compile("kind="))
    await expect(page.locator(".skeleton")).to_have_count(0)
    await expect(page.locator("#content")).not_to_have_attribute("aria-busy", "true")
