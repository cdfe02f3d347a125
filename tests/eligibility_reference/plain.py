"""Three values, days and figures of the slow reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Maybe: TypeAlias = "bool | None"
Day: TypeAlias = tuple[int, int, int]
Facts: TypeAlias = Mapping[str, Any]
Days: TypeAlias = "Mapping[str, Day | None]"


def both(values: Iterable[Maybe]) -> Maybe:
    """One False makes it False, else one None makes it None."""
    found = list(values)
    if False in found:
        return False
    return None if None in found else True


def either(values: Iterable[Maybe]) -> Maybe:
    """One True makes it True, else one None makes it None."""
    found = list(values)
    if True in found:
        return True
    return None if None in found else False


def opposite(value: Maybe) -> Maybe:
    """None stays None."""
    return None if value is None else not value


def day(text: object) -> Day | None:
    """Read YYYY-MM-DD."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text) if isinstance(text, str) else None
    if not found:
        return None
    year, month, number = (int(part) for part in found.groups())
    return (year, month, number) if year and 1 <= month <= 12 and 1 <= number <= last_of(year, month) else None


def last_of(year: int, month: int) -> int:
    """Return the number of days of a month."""
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def plus_months(start: Day, months: int) -> Day:
    """Count month by month; a day that the month lacks is its last."""
    year, month, number = start
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return year, month, min(number, last_of(year, month))


def seoul(instant: object) -> Day | None:
    """Return the day in Seoul of YYYY-MM-DDTHH:MM:SSZ: nine hours later than in Greenwich."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d):\d\d:\d\dZ", instant) if isinstance(instant, str) else None
    there = day(found.group(1)) if found else None
    if not found or there is None:
        return None
    if int(found.group(2)) + 9 < 24:
        return there
    year, month, number = there
    if number < last_of(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def amount(facts: Facts, name: str) -> float | None:
    """A negative number is a mistake and says nothing."""
    value = facts.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None


def flag(facts: Facts, name: str) -> Maybe:
    """Yes, no, or not said."""
    value = facts.get(name)
    return value if isinstance(value, bool) else None


def limits(value: float | None, low: Any, high: Any, bound: str) -> Maybe:
    """Compare with both limits; the bound says whether the limit itself is allowed."""
    if value is None:
        return None
    allowed = [value] if bound == "inclusive" else []
    return (low is None or value > low or low in allowed) and (high is None or value < high or high in allowed)


def begins(mine: str, code: str) -> Maybe:
    """Mine lies under the code; a coarser one may or may not."""
    if mine.startswith(code):
        return True
    return None if code.startswith(mine) else False
