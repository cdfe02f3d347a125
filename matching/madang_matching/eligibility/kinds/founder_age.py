"""Founder age: bands of whole years on a reference day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, decided_each
from madang_matching.eligibility.dates import REFERENCE_WORDS, Dates, Reference, age_on, birthday, latest_birth
from madang_matching.eligibility.inputs import BOUND, REFERENCE, Bound, Input, shown, whole
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.verdicts import CHECK, Verdicts, decided
from madang_matching.errors import RuleError

MIN_YEARS = whole("min_years", "최소 나이", "At least years")
MAX_YEARS = whole("max_years", "최대 나이", "At most years")
MOST_YEARS = 200


class Band(NamedTuple):
    """Whole years; None: no end. Both ends count."""

    low: int | None
    high: int | None


def _bands(value: object, path: str) -> tuple[Band, ...]:
    if not isinstance(value, list | tuple) or len(cast("list[object]", value)) > 20:
        raise RuleError(path, f"must be a list of at most 20 bands, not {shown(cast('object', value))}")
    found: list[Band] = []
    for index, entry in enumerate(cast("list[object]", value)):
        place = f"{path}[{index}]"
        if not isinstance(entry, Mapping):
            raise RuleError(place, f"must be an object with min_years or max_years, not {shown(entry)}")
        band = Band(*(each.read(cast("Mapping[str, Any]", entry), place) for each in (MIN_YEARS, MAX_YEARS)))
        if band == (None, None) or any(years is not None and years > MOST_YEARS for years in band):
            raise RuleError(place, f"needs min_years or max_years of at most {MOST_YEARS}")
        found.append(band)
    return tuple(found)


BANDS: Input[tuple[Band, ...]] = Input("bands", "bands", "나이 구간", "Age bands", _bands, (), None, True)


@dataclass(frozen=True, slots=True)
class FounderAge(Requirement):
    """The founder's age in whole years (만 나이) must lie in one of the bands.

    만 39세 이하 lasts until the day before the 40th birthday.
    """

    bands: tuple[Band, ...]
    bound: Bound
    reference: Reference

    @property
    def fields(self) -> tuple[str, ...]:
        return ("founder_born_on",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        born, reference = applicant.day("founder_born_on"), dates.at(self.reference)
        if born is None:
            return Finding("check", UNKNOWN, self.fields)
        age = age_on(born, reference or dates.today)
        mine = Sentence(f"만 {age}세", f"{age} years")
        if reference is None or age < 0:
            return Finding("check", mine)
        return Finding(decided(any(self._holds(age, band) for band in self.bands)), mine)

    def _holds(self, age: int, band: Band) -> bool:
        low, high = self._ends(band)
        return low <= age <= high

    def _ends(self, band: Band) -> tuple[int, int]:
        """The least and the greatest age that count."""
        step = 0 if self.bound == "inclusive" else 1
        low = 0 if band.low is None else band.low + step
        return low, MOST_YEARS * 10 if band.high is None else band.high - step

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        born = applicant.day("founder_born_on")
        if self.reference != "application" or born is None:
            return ()
        ages = {0} | {age for band in self.bands for age in (self._ends(band)[0], self._ends(band)[1] + 1)}
        return tuple(sorted(birthday(born, age) for age in ages if age >= 0))

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in self.turning_days(applicant, dates):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        reference = dates.at(self.reference)
        if reference is not None:
            for band in self.bands:
                low, high = self._ends(band)
                for age in (high, low, high + 1, low - 1):
                    if 0 <= age < min(reference.year, MOST_YEARS):
                        yield {"founder_born_on": date(reference.year - age - 1, 12, 31)}

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        born, known = columns.numbers("founder_born_on")
        reference = dates.at(self.reference)
        if reference is None:
            return np.full(columns.n, CHECK, np.int8)
        within = np.zeros(columns.n, np.bool_)
        for band in self.bands:
            low, high = self._ends(band)
            within |= (born <= latest_birth(reference, low)) & (born > latest_birth(reference, high + 1))
        return decided_each(within, known & (born <= reference.toordinal()))

    def sentence(self) -> Sentence:
        day_ko, day_en = REFERENCE_WORDS[self.reference]
        said = [self._said(band) for band in self.bands]
        ko, en = " 또는 ".join(each.ko for each in said), " or ".join(each.en for each in said)
        return Sentence(f"대표자 {ko} ({day_ko})", f"Founder {en} ({day_en})")

    def _said(self, band: Band) -> Sentence:
        more, less = ("이상", "이하") if self.bound == "inclusive" else ("초과", "미만")
        more_en, less_en = ("at least", "at most") if self.bound == "inclusive" else ("over", "under")
        ends = [(band.low, more, more_en), (band.high, less, less_en)]
        known = [(years, ko, en) for years, ko, en in ends if years is not None]
        return Sentence(
            " ".join(f"만 {years}세 {ko}" for years, ko, _ in known),
            " and ".join(f"{en} {years} years old" for years, _, en in known),
        )


def read(leaf: Mapping[str, Any], path: str) -> FounderAge:
    """Read `bands`, a list of {min_years, max_years}, `bound` and `reference`."""
    return FounderAge(BANDS.read(leaf, path), BOUND.read(leaf, path), REFERENCE.read(leaf, path))


KIND = Kind("founder_age", "대표자 나이", "Founder age", read, (BANDS, BOUND, REFERENCE))
