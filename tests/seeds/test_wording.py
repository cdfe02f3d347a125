"""Sentences of the invented organisations keep to Korean grammar."""

from __future__ import annotations

from datetime import date

import pytest
from madang_seeds.seoul.firms.wording import fill, particle, with_years, year_slot


@pytest.mark.parametrize(
    ("word", "wanted", "form"),
    [
        ("장비", "을", "를"),
        ("공장", "을", "을"),
        ("서울", "으로", "로"),
        ("센터", "으로", "로"),
        ("공장", "으로", "으로"),
        ("병원", "에", "에"),
        ("판매자", "에", "에게"),
        ("전사 시스템(ERP)", "을", "를"),
        ("제조사", "이며", "며"),
    ],
)
def test_particles_agree_with_the_word_before_them(word: str, wanted: str, form: str) -> None:
    assert particle(word, wanted) == form


def test_templates_are_filled_with_particles_and_a_capital() -> None:
    assert fill("{product|으로} {n}곳을 돕습니다", {"product": "로봇", "n": 3}) == "로봇으로 3곳을 돕습니다"
    assert fill("{product} in {gu}", {"product": "robots", "gu": "Jung-gu"}) == "Robots in Jung-gu"


def test_years_are_counted_back_from_the_day_of_loading() -> None:
    assert with_years(f"{year_slot(400)}년", date(2026, 11, 24)) == "2025년"
