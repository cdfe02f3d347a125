"""The plant manager: who can solve this problem, and how do we meet."""

from __future__ import annotations

import re
import secrets

from playwright.async_api import Locator, Page, expect

from tests.journeys.browsing import BOTH_WAYS, FOUNDER, PLANT_MANAGER, Visitors

PROBLEM = "부품 표면의 긁힘을 사람이 눈으로 찾는데 불량이 섞여 나갑니다. 자동 외관 검사를 시험해 보고 싶습니다."
STARTUP, SME = "새마루비전", "(주)모루터정밀"


@BOTH_WAYS
async def test_the_plant_manager_finds_technology_partners_by_a_sentence(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(PLANT_MANAGER, javascript=javascript)
    await page.get_by_role("link", name="기술 파트너").click()
    await page.get_by_label("어떤 문제를 풀고 싶나요?").fill(PROBLEM)
    await page.get_by_role("button", name="파트너 찾기").click()
    found = page.get_by_role("heading", level=1)
    await expect(found).to_have_text(re.compile(r"이 문제를 풀 수 있는 기업·기관 \d+곳"))
    for partner in await page.locator("li.partner").all():
        await expect_shares_to_be_the_whole(partner)
    everybody = await found.inner_text()

    await page.get_by_label("종류").select_option("STARTUP")
    if not javascript:
        await page.get_by_role("button", name="거르기").click()
    await page.wait_for_url(re.compile("kind=STARTUP"))
    await expect(page.get_by_label("어떤 문제를 풀고 싶나요?")).to_have_value(PROBLEM)
    for line in await page.locator("li.partner .what > p.meta").all_text_contents():
        assert line.strip().startswith("창업기업"), line
    await expect(found).not_to_have_text(everybody)

    first = page.locator("li.partner").first
    name = await first.get_by_role("heading", level=3).inner_text()
    await first.get_by_role("heading", level=3).get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)
    await expect(page.get_by_role("link", name="소개 요청")).to_be_visible()


async def test_a_standing_list_of_partners_is_there_without_asking(visitors: Visitors) -> None:
    page = await visitors.signed_in(PLANT_MANAGER)
    await page.goto("/partners")
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"우리 필요에 맞는 파트너 \d+곳"))
    await expect_shares_to_be_the_whole(page.locator("li.partner").first)


async def expect_shares_to_be_the_whole(partner: Locator) -> None:
    """At least two reasons stand below the chance of working together, and what speaks for it is shared among them."""
    chance = await partner.locator(".side-head strong").text_content() or ""
    marks = await partner.locator(".parts .points").all_text_contents()
    shares = [int(mark.strip().removesuffix("%")) for mark in marks if mark.strip().endswith("%")]
    assert re.fullmatch(r"\d{1,2}%", chance.strip()), chance
    assert len(shares) >= 2
    assert sum(shares) == 100


