"""When calls take applications: the days, and the months of the year in which a programme usually does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from madang_matching.eligibility.dates import day_of, days_later, seoul_day
from madang_matching.records import Call

YEAR_DAYS = 365
"""How far an open end reaches from today, and from the first day where that lies ahead."""
_ALL_MONTHS = frozenset(range(1, 13))


class Window(NamedTuple):
    """The days in Seoul on which a call takes applications, both ends included."""

    first: date
    last: date
    open_ended: bool = False
    """True: no last day is set, and `last` is as far as one looks."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def common(self, other: Window) -> Window | None:
        """Return the days in both; None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Window(first, last, self.open_ended and other.open_ended) if first <= last else None


def window_of(call: Call, today: date) -> Window | None:
    """Return the window of a call; None: its days are not known.

    Without an opening day that of the notice counts, else the closing day alone. A call without a closing day counts
    only where it is rolling; its end is then `YEAR_DAYS` from today, or from its first day where that lies ahead.
    """
    first = seoul_day(call.opens_at) or day_of(call.noticed_on)
    last = seoul_day(call.closes_at)
    if last is not None:
        return Window(min(first or last, last), last)
    if not call.rolling or first is None:
        return None
    return Window(first, days_later(max(first, today), YEAR_DAYS), open_ended=True)


def months_of(windows: Iterable[Window]) -> frozenset[int]:
    """Return the calendar months, 1 to 12, that windows touch, of whatever year."""
    months: set[int] = set()
    for window in windows:
        span = (window.last.year - window.first.year) * 12 + window.last.month - window.first.month
        if window.open_ended or span >= 11:
            return _ALL_MONTHS
        months |= {(window.first.month - 1 + step) % 12 + 1 for step in range(span + 1)}
    return frozenset(months)
