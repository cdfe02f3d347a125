"""Days on which conditions are counted: Seoul dates, reference days, anniversaries."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from madang_matching.records import Call

SEOUL = timezone(timedelta(hours=9), "KST")
"""Korea has had no summer time since 1988, so a fixed offset is exact and needs no zone data."""

Reference: TypeAlias = Literal["notice", "opening", "closing", "application", "contract", "unknown"]

REFERENCES: tuple[Reference, ...] = ("notice", "opening", "closing", "application", "contract", "unknown")
REFERENCE_WORDS: dict[Reference, tuple[str, str]] = {
    "notice": ("공고일 기준", "on the day of the notice"),
    "opening": ("접수 시작일 기준", "on the day applications open"),
    "closing": ("접수 마감일 기준", "on the day applications close"),
    "application": ("신청일 기준", "on the day of applying"),
    "contract": ("협약일 기준", "on the day of the contract"),
    "unknown": ("기준일은 공고문에서 확인", "for the reference day see the notice"),
}
_SHORTEST_MONTH = 28
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> tuple[str, str]:
    """Return a day as people write it: "2026. 12. 11." and "11 Dec 2026"."""
    return f"{day.year}. {day.month}. {day.day}.", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_said(day: date) -> tuple[str, str]:
    """Return a day as it stands in a sentence: "2026년 12월 11일" and "11 Dec 2026"."""
    return f"{day.year}년 {day.month}월 {day.day}일", day_words(day)[1]


def day_of(text: str | None) -> date | None:
    """Read YYYY-MM-DD; None when missing or not a date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def instant_of(text: str | None) -> datetime | None:
    """Read YYYY-MM-DDTHH:MM:SSZ; None when missing, not an instant, or without a zone."""
    try:
        instant = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo is not None else None


def seoul_day(text: str | None) -> date | None:
    """Return the day in Seoul of an instant; None when it cannot be read."""
    instant = instant_of(text)
    try:
        return instant.astimezone(SEOUL).date() if instant else None
    except OverflowError:
        return None


@lru_cache(maxsize=32_768)
def months_later(day: date, months: int) -> date:
    """Return the day `months` later; a day that the month lacks becomes its last day.

    Source: Korean Civil Act, article 160(3). So 29 February plus one year is 28 February.
    A day beyond the calendar becomes its first or last day.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    last = day.day if day.day <= _SHORTEST_MONTH else calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def whole_months(start: date, end: date) -> int:
    """Return how many whole months have passed from `start` to `end`; negative when `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if months_later(start, months) > end else months


def days_later(day: date, days: int) -> date:
    """Return the day `days` later; beyond the calendar its first or last day."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def first_start(reference: date, months: int) -> date:
    """Return the first day whose `months` later is `reference` or after: who starts then or later reaches it in time.

    The last day of the calendar where no day is late enough.
    """
    day = days_later(months_later(reference, -months), -4)
    while months_later(day, months) < reference and day < date.max:
        day = days_later(day, 1)
    return day


def first_start_beyond(reference: date, months: int) -> int:
    """Return the first day, as an ordinal, whose `months` later is after `reference`; after the calendar where none."""
    last = date.max.toordinal()
    return last + 1 if reference == date.max else first_start(days_later(reference, 1), months).toordinal()


def age_on(born: date, day: date) -> int:
    """Return the age in whole years (만 나이); negative before birth.

    Who was born on 29 February grows older on 1 March where the year has no such day: the day of birth counts, so the
    year ends with 28 February. Source: Korean Civil Act, articles 158 and 160.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def latest_birth(reference: date, years: int) -> int:
    """Return the last day, as an ordinal, on which one was born who is so many whole years old by then, or older.

    0, a day before the calendar, where nobody is.
    """
    early = years >= reference.year
    return 0 if early else months_later(reference, -12 * years).toordinal()


def birthday(born: date, years: int) -> date:
    """Return the day on which one becomes `years` old; beyond the calendar its last day."""
    year = born.year + years
    if year > date.max.year:
        return date.max
    leap_day = (born.month, born.day) == (2, 29) and not calendar.isleap(year)
    return date(year, 3, 1) if leap_day else date(year, born.month, born.day)


class Dates(NamedTuple):
    """The days of one call, and the day considered; all days are Seoul days."""

    today: date
    """The day on which one applies."""
    notice: date | None
    opening: date | None
    closing: date | None
    contract: date | None = None

    def at(self, reference: Reference) -> date | None:
        """Return the reference day; None when it is not known. That of a contract then lies ahead."""
        if reference == "notice":
            return self.notice
        if reference == "opening":
            return self.opening
        if reference == "closing":
            return self.closing
        if reference == "contract":
            return self.contract
        return self.today if reference == "application" else None


def dates_of(call: Call, today: date) -> Dates:
    """Return the days of `call`."""
    return _dates(today, call.noticed_on, call.opens_at, call.closes_at, call.contract_on)


@lru_cache(maxsize=8192)
def _dates(
    today: date, noticed_on: str | None, opens_at: str | None, closes_at: str | None, contract_on: str | None
) -> Dates:
    """Calls are looked at again and again, so their days are read once."""
    return Dates(today, day_of(noticed_on), seoul_day(opens_at), seoul_day(closes_at), day_of(contract_on))
