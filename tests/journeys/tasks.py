"""Ten core tasks of the people of a district, each written once for every hand."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.journeys.browsing import DISTRICT_MANAGER, FOUNDER, PLANT_MANAGER
from tests.journeys.hands import Hand

STARTUP, SME = "새마루비전", "(주)모루터정밀"
PROBLEM = "부품 표면의 긁힘을 사람이 눈으로 찾는데 불량이 섞여 나갑니다. 자동 외관 검사를 시험해 보고 싶습니다."


class Room:
    """The people of one mode, each with a browser of their own, signed in when first asked for."""

    def __init__(self, open_hand: Callable[[], Awaitable[Hand]]) -> None:
        self._open_hand = open_hand
        self.hands: dict[str | None, Hand] = {}
        self.message = f"다음 달에 검사 시험을 하고 싶습니다. {secrets.token_hex(4)}"
        """Tells the introduction of this room from others."""

    async def hand(self, person: str | None) -> Hand:
        """Return the hand of a person, signed in; nobody: without account."""
        if person not in self.hands:
            self.hands[person] = await self._open_hand()
            if person is not None:
                await _sign_in(self.hands[person], person)
        return self.hands[person]


Task = Callable[[Room], Awaitable[None]]


async def _sign_in(hand: Hand, person: str) -> None:
    await hand.go("/")
    await hand.follow("로그인")
    await hand.press(re.compile(person))
    await hand.page.wait_for_url(lambda url: "/sign-in" not in url)


async def sign_in_and_see_ones_own_list(room: Room) -> None:
    hand = await room.hand(FOUNDER)
    await expect(hand.page.get_by_role("heading", level=1)).to_have_text(re.compile(r"신청할 수 있는 사업은 \d+건"))


async def find_what_may_be_applied_for_now(room: Room) -> None:
    hand = await room.hand(FOUNDER)
    await hand.go("/my/matches")
    await hand.follow(re.compile("^신청 가능"), hand.main)
    await hand.page.wait_for_url(re.compile("verdict=ELIGIBLE"))
    await expect(hand.page.locator("li.match .verdict-line").first).to_contain_text("신청 가능")
    heading = hand.page.locator("li.match h2").first
    name = await heading.inner_text()
    await hand.follow(name, heading)
    await expect(hand.page.get_by_role("heading", level=1)).to_contain_text(name)


async def read_why_a_call_is_not_for_us(room: Room) -> None:
    hand = await room.hand(FOUNDER)
    await hand.go("/my/matches")
    await hand.follow(re.compile("^신청 불가"), hand.main)
    await hand.page.wait_for_url(re.compile("verdict=NOT_ELIGIBLE"))
    match = hand.page.locator("li.match").first
    if not await match.locator("details[open]").count():
        await hand.activate(match.locator("summary").first)
    await expect(match.locator("tr").filter(has_text="미충족").first).to_be_visible()


async def hide_a_call_and_take_it_back(room: Room) -> None:
    hand = await room.hand(FOUNDER)
    await hand.go("/my/matches")
    match = hand.page.locator("li.match").first
    call = await match.get_attribute("id") or ""
    await hand.press(re.compile("숨기기"), match)
    await expect(hand.page.locator(f"#{call}")).to_have_count(0)
    await hand.press("되돌리기")
    await expect(hand.page.locator(f"#{call}")).to_have_count(1)


async def correct_a_value_of_the_profile(room: Room) -> None:
    hand = await room.hand(FOUNDER)
    await hand.go("/my/profile")
    field = hand.main.get_by_label("직원").first
    was = await field.input_value()
    await _save_employees(hand, str(int(was or 8) + 1))
    await _save_employees(hand, was)


async def _save_employees(hand: Hand, value: str) -> None:
    await hand.go("/my/profile")
    await hand.write("직원", value)
    await hand.press("저장")
    await expect(hand.page.get_by_role("status").first).to_contain_text("저장했습니다")
    await hand.go("/my/profile")
    await expect(hand.main.get_by_label("직원").first).to_have_value(value)


async def find_partners_by_a_sentence(room: Room) -> None:
    hand = await room.hand(PLANT_MANAGER)
    await hand.go("/")
    await hand.follow("기술 파트너")
    await hand.write("어떤 문제를 풀고 싶나요?", PROBLEM)
    await hand.press("파트너 찾기")
    await expect(hand.page.get_by_role("heading", level=1)).to_have_text(re.compile(r"이 문제를 풀 수 있는 .*\d+곳"))
    await expect(hand.page.locator("li.partner .parts li").first).to_be_attached()


async def find_a_firm_by_name_and_ask_to_meet(room: Room) -> None:
    hand = await room.hand(PLANT_MANAGER)
    await hand.go("/search")
    await hand.write(re.compile("전체에서 찾기"), STARTUP)
    await hand.press("찾기")
    await hand.page.wait_for_url(re.compile("q="))
    await hand.follow(STARTUP, hand.main)
    await hand.follow("소개 요청", hand.main)
    await hand.write("전할 말", room.message)
    await hand.press("요청 보내기")
    await expect(hand.page.get_by_role("status").first).to_contain_text("요청을 보냈습니다")


async def answer_a_request_to_meet(room: Room) -> None:
    hand = await room.hand(FOUNDER)
    await hand.go("/my/introductions")
    entry = hand.main.get_by_role("listitem").filter(has_text=room.message).first
    await hand.write("답변", "이번에는 어렵습니다.", entry)
    await hand.press("거절", entry)
    await expect(hand.page.get_by_role("status").first).to_contain_text("답변을 보냈습니다")


async def find_a_space_by_a_filter(room: Room) -> None:
    hand = await room.hand(None)
    await hand.go("/")
    await hand.follow("공간")
    await hand.tick(re.compile("^테스트베드"))
    apply = hand.main.locator("form").get_by_role("button", name="거르기")
    if not hand.javascript or await hand.main.locator("dialog.sheet").is_visible():
        await hand.activate(apply.first)
    await hand.page.wait_for_url(re.compile("kind=TESTBED"))
    heading = hand.page.locator("#list h2, li.entry h2").first
    await expect(heading).to_be_attached()
    name = await heading.get_by_role("link").first.inner_text()
    await hand.follow(name, heading)
    await expect(hand.page.get_by_role("heading", level=1)).to_contain_text(name)


async def read_the_table_of_yards_and_open_one(room: Room) -> None:
    hand = await room.hand(DISTRICT_MANAGER)
    await hand.go("/districts")
    await hand.follow("서울특별시의 협력 관계 보기", hand.main)
    await hand.follow(re.compile("^표$"), hand.main)
    yards = hand.main.get_by_role("table").first
    await expect(yards).to_be_visible()
    assert await yards.locator("tbody tr").count() >= 5
    await hand.activate(yards.locator("tbody").get_by_role("link").first)
    await hand.page.wait_for_url(re.compile("yard=|community="))
    await hand.activate(hand.main.locator("a[href*='/organisations/org_']").locator("visible=true").first)
    await expect(hand.page.get_by_role("heading", level=1)).not_to_contain_text("마당")


TASKS: tuple[Task, ...] = (
    sign_in_and_see_ones_own_list,
    find_what_may_be_applied_for_now,
    read_why_a_call_is_not_for_us,
    hide_a_call_and_take_it_back,
    correct_a_value_of_the_profile,
    find_partners_by_a_sentence,
    find_a_firm_by_name_and_ask_to_meet,
    answer_a_request_to_meet,
    find_a_space_by_a_filter,
    read_the_table_of_yards_and_open_one,
)
