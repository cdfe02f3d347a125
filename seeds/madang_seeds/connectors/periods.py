"""When one may apply, read from the free text of a notice: days, hours, until the money is used, at any time.

What cannot be read is not known: it is never taken for a day, and so never for closed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

_SEOUL = timezone(timedelta(hours=9))
_OPENING, _CLOSING = time(9), time(18)
"""Hours that count where a notice states none."""
_LONGEST_OVER_NEW_YEAR = timedelta(days=183)

_DAY = re.compile(r"(?<!\d)(\d{4})(?:\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})|(\d{2})(\d{2}))(?!\d)")
_TOKEN = re.compile(
    rf"(?P<day>{_DAY.pattern})"
    r"|(?P<near>(?<![\d.])(\d{2})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})(?!\d))"
    r"|(?P<hour>(오전|오후)?\s*(?<!\d)(\d{1,2})\s*(?::\s*(\d{2})|시(?:\s*(\d{1,2})\s*분)?))"
    r"|(?P<short>(?<![\d.])(\d{1,2})\s*[./월]\s*(\d{1,2})(?![\d억만천배%]))"
    r"|(?P<span>[~∼〜–—]|부터|(?<=[\s\d.)])-(?=[\s\d]))"
    r"|(?P<end>까지|마감)"
)
_NOT = r"(?!\s*(?:와|과)?\s*(?:은|는|이|가)?\s*(?:아님|아닙|아니|아닌|무관|관계\s*없|상관\s*없))"
_MONEY = r"(?:예산|자금|재원|사업비|지원금|보조금|융자금|기금|한도액?|물량|배정액)(?:의|이|을)?\s*(?:조기\s*)?"
_ENGLISH = (
    r"until\s+(?:the\s+)?(?:funds?|budget|funding)\s+(?:is|are|has\s+been|have\s+been)\s+(?:exhausted|used|spent)"
)
_FUNDS = re.compile(rf"(?:{_MONEY}소진|소진\s*시|선착순|{_ENGLISH}){_NOT}", re.IGNORECASE)
_FUNDS_IN_PROSE = re.compile(
    rf"(?:{_MONEY}소진(?:\s*시|\s*때)?\s*(?:까지|조기|마감|종료)(?!\s*지급)|선착순\s*(?:으로\s*)?(?:접수|마감|모집|신청)|{_ENGLISH})"
    rf"{_NOT}",
    re.IGNORECASE,
)
_ANY_TIME = re.compile(rf"(?:상시(?!\s*(?:근로|종업|고용|직원|인력))|수시|연중|rolling){_NOT}", re.IGNORECASE)
_ANY_TIME_IN_PROSE = re.compile(
    rf"(?:(?:상시|수시|연중)\s*(?:로\s*)?(?:접수|모집|신청)|on\s+a\s+rolling\s+basis){_NOT}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """When one may apply: days in Seoul, YYYY-MM-DD, with hours there, HH:MM:SS, where the notice states them."""

    opens_on: str | None = None
    closes_on: str | None = None
    rolling: bool = False
    """There is no last day: at any time, or until the money is used."""
    until_funds: bool = False
    """Until the money is used; with a last day, it may be used before."""
    opens_time: str | None = None
    closes_time: str | None = None

    def opens_at(self) -> str | None:
        """Return the first moment in UTC; 09:00 in Seoul where no hour is stated."""
        return _instant(self.opens_on, self.opens_time, _OPENING)

    def closes_at(self) -> str | None:
        """Return the last moment in UTC; 18:00 in Seoul where no hour is stated."""
        return _instant(self.closes_on, self.closes_time, _CLOSING)

    def told_in(self, *texts: str) -> Period:
        """Return the period with what running text says of the money and of taking applications at any time."""
        until_funds = self.until_funds or any(map(_FUNDS_IN_PROSE.search, texts))
        rolling = self.rolling or until_funds or any(map(_ANY_TIME_IN_PROSE.search, texts))
        rolling = rolling and self.closes_on is None
        if (rolling, until_funds) == (self.rolling, self.until_funds):
            return self
        return replace(self, rolling=rolling, until_funds=until_funds)


@lru_cache(maxsize=4096)
def _instant(day: str | None, hour: str | None, usual: time) -> str | None:
    if day is None:
        return None
    local = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour) if hour else usual, _SEOUL)
    return local.astimezone(UTC).isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def compact_day(text: str) -> str | None:
    """Read YYYYMMDD, or a day with separators. None when there is none. Raises ValueError."""
    words = unicodedata.normalize("NFKC", text).strip()
    if not words:
        return None
    match = _DAY.match(words)
    if match is None:
        raise ValueError("is not a day; YYYYMMDD is")
    return _calendar(match[1], match[2] or match[4], match[3] or match[5]).isoformat()


def free_period(text: str) -> Period:
    """Read `20260101 ~ 20260131`, `2026.1.1.~1.31 18:00`, `예산 소진시까지`, `상시 접수`; what says no day has none.

    Of several periods the widest counts. A day that neither begins nor ends a period says nothing.
    Raises: ValueError: a day that is not in the calendar.
    """
    words = unicodedata.normalize("NFKC", text).strip()
    opens, closes = _edges(_read(words))
    until_funds = _FUNDS.search(words) is not None
    rolling = closes is None and (until_funds or _ANY_TIME.search(words) is not None)
    first, last = opens or _Moment(None), closes or _Moment(None)
    day_of = [each.day.isoformat() if each.day else None for each in (first, last)]
    return Period(day_of[0], day_of[1], rolling, until_funds, first.hour, last.hour)


@dataclass(slots=True)
class _Moment:
    """A day that the text names, and what stands around it."""

    day: date | None
    hour: str | None = None
    begins: bool = False
    ends: bool = False


def _read(words: str) -> list[_Moment]:
    """Return the days in their order. A span makes the day before it a beginning, the one after it an end."""
    found: list[_Moment] = []
    after_span = False
    for match in _TOKEN.finditer(words):
        last = found[-1] if found else None
        if match["span"]:
            after_span = match["span"] != "부터"
            if last and not last.ends:
                last.begins = True
        elif match["end"]:
            if last and not last.begins:
                last.ends = True
            after_span = last is None and match["end"] == "마감"
        elif match["hour"]:
            if last:
                last.hour = _hour(match) or last.hour
        elif day := _named_day(match, last):
            found.append(_Moment(day, ends=after_span))
            after_span = False
    return found


def _edges(found: Sequence[_Moment]) -> tuple[_Moment | None, _Moment | None]:
    starts = [each for each in found if each.begins]
    ends = [each for each in found if each.ends]
    first = min(starts, key=lambda each: str(each.day), default=None)
    last = max(ends, key=lambda each: str(each.day), default=None)
    still_open = bool(starts) and bool(ends) and max(str(each.day) for each in starts) > str(last and last.day)
    return first, (None if still_open and len(starts) > 1 else last)


def _named_day(match: re.Match[str], last: _Moment | None) -> date | None:
    """Return the day of a token; one without its year takes that of the day before it, or the next year's start."""
    if match["day"]:
        parts = _DAY.match(match["day"])
        return _calendar(parts[1], parts[2] or parts[4], parts[3] or parts[5]) if parts else None
    numbers = re.findall(r"\d+", match[0])
    if match["near"]:
        return _calendar(f"20{numbers[0]}", numbers[1], numbers[2])
    if last is None or last.day is None:
        return None
    day = _calendar(last.day.year, *numbers)
    if day >= last.day:
        return day
    following = _calendar(last.day.year + 1, *numbers)
    return following if following - last.day <= _LONGEST_OVER_NEW_YEAR else day


def _hour(match: re.Match[str]) -> str | None:
    """Return HH:MM:SS; the end of a day (24:00) is its last second; None for what is no hour of a day."""
    numbers = [int(number) for number in re.findall(r"\d+", match["hour"])]
    hours, minutes = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if "오후" in match["hour"] and hours < 12:
        hours += 12
    if (hours, minutes) == (24, 0):
        return "23:59:59"
    return f"{hours:02}:{minutes:02}:00" if hours < 24 and minutes < 60 else None


def _calendar(year: str | int, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError("is no day of the calendar") from error
