"""Korean as it should be: particles that fit the names before them, one tone of voice, the field's own terms."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import madang_frontend
import pytest
from babel.messages.pofile import read_po
from madang_frontend import load_wording
from madang_frontend.terms import TERMS

from tests.frontend.test_pages import PAGES, rendered

ROOT = Path(madang_frontend.__file__).parent
README = ROOT.parent / "README.md"
# A name, and the particles that may stand right behind it.
_AFTER_VOWEL = ["는", "가", "를", "와", "로", "라", "나"]
_AFTER_LIEUL = ["은", "이", "을", "과", "로", "이라", "이나"]
_AFTER_OTHER = ["은", "이", "을", "과", "으로", "이라", "이나"]
NAMES = {
    "가람나무": _AFTER_VOWEL,
    "가람벌": _AFTER_LIEUL,
    "가람숲": _AFTER_OTHER,
    "가람2": _AFTER_VOWEL,
    "가람8": _AFTER_LIEUL,
    "가람3": _AFTER_OTHER,
    "가람AI": _AFTER_VOWEL,
    "Garam Vision": _AFTER_OTHER,
    "가람(주)": _AFTER_VOWEL,
    "가람R&D": _AFTER_VOWEL,
}
_PARTICLES = "은|는|이|가|을|를|과|와|으로|로|이라|라|이나|나"
_UNRESOLVED = ("은(는)", "이(가)", "을(를)", "과(와)", "(으)로", "(이)라", "(이)나")
# Nouns that end in 요.
_NOUNS = ("필요", "수요", "개요", "중요", "주요", "소요")


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)))


def translations() -> list[tuple[str, str]]:
    with (ROOT / "translations" / "ko.po").open("rb") as file:
        catalogue = read_po(file, locale="ko")
    return [
        (message.id if isinstance(message.id, str) else message.id[0], text)
        for message in catalogue
        if message.id
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    ]


@pytest.mark.parametrize("word", list(NAMES))
def test_no_page_puts_a_wrong_or_unresolved_particle_behind_a_name(word: str, make_answer: Any) -> None:
    for name, page in PAGES.items():
        shown = words_of(rendered(page, "ko", make_answer(page.document, text=word), q=word))
        assert not [mark for mark in _UNRESOLVED if mark in shown], name
        behind = re.findall(rf"{re.escape(word)}[’”\"')\]]*({_PARTICLES})(?=[\s.,?!]|$)", shown)
        assert set(behind) <= set(NAMES[word]), (name, behind)


def test_no_translation_has_a_fixed_particle_behind_what_is_put_in() -> None:
    fixed = re.compile(r"%\(\w+\)s[’”\"')\]]*(?:은|는|이|가|을|를|과|와|으로|로|이라|라)(?=[\s.,]|$)")
    assert [text for _, text in translations() if fixed.search(text)] == []


@pytest.mark.parametrize(("message", "text"), translations())
def test_statements_are_formal_and_only_questions_and_hints_are_friendly(message: str, text: str) -> None:
    # What a person would say themselves, as an example, is in that person's voice.
    if message.startswith(("We ", "I ", "For example: ")):
        return
    for sentence in re.findall(r"[^.?!:]+[.?!:]?", text):
        said = sentence.strip().strip("‘’“”")
        if re.search(r"다\.?$", said):
            assert re.search(r"니다\.?$", said), said
        if re.search(r"요[.!]?$", said) and not said.rstrip(".!").endswith(_NOUNS):
            assert re.search(r"세요[.!]?$", said), said


def _table(heading: str) -> list[list[str]]:
    section = README.read_text("utf-8").split(f"### {heading}\n", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]
    rows = [line.strip().strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_glossary_says_what_the_pages_say() -> None:
    korean = load_wording("ko")
    wrong = {
        english: spoken
        for spoken, english, _ in _table("Terms")
        if str(korean.say(english)).removesuffix(".") != spoken
    }
    assert wrong == {}


def test_the_glossary_holds_every_word_of_the_closed_lists() -> None:
    korean = load_wording("ko")
    shown = {row[0]: row[1] for row in _table("Closed lists")}
    made = {
        group: " · ".join(f"{korean.say(english)} {english}" for english in words.values())
        for group, words in TERMS.items()
        if group in shown
    }
    assert shown == made
    assert {"verdict", "rule verdict", "rule", "call state", "organisation kind", "introduction state"} <= set(shown)


# Places that hold text alone, so that nothing beside a name can be turned around; and what a source says in Korean.
_ALONE = re.compile(
    r"<(title|tspan|option|textarea|bdi|script|style|template)\b.*?</\1>"
    "|\u2068[^\u2069]*\u2069"
    r'|<span lang="ko">[^<]*</span>|<span class="unseen">.*?</span>'
    r"|<dd>(?:<a [^>]*>)?[^<]*(?:</a>)?</dd>"
    r"|<[^>]+>",
    re.DOTALL,
)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_names_in_right_to_left_scripts_are_isolated_on_every_page(name: str, language: str, make_answer: Any) -> None:
    page = rendered(PAGES[name], language, make_answer(PAGES[name].document, text="חברה"), q="חברה")
    bare = _ALONE.sub("", page)
    assert [line.strip() for line in bare.splitlines() if "חברה" in line] == []


@pytest.mark.parametrize(("language", "word", "other"), [("ko", "Harbour Light", "en"), ("en", "가람나무", "ko")])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_headings_links_and_ledes_mark_names_of_the_other_language(
    name: str, language: str, word: str, other: str, make_answer: Any
) -> None:
    page = rendered(PAGES[name], language, make_answer(PAGES[name].document, text=word), q="zz")
    marked = re.compile(
        rf'<(span|a|strong)[^>]* lang="{other}"[^>]*>.*?</\1>|<(desc|title|option)>.*?</\2>'
        r'|<span class="unseen">.*?</span>|<[^>]+>',
        re.DOTALL,
    )
    read = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    parts = re.findall(r'<(h[1-3]|a|p class="lede")\b[^>]*>(.*?)</(?:h[1-3]|a|p)>', read, re.DOTALL)
    assert [text for _, text in parts if word in marked.sub("", text)] == []
