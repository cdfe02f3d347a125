"""What every kind of condition is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import Dates, Reference
from madang_matching.eligibility.inputs import Input
from madang_matching.eligibility.profile import Control, field_of
from madang_matching.eligibility.values import Value
from madang_matching.eligibility.verdicts import Verdicts, number_of
from madang_matching.records import Verdict

APPLICATION_DAY = "application_on"
"""Name of the change that is to apply on another day."""


class Sentence(NamedTuple):
    """The same in Korean and English."""

    ko: str
    en: str


UNKNOWN = Sentence("입력되지 않았습니다.", "Not filled in.")


class Finding(NamedTuple):
    """What a condition says of one applicant."""

    verdict: Verdict
    mine: Sentence
    missing: tuple[str, ...] = ()
    """Fields that are not filled in and that the verdict waits for."""


class Change(NamedTuple):
    """One value that would be another."""

    field: str
    """Of `profile.FIELDS`, "statement:KEY", or `APPLICATION_DAY`."""
    value: object
    """Plain JSON, a day, or a read value: what `Applicant.with_values` takes."""
    by: Control


Way: TypeAlias = tuple[Change, ...]
"""Changes that together turn a condition; none of them can be left out."""

Candidate: TypeAlias = Mapping[str, object]
"""Values by field that may turn a condition."""


class Requirement(ABC):
    """One typed condition. Implementations are frozen dataclasses."""

    __slots__ = ()

    @property
    @abstractmethod
    def fields(self) -> tuple[str, ...]:
        """The fields of the applicant that `check` reads."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """The reference days that `check` reads; the day of application is always one."""
        reference: Reference | None = getattr(self, "reference", None)
        return () if reference is None else (reference,)

    def days(self, dates: Dates) -> tuple[date | None, ...]:
        """Return the days that `check` reads: on the same days it gives the same answer."""
        return dates.today, *(dates.at(each) for each in self.references)

    @abstractmethod
    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        """Compare with the applicant's own values. Missing values give "check"."""

    @abstractmethod
    def sentence(self) -> Sentence:
        """Say what is required."""

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        """Return the days of application on which `check` may say something new: the first day of each new answer."""
        return ()

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        """Yield values that may make `check` say "eligible" (wanted) or "not_eligible"; those that do not are dropped.

        The nearest first.
        """
        return ()

    def changes(self, applicant: Applicant, dates: Dates, wanted: bool) -> tuple[Way, ...]:
        """Return the ways, each of which alone makes `check` say "eligible" (wanted) or "not_eligible".

        None where it says so already, or where nothing can.
        """
        aim: Verdict = "eligible" if wanted else "not_eligible"
        finding = self.check(applicant, dates)
        if finding.verdict == aim:
            return ()
        ways: dict[Way, None] = {}
        for candidate in self.candidates(applicant, dates, wanted):
            way = tuple(change_of(applicant, name, value, finding.missing) for name, value in candidate.items())
            if self._turned(applicant, dates, way) == aim:
                ways[self._least(applicant, dates, way, aim)] = None
        return tuple(ways)

    def _turned(self, applicant: Applicant, dates: Dates, way: Way) -> Verdict:
        return self.check(*changed(applicant, dates, way)).verdict

    def _least(self, applicant: Applicant, dates: Dates, way: Way, aim: Verdict) -> Way:
        """Leave out what is not needed, until nothing more can be left out."""
        shorter = (tuple(each for each in way if each is not change) for change in way)
        found = next((rest for rest in shorter if self._turned(applicant, dates, rest) == aim), None)
        return way if found is None else self._least(applicant, dates, found, aim)

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        """Return the verdicts of `check` for all; here each different set of values is checked once.

        A kind whose values differ from applicant to applicant compares arrays instead.
        """
        names = self.fields
        if not names:
            return np.full(columns.n, number_of(self.check(Applicant(), dates).verdict), np.int8)

        def said(values: tuple[Value | None, ...]) -> Verdict:
            return self.check(Applicant.of_values(dict(zip(names, values, strict=True))), dates).verdict

        return columns.joined(names).verdicts(said)


def change_of(applicant: Applicant, name: str, value: object, missing: tuple[str, ...] = ()) -> Change:
    """Return the change of one value: what is not known yet, or not well enough, is the applicant's to say."""
    if name == APPLICATION_DAY:
        return Change(name, value, "time")
    answer = name in missing or applicant.value(name) is None
    return Change(name, value, "you" if answer else field_of(name).control)


def changed(applicant: Applicant, dates: Dates, changes: Iterable[Change]) -> tuple[Applicant, Dates]:
    """Return the applicant and the days after changes; of several days of application the latest counts."""
    values: dict[str, object] = {}
    for change in changes:
        if change.field == APPLICATION_DAY and isinstance(change.value, date):
            dates = dates._replace(today=max(dates.today, change.value))
        else:
            values[change.field] = change.value
    return (applicant.with_values(values) if values else applicant), dates


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of condition kinds."""

    name: str
    ko: str
    en: str
    read: Callable[[Mapping[str, Any], str], Requirement]
    """Makes the condition from its JSON leaf; raises RuleError with the path."""
    inputs: tuple[Input[Any], ...]
    """The fields of its JSON leaf, for reading and for forms."""
