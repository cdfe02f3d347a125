"""Many applicants as columns, so that a condition is checked for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.applicant import Applicant, applicant_of
from madang_matching.eligibility.values import Value
from madang_matching.records import Organisation

Codes: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One field of n applicants."""

    codes: Codes
    """Shape (n,): which of `values` each has; -1: not known."""
    values: tuple[Value, ...]
    """The different values, in the order in which they are first met."""

    @property
    def known(self) -> Mask:
        """Shape (n,)."""
        return self.codes >= 0


class Columns:
    """n applicants; a field becomes a column when it is first asked for, and is then kept."""

    __slots__ = ("_applicants", "_columns", "_numbers", "n")

    def __init__(self, applicants: Sequence[Applicant]) -> None:
        self._applicants = applicants
        self._columns: dict[str, Column] = {}
        self._numbers: dict[str, NDArray[Any]] = {}
        self.n = len(applicants)

    @classmethod
    def of(cls, organisations: Iterable[Organisation | Applicant]) -> Columns:
        """Return the columns of organisations, in their order."""
        return cls([applicant_of(each) for each in organisations])

    def column(self, name: str) -> Column:
        """Return a field of `profile.FIELDS`, or "statement:KEY", of all."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = _column([each.value(name) for each in self._applicants])
        return found

    def numbers(self, name: str) -> tuple[NDArray[Any], Mask]:
        """Return counts, amounts (int64), shares (float64) or days (int64, proleptic ordinal), and which are known.

        Both of shape (n,); 0 where not known.
        """
        column = self.column(name)
        found = self._numbers.get(name)
        if found is None:
            plain = [value.toordinal() if isinstance(value, date) else value for value in column.values]
            table = np.array([*cast("list[Any]", plain), 0])
            found = self._numbers[name] = table[column.codes]
        return found, column.known


def _column(values: Iterable[Value | None]) -> Column:
    places: dict[tuple[type, Value], int] = {}
    codes = [-1 if value is None else places.setdefault((type(value), value), len(places)) for value in values]
    return Column(np.array(codes, np.int64), tuple(value for _, value in places))
