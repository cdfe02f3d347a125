"""Dates and instants as people read them, in the district's zone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
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


# The time of day after the day: 18:00, 18:00:59, 18시, 오후 6시 30분, 6pm.
_TIME = re.compile(
    r"(.+?)[\s,T]+(오전|오후)?\s*(\d{1,2})(?::(\d\d)(?::(\d\d))?|\s*시(?:\s*(\d{1,2})\s*분)?|(?=\s*[ap]m$))\s*([ap]m)?"
)


def read_moment(text: str, zone: str) -> str:
    """Return the UTC instant of a day and an hour typed as the clock of a zone shows them.

    Days as in `read_day`; 24:00 is the last second of the day, so that a call that closes then closes on that day.
    Raises: ValueError: no such day, or no hour.
    """
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip().lower().replace("t", "T"))
    if found is None:
        raise ValueError(text)
    day, before_noon, hours, minutes, seconds, said_minutes, suffix = found.groups()
    hour, minute, second = int(hours), int(minutes or said_minutes or 0), int(seconds or 0)
    half = before_noon or suffix
    if half is not None:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half in ("오후", "pm") else 0)
    if (hour, minute, second) == (24, 0, 0):
        hour, minute, second = 23, 59, 59
    local = datetime.fromisoformat(read_day(day)).replace(hour=hour, minute=minute, second=second)
    return (local.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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

    def typed(self, instant: str) -> str:
        """Return an instant as `read_moment` reads it again: 2026-03-25 18:00, with seconds where there are any."""
        local = self._local(instant)
        return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"

    def understood_moment(self, text: str) -> str:
        """Return the full date and the time that a typed moment is read as; empty when it is none."""
        try:
            local = self._local(read_moment(text, self.zone))
        except ValueError:
            return ""
        joint = " " if self.language == "ko" else ", "
        return f"{self.date(local.isoformat())}{joint}{local:%H:%M}"

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
