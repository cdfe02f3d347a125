"""Where values came from, as people read it."""

from __future__ import annotations

import pytest
from madang_frontend.origins import cited, origins
from madang_frontend.wording import load_wording


def said(text: str, language: str) -> str:
    return str(origins(text, load_wording(language), lambda day: f"<{day[-2:]}>"))


def test_keys_become_words_and_days_are_written_as_one_writes_them() -> None:
    assert said("self · 2026-11-30", "ko") == "기관이 직접 입력, &lt;30&gt;"
    assert said("demo · 2026-11-30", "en") == "Invented for the demo, &lt;30&gt;"


def test_a_title_stays_as_it_is_even_with_a_comma() -> None:
    found = said("자료 (1, 2) · 2026-01-05, self · 2026-02-07", "ko")
    assert found == "자료 (1, 2), &lt;05&gt;; 기관이 직접 입력, &lt;07&gt;"


@pytest.mark.parametrize("text", ["등록부", "a · b", "self", "self · 2026-11-30 and more"])
def test_what_has_no_day_is_shown_whole(text: str) -> None:
    assert said(text, "ko").replace('<span lang="en">', "").replace("</span>", "") == {"self": "기관이 직접 입력"}.get(
        text, text
    )


def test_places_in_the_web_become_links_and_words_do_not() -> None:
    note = str(cited("biz.heraldcorp.com/article/10661911; pm-njob.com (2026 혁신바우처); Yonhap via a.net", "ko"))
    assert '<a href="https://biz.heraldcorp.com/article/10661911" rel="noreferrer">' in note
    assert '<a href="https://pm-njob.com" rel="noreferrer">pm-njob.com</a> (2026 혁신바우처)' in note
    assert note.count("<a ") == 2


def test_a_note_cannot_bring_markup() -> None:
    note = str(cited('a.kr/x"onclick=<b>; <script>', "en"))
    assert 'x"onclick' not in note
    assert "<script" not in note
    assert "<b>" not in note
