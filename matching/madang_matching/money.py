"""Amounts of won as people say them."""

from __future__ import annotations

from functools import lru_cache

_KOREAN = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
_ENGLISH = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


@lru_cache(maxsize=4096)
def won_words(amount: int) -> tuple[str, str]:
    """Return whole won of zero or more in Korean and English: 320000000 is "3억 2,000만 원" and "₩320 million".

    English is rounded to two digits after the point from a million on.
    """
    return _korean(amount), _english(amount)


def _korean(amount: int) -> str:
    rest, parts = amount, list[str]()
    for size, word in _KOREAN:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{word}")
    if rest or not parts:
        return " ".join([*parts, f"{rest:,}원"])
    return " ".join(parts) + " 원"


def _english(amount: int) -> str:
    for size, word in _ENGLISH:
        if amount >= size:
            return f"₩{amount / size:,.2f}".rstrip("0").rstrip(".") + f" {word}"
    return f"₩{amount:,}"
