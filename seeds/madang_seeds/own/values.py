"""Words of a cell read as numbers, dates and kinds; a value that cannot be read raises ValueError with the reason."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

_UNITS = {"조": 10**12, "억": 10**8, "천만": 10**7, "백만": 10**6, "만": 10**4, "천": 10**3, "백": 100}
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(조|억|천만|백만|만|천|백)?")
_TAIL = re.compile(r"(?:원|명|인|개|krw|won|₩|\\)$", re.IGNORECASE)
_DATE = re.compile(
    r"(?P<year>\d{4})(?:\s*[-./년]\s*(?P<month>\d{1,2})(?:\s*[-./월]\s*(?P<day>\d{1,2})\s*[일.]?|\s*월)?|\s*년)?"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_KINDS = {
    "startup": "startup 스타트업 창업기업 벤처기업 벤처 예비창업자",
    "sme": "sme 중소기업 중소 소기업 소상공인 소공인",
    "corporate": "corporate 대기업 중견기업 중견 기업",
    "research": "research 연구기관 연구소 대학 대학교 연구원",
    "public_body": "public_body public 공공기관 지자체 공공 정부",
    "investor": "investor 투자사 투자기관 벤처캐피탈 vc 액셀러레이터",
    "civic": "civic 비영리 시민단체 협동조합 사회적기업 단체",
}
_KIND_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def plain(text: str) -> str:
    """Return the text in NFKC without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def whole_number(text: str, factor: int = 1) -> int:
    """Read `1,200`, `3억`, `1억 2천만원`, `2.5억`, `30명`.

    Args:   factor: unit of the column, 1 000 000 for a column in millions.
    Raises: ValueError.
    """
    words = plain(text).replace(",", "").replace("_", "")
    negative = words.startswith(("-", "△", "▲"))
    words = _TAIL.sub("", words.lstrip("-△▲₩ ")).strip()
    found = list(_AMOUNT.finditer(words))
    if not found or "".join(match[0] for match in found).replace(" ", "") != words.replace(" ", ""):
        raise ValueError("is not a number")
    if len(found) > 1 and any(match[2] is None for match in found):
        raise ValueError("is not a number")
    try:
        amount = sum(Decimal(match[1]) * _UNITS.get(match[2] or "", 1) for match in found)
    except InvalidOperation as error:
        raise ValueError("is not a number") from error
    amount *= 1 if any(match[2] for match in found) else factor  # a unit in the cell goes before the column's
    if amount != int(amount):
        raise ValueError("is not a whole number")
    return -int(amount) if negative else int(amount)


def iso_date(text: str) -> str:
    """Read `2020-01-02`, `2020.1.2`, `2020/1/2`, `2020년 1월 2일`, `20200102`, `2020-01`, `2020`.

    Returns: YYYY-MM-DD; the first day of the month or year that is all the text gives.
    Raises:  ValueError: no date, or none of the calendar.
    """
    words = plain(text)
    match = _COMPACT.fullmatch(words)
    if match:
        parts = (match[1], match[2], match[3])
    else:
        match = _DATE.fullmatch(words)
        if match is None:
            raise ValueError("is not a date; write it as 2020-01-02")
        parts = (match["year"], match["month"] or "1", match["day"] or "1")
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except ValueError as error:
        raise ValueError("is no day of the calendar") from error


def organisation_kind(text: str) -> str:
    """Read a word for a kind of organisation, Korean or English. Raises ValueError."""
    word = plain(text).casefold().replace(" ", "")
    if word not in _KIND_BY_WORD:
        raise ValueError(f"is no kind of organisation; there are {', '.join(_KINDS)}")
    return _KIND_BY_WORD[word]


def homepage(text: str) -> str:
    """Return the address with its scheme. Raises ValueError."""
    words = plain(text)
    address = words if "://" in words else f"https://{words}"
    if not re.fullmatch(r"https?://[^\s/$.?#][^\s]*\.[^\s]*", address):
        raise ValueError("is not a web address")
    return address


def items(text: str) -> list[str]:
    """Return the parts of a list in one cell, separated by comma, semicolon, bar or slash."""
    return [part.strip() for part in re.split(r"[,;|/、·]", plain(text)) if part.strip()]
