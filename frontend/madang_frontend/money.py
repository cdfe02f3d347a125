"""Amounts of won as people say them, and as they type them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

_SIZES: Final = {
    "조": 10**12,
    "억": 10**8,
    "천만": 10**7,
    "백만": 10**6,
    "십만": 10**5,
    "만": 10**4,
    "천": 10**3,
    "trillion": 10**12,
    "tn": 10**12,
    "billion": 10**9,
    "bn": 10**9,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "thousand": 10**3,
    "k": 10**3,
    "": 1,
}
_CURRENCY = re.compile(r"^(?:₩|\\|krw)|(?:krw|원정?|won)$")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(조|억|천만|백만|십만|만|천|trillion|tn|billion|bn|million|mn|m|thousand|k|)")
# 2천 5백만 is 2,500만: thousands, hundreds and tens before the large unit that they count.
_COUNTED = re.compile(r"(?<![\d.])(?:(\d)천)?(?:(\d)백)?(?:(\d)십)?(\d)?(조|억|만)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class AmountError(ValueError):
    """The text is no amount of won."""


def read_won(text: str) -> int:
    """Return the whole won that a text means: "3억 2,000만", "3.2억", "₩320 million" and "320000000" are the same.

    Args: text: digits with or without thousands separated, Korean or English units from the largest to the smallest,
        each once; "원", "won", "KRW" and "₩" may stand beside. As people say it, 3억 2천 is 3억 2천만.
    Raises: AmountError: no amount, a fraction of one won, or units that do not go down.
    """
    plain = _plain(text)
    sign = -1 if plain.startswith("-") else 1
    plain = re.sub(r"(?<=억)(\d{1,4})천$", r"\1천만", _bare(plain.removeprefix("-")))
    plain = _COUNTED.sub(_in_figures, plain)
    total, place, smallest = Decimal(0), 0, 10**13
    while place < len(plain):
        found = _AMOUNT.match(plain, place)
        if found is None or _SIZES[found[2]] >= smallest or len(found[1]) > 20:
            raise AmountError(text)
        smallest = _SIZES[found[2]]
        total += Decimal(found[1]) * smallest
        place = found.end()
    if not plain or total != total.to_integral_value():
        raise AmountError(text)
    return sign * int(total)


def understood(text: str, language: str) -> str:
    """Return in words how a typed amount is read; empty when it is none, or too large to be kept."""
    try:
        amount = read_won(text)
    except AmountError:
        return ""
    return won(amount, language) if abs(amount) < 2**53 else ""


def _in_figures(found: re.Match[str]) -> str:
    *counts, unit = found.groups()
    if not any(counts):
        return found[0]
    return f"{sum(int(count or 0) * size for count, size in zip(counts, (1000, 100, 10, 1), strict=True))}{unit}"


def _bare(plain: str) -> str:
    return _CURRENCY.sub("", _CURRENCY.sub("", plain))


def _plain(text: str) -> str:
    """Full-width signs become plain ones; blanks and separators of thousands go, capitals become small."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    return _GROUPED.sub("", plain.replace("−", "-"))


def won(amount: int, language: str) -> str:
    """Return whole won in words: 320000000 is "3억 2,000만 원", or "₩320 million"."""
    return _korean(amount) if language == "ko" else _english(amount)


def _korean(amount: int) -> str:
    if amount == 0:
        return "0원"
    sign, rest, parts = ("-" if amount < 0 else ""), abs(amount), []
    for size, word in ((10**12, "조"), (10**8, "억"), (10**4, "만")):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{word}")
    if rest:
        parts.append(f"{rest:,}")
    return sign + " ".join(parts) + ("원" if rest else " 원")


def _english(amount: int) -> str:
    sign, rest = ("-" if amount < 0 else ""), abs(amount)
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if rest >= size:
            return f"{sign}₩{round(rest / size, 2):,.2f}".rstrip("0").rstrip(".") + f" {word}"
    return f"{sign}₩{rest:,}"
