"""Amounts of won in words."""

from __future__ import annotations

import pytest
from madang_matching.money import won_words


@pytest.mark.parametrize(
    ("amount", "korean", "english"),
    [
        (0, "0원", "₩0"),
        (9_999, "9,999원", "₩9,999"),
        (10_000, "1만 원", "₩10,000"),
        (12_345, "1만 2,345원", "₩12,345"),
        (320_000_000, "3억 2,000만 원", "₩320 million"),
        (150_500_000, "1억 5,050만 원", "₩150.5 million"),
        (2_100_000_000, "21억 원", "₩2.1 billion"),
        (1_000_000_000_000, "1조 원", "₩1 trillion"),
    ],
)
def test_amounts_are_said_as_people_say_them(amount: int, korean: str, english: str) -> None:
    assert won_words(amount) == (korean, english)
