"""Amounts of won as people say them."""


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
