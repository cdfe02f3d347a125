"""What pages say: every sentence has its Korean, amounts and dates read as people say them, particles fit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import madang_frontend
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from madang_frontend import josa, load_wording
from madang_frontend.letters import mixed
from madang_frontend.links import Links, split_language
from madang_frontend.money import won
from madang_frontend.times import Times

ROOT = Path(madang_frontend.__file__).parent
_METHODS = [("node_modules/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2"), ("**.csv", "jinja2")]
_KEYWORDS = {"N_": None, "_": None, "ngettext": (1, 2)}


def spoken() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(str(ROOT), _METHODS, keywords=_KEYWORDS)
    return {message for _, _, message, _, _ in found}


def test_every_sentence_is_translated_and_no_translation_is_unused() -> None:
    with (ROOT / "translations" / "ko.po").open("rb") as file:
        catalogue = read_po(file, locale="ko")
    translated = {message.id for message in catalogue if message.id and all(_texts(message.string))}
    assert translated == spoken()
    assert not [message.id for message in catalogue if message.fuzzy and message.id]


def test_translations_keep_the_places_of_their_sentence() -> None:
    with (ROOT / "translations" / "ko.po").open("rb") as file:
        catalogue = read_po(file, locale="ko")
    for message in catalogue:
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            for text in _texts(message.string):
                assert _places(text) <= set().union(*map(_places, ids)), message.id


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def _places(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}


@pytest.mark.parametrize(
    ("amount", "korean", "english"),
    [
        (0, "0원", "₩0"),
        (5_000, "5,000원", "₩5,000"),
        (10_000, "1만 원", "₩10,000"),
        (12_345, "1만 2,345원", "₩12,345"),
        (320_000_000, "3억 2,000만 원", "₩320 million"),
        (2_100_000_000, "21억 원", "₩2.1 billion"),
        (-70_000_000, "-7,000만 원", "-₩70 million"),
    ],
)
def test_money_is_said_as_people_say_it(amount: int, korean: str, english: str) -> None:
    assert (won(amount, "ko"), won(amount, "en")) == (korean, english)


@pytest.mark.parametrize(
    ("marked", "resolved"),
    [
        ("마당은(는)", "마당은"),
        ("서울이(가)", "서울이"),
        ("회사을(를)", "회사를"),
        ("서울(으)로", "서울로"),
        ("부산(으)로", "부산으로"),
        ("‘공고’을(를)", "‘공고’를"),
        ("한빛(주)과(와)", "한빛(주)와"),
        ("3을(를)", "3을"),
        ("2이(가)", "2가"),
        ("KAIST은(는)", "KAIST는"),
        ("SAM이(가)", "SAM이"),
        ("Vision이(가)", "Vision이"),
        ("Center은(는)", "Center는"),
        ("Engineering과(와)", "Engineering과"),
        ("Google(으)로", "Google로"),
        ("Lab을(를)", "Lab을"),
        ("Note을(를)", "Note를"),
        ("한빛.은(는)", "한빛.은"),
        ('<span lang="en">Data Hub</span>이(가)', '<span lang="en">Data Hub</span>이'),
        ("<bdi>שלום</bdi>이(가)", "<bdi>שלום</bdi>가"),
    ],
)
def test_particles_fit_the_word_before_them(marked: str, resolved: str) -> None:
    assert josa.resolve(marked) == resolved


def test_times_are_shown_in_seoul() -> None:
    clock = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)
    korean, english = (Times(language, lambda: clock, "Asia/Seoul") for language in ("ko", "en"))
    assert korean.moment("2026-03-25T09:00:00Z") == "3월 25일 (수) 18:00"
    assert english.moment("2026-03-25T09:00:00Z") == "Wed 25 Mar, 18:00"
    assert english.day("2026-03-25T16:00:00Z") == "Thu 26 Mar"
    assert korean.day("2027-01-02") == "2027년 1월 2일 (토)"
    assert (korean.date("2022-06-14"), english.date("2022-06-14")) == ("2022. 6. 14.", "14 Jun 2022")
    assert (korean.since("2026-03-15T22:30:00Z"), english.since("2026-03-15T23:29:00Z")) == ("2시간 전", "1 hour ago")
    assert english.since("2026-03-16T00:31:00Z") == "just now"
    assert korean.ago("2026-03-15T22:30:00Z") == (
        '<time datetime="2026-03-15T22:30:00Z" title="3월 16일 (월) 07:30">2시간 전</time>'
    )


def test_english_pages_start_with_en() -> None:
    assert Links("ko").to("/") == "/"
    assert Links("en").to("/") == "/en"
    assert Links("en").to("/calls", {"q": "a b", "kind": ["A", "B"], "after": None}) == "/en/calls?q=a+b&kind=A&kind=B"
    assert Links("ko").other("/calls/x") == "/en/calls/x"
    assert [split_language(path) for path in ("/en", "/en/calls", "/energy", "/")] == [
        ("en", "/"),
        ("en", "/calls"),
        ("ko", "/energy"),
        ("ko", "/"),
    ]


def test_text_of_the_other_language_is_marked_and_escaped() -> None:
    assert mixed("한결 <b>", "en") == '<span lang="ko">한결</span> &lt;b&gt;'
    assert mixed("AI Lab", "ko") == '<span lang="en">AI Lab</span>'
    assert mixed("AI 연구실", "ko") == "AI 연구실"
    assert mixed("2026", "ko") == "2026"


def test_runs_of_the_other_language_are_marked_inside_a_sentence() -> None:
    assert mixed("Shares 비전 AI and 금형 (2곳), 2026", "en") == (
        'Shares <span lang="ko">비전</span> AI and <span lang="ko">금형 (2곳</span>), 2026'
    )
    assert mixed("새마루비전 (Saemaru Vision Co.) & AI", "ko") == (
        '새마루비전 (<span lang="en">Saemaru Vision Co.</span>) &amp; AI'
    )


def test_names_in_right_to_left_scripts_are_isolated() -> None:
    assert mixed("חברה", "ko") == "<bdi>חברה</bdi>"
    assert mixed("شركة Lab", "en") == "<bdi>شركة Lab</bdi>"


def test_sentences_escape_what_is_put_into_them() -> None:
    korean = load_wording("ko")
    assert korean.say("“%(name)s” is hidden.", name="<b>공고</b>") == "‘&lt;b&gt;공고&lt;/b&gt;’를 숨겼습니다."
