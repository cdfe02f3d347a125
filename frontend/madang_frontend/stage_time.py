"""When ties began: bars per quarter, and the period that a page draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_HEIGHT = 44
_LONGEST = 80
"""Quarters on one track; earlier ones are counted in the first."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter."""

    year: int
    quarter: int
    count: int
    left: str
    """In percent of the track."""
    height: int
    inside: bool
    """It is in the chosen period."""

    @property
    def top(self) -> int:
        return _HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Period:
    """A track of quarters, each numbered year * 4 + quarter - 1, and what is chosen of it."""

    bars: tuple[Bar, ...]
    wide: str
    """Width of a bar in percent."""
    since: int
    until: int
    ties: Mapping[tuple[int, int], int]
    """Ties that began in the period, by the numbers of both communities."""

    @property
    def first(self) -> int:
        return _number(self.bars[0])

    @property
    def last(self) -> int:
        return _number(self.bars[-1])

    @property
    def from_(self) -> Bar:
        return self.bars[self.since - self.first]

    @property
    def to(self) -> Bar:
        return self.bars[self.until - self.first]

    @property
    def whole(self) -> bool:
        """Everything is drawn."""
        return (self.since, self.until) == (self.first, self.last)

    @property
    def count(self) -> int:
        """Ties that began in the period."""
        return sum(bar.count for bar in self.bars if bar.inside)


def period_of(starts: Iterable[Mapping[str, Any]], since: str, until: str) -> Period | None:
    """Return the track from the first to the last quarter in which a tie began; None for less than two quarters.

    Args:
        starts: rows of `tieStarts`.
        since: number of the first quarter that is drawn, as the address has it; anything else means all.
        until: number of the last one.
    """
    rows = [(each["year"] * 4 + each["quarter"] - 1, each) for each in starts]
    if len({number for number, _ in rows}) < 2:
        return None
    last = max(number for number, _ in rows)
    first = max(min(number for number, _ in rows) // 4 * 4, last - _LONGEST + 1)
    counts = Counter[int]()
    for number, each in rows:
        counts[max(number, first)] += each["count"]
    low, high = sorted((_chosen(since, first, last, first), _chosen(until, first, last, last)))
    ties = Counter[tuple[int, int]]()
    for number, each in rows:
        if low <= max(number, first) <= high:
            ties[each["source"], each["target"]] += each["count"]
    most, step = max(counts.values()), 100 / (last - first + 1)
    bars = tuple(
        Bar(
            number // 4,
            number % 4 + 1,
            counts[number],
            f"{(number - first) * step + step * 0.06:.2f}%",
            max(round(_HEIGHT * counts[number] / most), 1) if counts[number] else 0,
            low <= number <= high,
        )
        for number in range(first, last + 1)
    )
    return Period(bars, f"{step * 0.88:.2f}%", low, high, ties)


def _number(bar: Bar) -> int:
    return bar.year * 4 + bar.quarter - 1


def _chosen(text: str, first: int, last: int, usual: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else usual
    return number if first <= number <= last else usual