@BOTH_WAYS
async def test_what_was_read_wrongly_is_taken_out_and_put_back(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.page(javascript=javascript)
    await page.goto(f"/partners?q={PROBLEM} 협동 로봇도 좋습니다.")
    named = page.locator("mark.phrase").filter(has_text="협동 로봇")
    await expect(named).to_be_visible()
    ranked = await page.locator("li.partner h3").all_text_contents()
    await page.get_by_role("link", name="협동 로봇 빼기").click()
    await expect(named).to_have_count(0)
    await expect(page.locator("mark.phrase").first).to_be_visible()
    assert await page.locator("li.partner h3").all_text_contents() != ranked
    await page.get_by_role("link", name="협동 로봇 다시 넣기").click()
    await expect(named).to_be_visible()
    assert await page.locator("li.partner h3").all_text_contents() == ranked


async def test_ones_own_profile_is_counted_when_asked_for(visitors: Visitors) -> None:
    page = await visitors.signed_in(PLANT_MANAGER)
    await page.goto(f"/partners?q={PROBLEM}")
    alone = await page.locator("li.partner").first.locator(".side-head strong").text_content()
    await page.get_by_role("link", name=f"{SME}의 정보도 함께 계산").click()
    await page.wait_for_url(re.compile("for=org_"))
    assert await page.locator("li.partner").first.locator(".side-head strong").text_content() != alone
    await page.get_by_role("link", name="글만으로 계산").click()
    await expect(page.locator("li.partner").first.locator(".side-head strong")).to_have_text(alone or "")


@BOTH_WAYS
async def test_partners_are_put_side_by_side(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(PLANT_MANAGER, javascript=javascript)
    await page.goto(f"/partners?q={PROBLEM}")
    names = [(await name.text_content() or "").strip() for name in await page.locator("li.partner h3").all()][:5]
    for count, name in enumerate(names[:4], start=1):
        box = page.get_by_role("checkbox", name=re.compile(rf"비교에 담기 ?: {re.escape(name)}$"))
        await box.check()
        if not javascript:
            await page.get_by_role("button", name="거르기").click()
        await expect(page.locator(".tray strong")).to_have_text(f"{count}곳 담음")
        if javascript:
            await expect(box).to_be_focused()
    await expect(page.locator(f"#compare-{(await org_of(page, names[4]))}")).to_be_disabled()
    await page.locator(".tray summary").click()
    table = page.get_by_role("table", name="나란히 견준 조직")
    for name in names[:4]:
        await expect(table.get_by_role("link", name=name, exact=True)).to_be_visible()
    await table.get_by_role("link", name=f"빼기 {names[0]}").click()
    await expect(page.locator(".tray strong")).to_have_text("3곳 담음")


async def org_of(page: Page, name: str) -> str:
    """Return the id of a ranked organisation."""
    row = page.locator("li.partner").filter(has_text=name).first
    return (await row.locator(".compare-box input").get_attribute("value")) or ""


async def ask(page: Page, organisation: str, message: str) -> None:
    """Find the organisation by its name and ask it for an introduction."""
    await page.goto(f"/search?q={organisation}")
    await page.get_by_role("link", name=organisation, exact=True).first.click()
    await page.get_by_role("link", name="소개 요청").click()
    await page.get_by_label("전할 말").fill(message)
    await page.get_by_role("button", name="요청 보내기").click()
    await expect(page.get_by_role("status")).to_contain_text("요청을 보냈습니다")


async def answer(page: Page, message: str, words: str, button: str) -> None:
    """Answer the request that carries the message."""
    await page.goto("/my/introductions")
    entry = page.locator("li.introduction").filter(has_text=message)
    await expect(entry).to_contain_text("답변 대기")
    await entry.get_by_label("답변").fill(words)
    await entry.get_by_role("button", name=button).click()
    await expect(page.get_by_role("status")).to_have_text("답변을 보냈습니다.")


@BOTH_WAYS
async def test_an_introduction_is_asked_for_answered_and_seen_by_both(visitors: Visitors, javascript: bool) -> None:
    """With JavaScript the plant asks and the startup accepts; without, the startup asks and the plant declines."""
    plant = await visitors.signed_in(PLANT_MANAGER, javascript=javascript)
    startup = await visitors.signed_in(FOUNDER, javascript=javascript)
    message = f"다음 달에 검사 시험을 하고 싶습니다. {secrets.token_hex(4)}"
    asker, asked, other = (plant, startup, STARTUP) if javascript else (startup, plant, SME)
    button, state = ("수락", "수락") if javascript else ("거절", "거절")
    await ask(asker, other, message)
    await answer(asked, message, "다음 주에 뵙겠습니다.", button)
    await asker.goto("/my/introductions")
    await asker.get_by_role("link", name="보낸 요청").click()
    entry = asker.locator("li.introduction").filter(has_text=message)
    await expect(entry).to_contain_text(state)
    await expect(entry).to_contain_text("다음 주에 뵙겠습니다.")
    await expect(entry.get_by_role("link", name=other)).to_be_visible()


@BOTH_WAYS
async def test_why_a_request_is_declined_and_what_came_of_another_is_kept_for_ones_own_people(
    visitors: Visitors, javascript: bool
) -> None:
    """With JavaScript the plant declines and says why; without, it accepts and the startup says what came of it."""
    plant = await visitors.signed_in(PLANT_MANAGER, javascript=javascript)
    startup = await visitors.signed_in(FOUNDER, javascript=javascript)
    message, why = (f"검사 시험을 함께 하고 싶습니다. {secrets.token_hex(4)}" for _ in range(2))
    await ask(startup, SME, message)
    if javascript:
        await plant.goto("/my/introductions")
        entry = plant.locator("li.introduction").filter(has_text=message)
        await entry.locator("details.declining > summary").click()
        await entry.get_by_label("왜 그런가요?").select_option(label="규모가 맞지 않음")
        await entry.get_by_role("button", name="거절").click()
        await expect(plant.get_by_role("status")).to_have_text("답변을 보냈습니다.")
        judge, other, verdict, said = plant, startup, "REFUSED", "규모가 맞지 않음"
    else:
        await answer(plant, message, "다음 주에 뵙겠습니다.", "수락")
        await startup.goto("/my/introductions?of=asked")
        entry = startup.locator("li.introduction").filter(has_text=message)
        await entry.locator("details > summary").click()
        await entry.get_by_label("직접 쓴 설명").fill(why)
        await entry.get_by_role("button", name="성과 있음").click()
        await expect(entry).to_contain_text(f"우리 판단: 성과 있음 · {why}")
        judge, other, verdict, said = startup, plant, "WORKED", why
    await judge.goto(f"/judgements?verdict={verdict}")
    await expect(judge.locator("#list tbody tr").first).to_contain_text(said)
    await other.goto(f"/judgements?verdict={verdict}")
    await expect(other.locator("#list tbody tr").filter(has_text=said)).to_have_count(0)


@BOTH_WAYS
async def test_the_plant_manager_posts_a_need_and_may_correct_what_was_refused(
    visitors: Visitors, javascript: bool
) -> None:
    page = await visitors.signed_in(PLANT_MANAGER, javascript=javascript)
    await page.goto("/my/needs")
    need = f"프레스 금형이 깨지기 전에 소리로 알고 싶습니다. {secrets.token_hex(4)}"
    form = page.locator("form").filter(has=page.get_by_label("무엇이 걸림돌인가요?"))
    await form.get_by_label("무엇을 찾나요?").fill(need)
    await form.get_by_label("무엇이 걸림돌인가요?").select_option("SKILL")
    await form.get_by_label("예산(원)").fill("삼천만")
    await form.get_by_role("button", name="필요 등록").click()
    await expect(page.get_by_role("alert")).to_contain_text("예산(원)")
    await expect(form.get_by_label("무엇을 찾나요?")).to_have_value(need)
    await expect(form.get_by_label("무엇이 걸림돌인가요?")).to_have_value("SKILL")
    await form.get_by_label("예산(원)").fill("30,000,000")
    await form.get_by_role("button", name="필요 등록").click()
    await expect(page.get_by_role("status")).to_contain_text("필요를 등록했습니다")
    entry = page.locator("li.entry").filter(has_text=need)
    await expect(entry).to_contain_text("최대 3,000만 원")
    await entry.get_by_role("link", name="도울 수 있는 곳 보기").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"이 문제를 풀 수 있는 기업·기관 \d+곳"))


