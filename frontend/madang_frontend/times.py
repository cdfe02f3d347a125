"""Dates and instants as people read them, in the district's zone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

_WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY = re.compile(r"(\d{4})(?:[-./]|년)(\d{1,2})(?:[-./]|월)(\d{1,2})(?:\.|일)?")


def read_day(text: str) -> str:
    """Return the ISO date of a day typed as year, month and day: with dashes, points, strokes, Korean words, or in
    eight digits.

    Raises: ValueError: no such day.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    found = _EIGHT.fullmatch(plain) or _DAY.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3])).isoformat()


@dataclass(frozen=True, slots=True)
class Times:
    """Formats ISO text (`2026-03-25T09:00:00Z`, `2022-06-14`) for one language and zone."""

    language: str
    clock: Callable[[], datetime]
    zone: str

    def moment(self, instant: str) -> str:
        """Return day, weekday and time: 3월 25일 (목) 18:00, or Thu 25 Mar, 18:00."""
        local = self._local(instant)
        joint = " " if self.language == "ko" else ", "
        return f"{self._day(local.date())}{joint}{local:%H:%M}"

    def clock_time(self, instant: str) -> str:
        """Return the time of an instant: 18:00."""
        return f"{self._local(instant):%H:%M}"

    def day(self, value: str) -> str:
        """Return day and weekday: 3월 25일 (목), or Thu 25 Mar; with the year unless it is this one."""
        return self._day(self._date(value))

    def date(self, value: str) -> str:
        """Return the full date of a date or instant: 2022. 6. 14., or 14 Jun 2022."""
        day = self._date(value)
        if self.language == "ko":
            return f"{day.year}. {day.month}. {day.day}."
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def stamp(self, instant: str) -> str:
        """Return date and time as spreadsheets read them: 2026-03-25 18:00."""
        return f"{self._local(instant):%Y-%m-%d %H:%M}"

    def understood(self, text: str) -> str:
        """Return the full date that a typed day is read as; empty when it is none."""
        try:
            return self.date(read_day(text))
        except ValueError:
            return ""

    def ago(self, instant: str) -> Markup:
        """Return how long ago an instant was, as `time` that gives the moment itself to machines and on pointing."""
        shown = self.since(instant)
        return Markup('<time datetime="{}" title="{}">{}</time>').format(instant, self.moment(instant), shown)

    def since(self, instant: str) -> str:
        """Return how long ago an instant was, in the largest whole unit."""
        seconds = max(0, int((self.clock() - self._local(instant)).total_seconds()))
        for size, ko, en in ((86400, "일", "day"), (3600, "시간", "hour"), (60, "분", "minute")):
            count = seconds // size
            if count:
                return f"{count:,}{ko} 전" if self.language == "ko" else f"{count:,} {en}{'s' * (count != 1)} ago"
        return "방금" if self.language == "ko" else "just now"

    def _day(self, day: date) -> str:
        weekday = _WEEKDAYS[self.language][day.weekday()]
        this_year = self.clock().astimezone(ZoneInfo(self.zone)).year
        if self.language == "ko":
            year = "" if day.year == this_year else f"{day.year}년 "
            return f"{year}{day.month}월 {day.day}일 ({weekday})"
        year = "" if day.year == this_year else f" {day.year}"
        return f"{weekday} {day.day} {_MONTHS[day.month - 1]}{year}"

    def _local(self, instant: str) -> datetime:
        return datetime.fromisoformat(instant).astimezone(ZoneInfo(self.zone))

    def _date(self, value: str) -> date:
        return self._local(value).date() if "T" in value else date.fromisoformat(value)
