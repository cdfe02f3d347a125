"""Which programmes overlap, and how much: one pair of calls for each pair of programmes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.logic import rule_of
from madang_matching.eligibility.tree import Rule
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE
from madang_matching.overlaps.targets import Targets, judged_today, targets_of
from madang_matching.overlaps.windows import Window, months_of, window_of
from madang_matching.records import Call, RuleTree
from madang_matching.sparse import Floats, Ints

SEASON = 0.5
"""What the same season counts against the same days: it was so in earlier editions, and may not be again."""
LEAST = 0.3
"""Degree below which a pair is not worth a look: as when three tenths of purposes, target and time are in common."""
_NOTHING = 1e-9
_ROWS = 256
"""Calls that are compared with all others at once."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two programmes, by the two of their calls that overlap most. Places are those of the calls given."""

    first: int
    second: int
    degree: float
    """Cube root of purposes · target · time, 0 to 1."""
    purposes: float
    """Purposes in common among those of both, 0 to 1."""
    target: float
    """How far they are for the same firms, 0 to 1; see `targets_of`."""
    time: float
    """Days in common among those of the shorter window; without one, half the share of months in common."""
    conditions: float
    """Conditions in common among those of both, 0 to 1."""
    both: int
    """Firms that neither rules out."""
    either: int
    """Firms that at least one does not rule out."""
    certain: int
    """Firms that may certainly apply to both."""
    days: Window | None
    """The days in common, today or later; None: only the season is the same."""
    months: tuple[int, ...]
    """Calendar months, 1 to 12, in which both have taken applications."""


class Overlaps(Sequence[Overlap]):
    """Pairs of programmes, highest degree first. What there is to say of one is put together when it is asked for."""

    def __init__(self, editions: _Editions, targets: Targets, first: Ints, second: Ints, degree: Floats) -> None:
        """Store the pairs by the rows of their calls."""
        self._editions, self._targets, self._rows = editions, targets, (first, second)
        self.first, self.second = editions.places[first], editions.places[second]
        """Places of the calls; the programme that comes first by id is first."""
        self.degree = degree
        self.both: Ints = targets.both[editions.rules[first], editions.rules[second]]
        """Firms that neither rules out."""
        self.days = editions.days_in_common(first, second)[0]
        """Days in common, today or later."""
        self.programmes = len(np.unique(editions.programmes))
        """Programmes that were compared."""

    def __len__(self) -> int:
        return len(self.degree)

    @overload
    def __getitem__(self, at: int) -> Overlap: ...
    @overload
    def __getitem__(self, at: slice) -> list[Overlap]: ...
    def __getitem__(self, at: int | slice) -> Overlap | list[Overlap]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._editions.said(self._rows[0][at], self._rows[1][at], self._targets)


def overlaps(calls: Sequence[Call], columns: Columns, today: date, least: float = LEAST) -> Overlaps:
    """Return the pairs of programmes whose calls are for the same firms, purposes and days, highest degree first.

    The degree is the geometric mean of three shares, so it is 0 where one of them is: other purposes, no firm that
    could use both, or other days and another season. It is symmetric, and 1 for two that are alike in all three.

    Of a programme those calls are compared that have not ended; where there is none, the one that ended last, by its
    season. Calls that have no programme, no purpose, or no known days in any edition are left out.

    Args:
        columns: the firms among which targets are compared.
        least: degree of the pairs to return.

    Returns: per pair of programmes the two calls of the highest degree, ties to those that close later; the one whose
        programme comes first by id is `first`. Equal degrees go by programme ids.
    """
    editions = _Editions.of(calls, today)
    different: list[int] = editions.places[np.unique(editions.rules, return_index=True)[1]].tolist()
    targets = targets_of([calls[place].rules for place in different], columns, today)
    starts = range(0, max(len(editions.places), 1), _ROWS)
    pairs = [editions.pairs(start, targets, least) for start in starts]
    first, second, degree = (np.concatenate(each) for each in zip(*pairs, strict=True))
    best = _best(editions.programmes[first], editions.programmes[second], degree)
    return Overlaps(editions, targets, first[best], second[best], degree[best])


def usable_by(one: Call, other: Call, columns: Columns, today: date) -> tuple[Ints, Ints]:
    """Return the places of the firms that neither call rules out, as `Overlap.both` counts them, and of those among
    them that may certainly apply to both."""
    judged = judged_today([one.rules, other.rules], columns, today).min(axis=0)
    return np.flatnonzero(judged >= CHECK), np.flatnonzero(judged == ELIGIBLE)


def _numbered(rules: Iterable[RuleTree]) -> Ints:
    """Return a number for each tree, the same for equal ones, in the order in which they are first met."""
    known: dict[tuple[bool, Rule], int] = {}
    return np.array([known.setdefault((bool(tree), rule_of(tree)), len(known)) for tree in rules], np.int64)


def _best(one: Ints, other: Ints, degree: Floats) -> Ints:
    """Return the place of the highest degree of each pair of programmes, ties to the last, highest first."""
    order = np.lexsort((np.arange(len(degree)), degree, other, one))
    last = np.ones(len(order), np.bool_)
    last[:-1] = (np.diff(one[order]) != 0) | (np.diff(other[order]) != 0)
    best = order[last]
    return best[np.lexsort((other[best], one[best], -degree[best]))]


