"""Pages and sentences of the matching say an amount alike, although neither package knows the other."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis.strategies import integers
from madang_frontend.money import won
from madang_matching.money import won_words


@given(integers(0, 2**53))
@example(0)
@example(999_999)
@example(999_995_000)
@example(10**12)
def test_an_amount_is_said_alike_on_pages_and_in_sentences(amount: int) -> None:
    assert won_words(amount) == (won(amount, "ko"), won(amount, "en"))
