"""Ten of ten core tasks: by pointer, by keyboard alone, without JavaScript, at 200 % zoom, at 320 px."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.async_api import BrowserContext, Error

from tests.journeys.browsing import PHONE, WIDE, Visitors
from tests.journeys.hands import Hand, Keyboard, Pointer
from tests.journeys.tasks import TASKS, Room

PATIENCE_MS = 15_000


@dataclass(frozen=True)
class Mode:
    hand: type[Hand] = Pointer
    javascript: bool = True
    size: tuple[int, int] = WIDE
    scale: float = 1


MODES = {
    "by-pointer": Mode(),
    "by-keyboard": Mode(Keyboard),
    "without-javascript": Mode(javascript=False),
    # 1280 by 900 pixels of the screen at 200 % are 640 by 450 of the page.
    "at-200-percent": Mode(size=(WIDE[0] // 2, WIDE[1] // 2), scale=2),
    "at-320-pixels": Mode(size=(320, PHONE[1])),
}


async def open_hand(visitors: Visitors, mode: Mode) -> Hand:
    context: BrowserContext = await visitors.anyone(javascript=mode.javascript, size=mode.size, scale=mode.scale)
    context.set_default_timeout(PATIENCE_MS)
    return mode.hand(await context.new_page(), javascript=mode.javascript)


@pytest.mark.parametrize("name", MODES)
async def test_ten_of_ten_tasks_can_be_done(visitors: Visitors, name: str) -> None:
    room = Room(lambda: open_hand(visitors, MODES[name]))
    failed: list[str] = []
    for task in TASKS:
        try:
            await task(room)
        except (AssertionError, Error) as error:
            failed.append(f"{task.__name__}: {error}")
    done = len(TASKS) - len(failed)
    print(f"{name}: {done} of {len(TASKS)}")
    in_the_way = sorted({each for hand in room.hands.values() for each in hand.findings})
    assert not failed, f"{done} of {len(TASKS)}\n" + "\n".join(failed)
    assert not in_the_way, "\n".join(in_the_way)
