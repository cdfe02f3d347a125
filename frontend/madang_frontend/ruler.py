"""The deadline ruler: six weeks in one line, a square for each call on the day it closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DAYS = 42
PITCH_PX = 24
"""Height of a square with its room: what a finger needs."""
_MOST = 5
_NEAR_TODAY = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A call's square."""

    left: float
    """Percent of the width."""
    up: int
    """0 stands on the line, 1 above it, and so on."""
    edge: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day of the line."""

    left: float
    day: str
    """ISO date of a Monday that is written out; empty: a small tick."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Squares, ticks, and how many squares the highest day has; `more` did not fit in."""

    marks: list[Mark]
    ticks: list[Tick]
    rows: int
    more: int
    today: str

    @property
    def line_px(self) -> int:
        """Height of the line below the upper edge."""
        return self.rows * PITCH_PX + 4


def ruler(edges: Iterable[Mapping[str, Any]], today: date) -> Ruler:
    """Return the ruler of the entries that close within six weeks, first to close first; at most five on one day.

    Args: edges: entries with `node.daysLeft`.
    """
    near = sorted(
        (edge for edge in edges if edge["node"]["daysLeft"] is not None and edge["node"]["daysLeft"] <= DAYS),
        key=lambda edge: edge["node"]["daysLeft"],
    )
    heights: Counter[int] = Counter()
    marks: list[Mark] = []
    for edge in near:
        days = edge["node"]["daysLeft"]
        if heights[days] < _MOST:
            marks.append(Mark(_left(days), heights[days], edge))
            heights[days] += 1
    ticks = [_tick(today, days) for days in range(1, DAYS + 1)]
    return Ruler(marks, ticks, max(heights.values(), default=0), len(near) - len(marks), today.isoformat())


def _tick(today: date, days: int) -> Tick:
    day = today + timedelta(days=days)
    named = day.weekday() == 0 and days >= _NEAR_TODAY
    return Tick(_left(days), day.isoformat() if named else "")


def _left(days: int) -> float:
    return round(days / DAYS * 100, 3)