@BOTH_WAYS
async def test_a_request_is_taken_back_and_can_be_made_again(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(PLANT_MANAGER, javascript=javascript)
    message = f"설비를 함께 보고 싶습니다. {secrets.token_hex(4)}"
    await ask(page, "온유렌즈" if javascript else "늘봄렌즈", message)
    entry = page.locator("li.introduction").filter(has_text=message)
    await expect(entry).to_contain_text("답변 기한")
    await entry.get_by_role("button", name="요청 거두기").click()
    await expect(page.get_by_role("status")).to_have_text("요청을 거두었습니다.")
    await expect(entry).to_contain_text("거둔 날")
    await entry.get_by_role("link", name="같은 글로 다시 요청").click()
    await expect(page.get_by_label("전할 말")).to_have_value(message)


@BOTH_WAYS
async def test_a_need_that_was_met_is_closed_and_opened_again(visitors: Visitors, javascript: bool) -> None:
    page = await visitors.signed_in(PLANT_MANAGER, javascript=javascript)
    need = f"포장 상자를 자동으로 접는 장치를 찾습니다. {secrets.token_hex(4)}"
    await page.goto(f"/my/needs?text={need}")
    await expect(page.get_by_label("무엇을 찾나요?")).to_have_value(need)
    await page.get_by_role("button", name="필요 등록").click()
    await expect(page.get_by_role("status")).to_contain_text("필요를 등록했습니다")
    entry = page.locator("li.entry").filter(has_text=need)
    await entry.get_by_role("button", name="찾았음").click()
    await expect(entry).to_contain_text("해결됨")
    await entry.get_by_role("button", name="되돌리기").click()
    await expect(entry).to_contain_text("찾는 중")
    await entry.get_by_role("button", name="찾기 그만두기").click()
    await page.goto("/my/needs")
    await expect(entry).to_be_hidden()
    await page.get_by_text(re.compile(r"닫은 필요 \d+건")).click()
    await expect(entry.get_by_role("button", name="다시 찾기")).to_be_visible()