@dataclass(frozen=True, slots=True, eq=False)
class _Editions:
    """The calls that are compared, those that close first first."""

    places: Ints
    """Among the calls given."""
    rules: Ints
    """Number of the rule tree, the same for equal ones."""
    programmes: Ints
    """Number of the programme, in the order of ids."""
    purposes: NDArray[np.bool_]
    """Shape (n, kinds of purpose): whether it has it."""
    windows: list[Window | None]
    """None: it has ended, or its days are not known."""
    days: Ints
    """Shape (n, 2): first and last day as ordinals; first after last where there is no window."""
    months: NDArray[np.bool_]
    """Shape (n, 12): whether some edition of its programme took applications in that month."""

    @classmethod
    def of(cls, calls: Sequence[Call], today: date) -> _Editions:
        windows = [window_of(call, today) for call in calls]
        of_programme: dict[str, list[int]] = {}
        for place, call in enumerate(calls):
            if call.programme and call.purposes:
                of_programme.setdefault(call.programme, []).append(place)
        months = {
            each: months_of(w for w in (windows[place] for place in places) if w)
            for each, places in of_programme.items()
        }
        kept = [
            place
            for each in sorted(of_programme)
            if months[each]
            for place in _compared(of_programme[each], calls, windows, today)
        ]
        kept.sort(key=lambda place: (_end(windows[place]), calls[place].id))
        numbers = {each: number for number, each in enumerate(sorted(of_programme))}
        standing = [w if w is not None and w.last >= today else None for w in (windows[place] for place in kept)]
        return cls(
            np.array(kept, np.int64),
            _numbered(calls[place].rules for place in kept),
            np.array([numbers[calls[place].programme] for place in kept], np.int64),
            _marked([calls[place].purposes for place in kept], sorted({each for c in calls for each in c.purposes})),
            standing,
            np.array([(w.first.toordinal(), w.last.toordinal()) if w else (1, 0) for w in standing]).reshape(-1, 2),
            _marked([months[calls[place].programme] for place in kept], range(1, 13)),
        )

    def pairs(self, start: int, targets: Targets, least: float) -> tuple[Ints, Ints, Floats]:
        """Return (first, second, degree) of the calls from `start` on with all others that reach `least`; each pair of
        calls once, that of the programme that comes first first."""
        rows = np.arange(start, min(start + _ROWS, len(self.places)))[:, None]
        others = np.arange(len(self.places))[None, :]
        degree = _degree(*self.shares(rows, others, targets))
        wanted = (self.programmes[rows] < self.programmes[others]) & (degree >= max(least, _NOTHING))
        row, column = np.nonzero(wanted)
        return start + row, column, degree[row, column]

    def shares(self, first: Ints, second: Ints, targets: Targets) -> tuple[Floats, Floats, Floats]:
        """Return purposes in common among those of both, how far the targets are the same, and how far the time is."""
        one, other = self.purposes[first], self.purposes[second]
        purposes = (one & other).sum(axis=-1) / (one | other).sum(axis=-1)
        one, other = self.months[first], self.months[second]
        season = (one & other).sum(axis=-1) / np.minimum(one.sum(axis=-1), other.sum(axis=-1))
        common, shorter = self.days_in_common(first, second)
        time = np.maximum(common / np.maximum(shorter, 1), SEASON * season)
        return purposes, targets.share[self.rules[first], self.rules[second]], time

    def days_in_common(self, first: Ints, second: Ints) -> tuple[Ints, Ints]:
        """Return the number of days in common, and that of the shorter window; 0 where one has none."""
        (a, b), (c, d) = np.moveaxis(self.days[first], -1, 0), np.moveaxis(self.days[second], -1, 0)
        shorter = np.minimum(b - a, d - c) + 1
        return np.where(shorter > 0, np.maximum(np.minimum(b, d) - np.maximum(a, c) + 1, 0), 0), shorter

    def said(self, first: Ints, second: Ints, targets: Targets) -> Overlap:
        """Return what there is to say of two calls, by their rows."""
        purposes, target, time = self.shares(first, second, targets)
        rules = self.rules[first], self.rules[second]
        a, b = self.windows[int(first)], self.windows[int(second)]
        return Overlap(
            first=int(self.places[first]),
            second=int(self.places[second]),
            degree=float(_degree(purposes, target, time)),
            purposes=float(purposes),
            target=float(target),
            time=float(time),
            conditions=float(targets.conditions[rules]),
            both=int(targets.both[rules]),
            either=int(targets.either[rules]),
            certain=int(targets.certain[rules]),
            days=a.common(b) if a is not None and b is not None else None,
            months=tuple((np.flatnonzero(self.months[first] & self.months[second]) + 1).tolist()),
        )


def _degree(purposes: Floats, target: Floats, time: Floats) -> Floats:
    return np.minimum(np.cbrt(purposes * target * time), 1.0)


def _compared(
    places: Sequence[int], calls: Sequence[Call], windows: Sequence[Window | None], today: date
) -> Sequence[int]:
    """Return the calls of a programme that have not ended, or the one that ended last."""
    standing = [place for place in places if (w := windows[place]) is not None and w.last >= today]
    return standing or [max(places, key=lambda place: (_end(windows[place]), calls[place].id))]


def _end(window: Window | None) -> date:
    return window.last if window is not None else date.min


def _marked(held: Sequence[Collection[object]], all_: Sequence[object]) -> NDArray[np.bool_]:
    """Return which of all things each holds."""
    return np.array([[each in things for each in all_] for things in held], np.bool_).reshape(len(held), len(all_))
