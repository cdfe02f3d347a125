"""Many applicants as columns, so that a condition is checked for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.values import Value
from madang_matching.eligibility.verdicts import CHECK, Verdicts, number_of
from madang_matching.records import Organisation, Verdict

Codes: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
TEXT = "text"
"""What an entry of a list of texts is called among the columns of its entries."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One field of n rows."""

    codes: Codes
    """Shape (n,): which of `values` each has; -1: not known."""
    values: tuple[Any, ...]
    """The different values, in the order in which they are first met."""

    def each(self, say: Callable[[Any], Any], unknown: object, dtype: type) -> NDArray[Any]:
        """Return what `say` answers of each row's value, shape (n,); each different value is asked once."""
        return np.array([*map(say, self.values), unknown], np.dtype(dtype))[self.codes]

    def where(self, test: Callable[[Any], bool]) -> Mask:
        """Return which rows have a value that passes, shape (n,); one that is not known does not."""
        return self.each(test, False, np.bool_)

    def verdicts(self, say: Callable[[Any], Verdict], unknown: int = CHECK) -> Verdicts:
        """Return the verdicts of the rows' values, shape (n,)."""
        return self.each(lambda value: number_of(say(value)), unknown, np.int8)


class Table:
    """n rows; a field becomes a column when it is first asked for, and is then kept."""

    __slots__ = ("_columns", "_joined", "_lists", "_numbers", "_values", "n")

    def __init__(self, n: int, values: Callable[[str], Iterable[Value | None]]) -> None:
        """Say how many rows there are, and how the values of a field are found, in their order; None: not known."""
        self.n = n
        self._values = values
        self._columns: dict[str, Column] = {}
        self._numbers: dict[str, tuple[NDArray[Any], Mask]] = {}
        self._joined: dict[tuple[str, ...], Column] = {}
        self._lists: dict[tuple[str, object], Lists] = {}

    def column(self, name: str) -> Column:
        """Return a field of all rows."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = _column(self._values(name))
        return found

    def numbers(self, name: str) -> tuple[NDArray[Any], Mask]:
        """Return counts, amounts (int64), shares (float64) or days (int64, proleptic ordinal), and which are known.

        Both of shape (n,); 0 where not known.
        """
        found = self._numbers.get(name)
        if found is None:
            column = self.column(name)
            plain = [value.toordinal() if isinstance(value, date) else value for value in column.values]
            found = self._numbers[name] = np.array([*plain, 0])[column.codes], column.codes >= 0
        return found

    def joined(self, names: tuple[str, ...]) -> Column:
        """Return several fields as one, whose values are tuples; None in them: not known."""
        found = self._joined.get(names)
        if found is None:
            found = self._joined[names] = _joined([self.column(name) for name in names])
        return found

    def lists(self, name: str, made: Callable[[Any], Sequence[Any]] | None = None) -> Lists:
        """Return a field whose values are lists, with the entries of all rows as a table of their own.

        Args: made: what each list is first made into; kept by this function, so hand over the same one each time.
        """
        found = self._lists.get((name, made))
        if found is None:
            lists = cast("Iterable[Sequence[Any] | None]", self._values(name))
            found = self._lists[name, made] = _lists(
                lists if made is None else (None if each is None else made(each) for each in lists)
            )
        return found


class Columns(Table):
    """n applicants; their fields are those of `profile.FIELDS` and "statement:KEY"."""

    __slots__ = ("applicants",)

    def __init__(self, applicants: Sequence[Applicant]) -> None:
        super().__init__(len(applicants), lambda name: Applicant.values(applicants, name))
        self.applicants = applicants

    @classmethod
    def of(cls, organisations: Iterable[Organisation | Applicant]) -> Columns:
        """Return the columns of organisations, in their order."""
        return cls([applicant_of(each) for each in organisations])


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """A field of n rows whose values are lists, m entries in all."""

    rows: Codes
    """Shape (m,): the row of each entry, ascending."""
    lengths: Codes
    """Shape (n,)."""
    known: Mask
    """Shape (n,): whose list is known; an empty one is."""
    entries: Table
    """m rows: the entries' own fields, or TEXT."""

    def greatest(self, verdicts: Verdicts) -> Verdicts:
        """Return the greatest verdict of each row's entries, shape (n,): "or"; not eligible where there is none."""
        filled = np.flatnonzero(self.lengths)
        answers = np.zeros(len(self.lengths), np.int8)
        if len(filled):
            first = (np.cumsum(self.lengths) - self.lengths)[filled]
            answers[filled] = np.maximum.reduceat(verdicts, first)
        return answers

    def total(self, amounts: NDArray[Any]) -> NDArray[np.float64]:
        """Return the sum of each row's entries, shape (n,), added up in their order as floats."""
        return np.bincount(self.rows, weights=amounts, minlength=len(self.lengths)).astype(np.float64)


def decided_each(holds: Mask, known: Mask | None = None) -> Verdicts:
    """Return the verdicts of what holds or does not; "check" where it is not known."""
    answers = holds.astype(np.int8) * np.int8(2)
    return answers if known is None else if_known(answers, known)


def if_known(verdicts: Verdicts, known: Mask) -> Verdicts:
    """Return the verdicts, "check" where not known."""
    return np.where(known, verdicts, np.int8(CHECK))


def _column(values: Iterable[Value | None]) -> Column:
    places: dict[Value, int] = {}
    codes = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return Column(np.array(codes, np.int64), tuple(places))


def _joined(parts: Sequence[Column]) -> Column:
    keys = parts[0].codes + 1
    for part in parts[1:]:
        keys = np.unique(keys, return_inverse=True)[1] * (len(part.values) + 1) + part.codes + 1
    _, first, codes = np.unique(keys, return_index=True, return_inverse=True)
    said = [[None if code < 0 else part.values[code] for code in part.codes[first].tolist()] for part in parts]
    return Column(codes, tuple(zip(*said, strict=True)))


def _lists(values: Iterable[Sequence[Any] | None]) -> Lists:
    lists = list(values)
    known = np.array([each is not None for each in lists], np.bool_)
    lengths = np.array([len(each or ()) for each in lists], np.int64)
    entries = [*chain.from_iterable(each for each in lists if each)]

    def part(name: str) -> Iterable[Value | None]:
        return entries if name == TEXT else [getattr(entry, name) for entry in entries]

    return Lists(np.repeat(np.arange(len(lists)), lengths), lengths, known, Table(len(entries), part))
