"""Firm age: between founding and a reference day, exact to the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, decided_each, if_known
from madang_matching.eligibility.dates import (
    REFERENCE_WORDS,
    Dates,
    Reference,
    day_words,
    days_later,
    first_start,
    first_start_beyond,
    months_later,
    whole_months,
)
from madang_matching.eligibility.inputs import BOUND, BOUND_OPTIONS, REFERENCE, Bound, Input, number
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE, NOT_ELIGIBLE, Verdicts, all_of, decided
from madang_matching.errors import RuleError
from madang_matching.records import Verdict

MIN_YEARS = number("min_years", "최소 업력(년)", "At least years")
MAX_YEARS = number("max_years", "최대 업력(년)", "At most years")
MIN_BOUND: Input[Bound | None] = Input(
    "min_bound", "word", "최소의 경계", "Limit of the least", BOUND.parse, None, BOUND_OPTIONS
)


@dataclass(frozen=True, slots=True)
class FirmAge(Requirement):
    """Limits in whole months. 이내 and 이상 are inclusive: the anniversary itself counts; 미만 and 초과 exclude it."""

    max_months: int | None
    max_bound: Bound
    min_months: int | None
    min_bound: Bound
    reference: Reference

    @property
    def fields(self) -> tuple[str, ...]:
        return ("founded_on",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        founded = applicant.day("founded_on")
        reference = dates.at(self.reference)
        if founded is None:
            return Finding("check", UNKNOWN, ("founded_on",))
        mine = _mine(founded, reference, dates.today)
        return Finding("check" if reference is None else self._verdict(founded, reference), mine)

    def _verdict(self, founded: date, reference: date) -> Verdict:
        return all_of((self._old_enough(founded, reference), self._young_enough(founded, reference)))

    def _old_enough(self, founded: date, reference: date) -> Verdict:
        if self.min_months is None:
            return "eligible"
        reached = months_later(founded, self.min_months)
        return decided(reached < reference or (self.min_bound == "inclusive" and reached == reference))

    def _young_enough(self, founded: date, reference: date) -> Verdict:
        if self.max_months is None:
            return "eligible"
        if founded > reference:
            return "check"
        last = months_later(founded, self.max_months)
        return decided(reference < last or (self.max_bound == "inclusive" and reference == last))

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        founded = applicant.day("founded_on")
        if self.reference != "application" or founded is None:
            return ()
        days = [founded]
        for months in (self.min_months, self.max_months):
            if months is not None:
                reached = months_later(founded, months)
                days += [reached, days_later(reached, 1)]
        return tuple(days)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in sorted(self.turning_days(applicant, dates)):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        reference = dates.at(self.reference)
        if reference is not None:
            for start in self._starts(reference):
                yield {"founded_on": start}

    def _starts(self, reference: date) -> Iterable[date]:
        """Days of founding on either side of each limit."""
        for months in (self.max_months, self.min_months):
            if months is not None:
                start = first_start(reference, months)
                yield from (days_later(start, step) for step in (1, 0, -1, 2))

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        founded, known = columns.numbers("founded_on")
        reference = dates.at(self.reference)
        if reference is None:
            return np.full(columns.n, CHECK, np.int8)
        answers = np.full(columns.n, ELIGIBLE, np.int8)
        if self.max_months is not None:
            answers = decided_each(founded >= self._start(reference, self.max_months, self.max_bound == "inclusive"))
            answers[founded > reference.toordinal()] = CHECK
        if self.min_months is not None:
            young = founded >= self._start(reference, self.min_months, self.min_bound == "exclusive")
            answers[young] = NOT_ELIGIBLE
        return if_known(answers, known)

    def _start(self, reference: date, months: int, reached: bool) -> int:
        """The first day of founding after which so many months end on the reference day (reached) or later."""
        return first_start(reference, months).toordinal() if reached else first_start_beyond(reference, months)

    def sentence(self) -> Sentence:
        ko: list[str] = []
        en: list[str] = []
        if self.min_months is not None:
            span = _span(self.min_months)
            inclusive = self.min_bound == "inclusive"
            ko.append(f"{span.ko} {'이상' if inclusive else '초과'}")
            en.append(f"{'at least' if inclusive else 'more than'} {span.en}")
        if self.max_months is not None:
            span = _span(self.max_months)
            inclusive = self.max_bound == "inclusive"
            ko.append(f"{span.ko} {'이내' if inclusive else '미만'}")
            en.append(f"{'at most' if inclusive else 'less than'} {span.en}")
        day_ko, day_en = REFERENCE_WORDS[self.reference]
        text_en = " and ".join(en)
        return Sentence(f"{' '.join(ko)} ({day_ko})", f"{text_en[:1].upper()}{text_en[1:]} ({day_en})")


@lru_cache(maxsize=1024)
def _span(months: int) -> Sentence:
    years, rest = divmod(months, 12)
    ko = [f"{years}년"] if years or not rest else []
    en = [f"{years} year{'' if years == 1 else 's'}"] if years or not rest else []
    if rest:
        ko.append(f"{rest}개월")
        en.append(f"{rest} month{'' if rest == 1 else 's'}")
    return Sentence(" ".join(ko), " ".join(en))


@lru_cache(maxsize=4096)
def _mine(founded: date, reference: date | None, today: date) -> Sentence:
    day, (ko, en) = reference or today, day_words(founded)
    if founded > day:
        return Sentence(f"기준일보다 늦게 설립 ({ko})", f"Founded after the reference day ({en})")
    span = _span(whole_months(founded, day))
    if reference is None:
        return Sentence(f"오늘 {span.ko} ({ko} 설립)", f"{span.en} today (founded {en})")
    return Sentence(f"{span.ko} ({ko} 설립)", f"{span.en} (founded {en})")


def _months(years: float | None, field: Input[float | None], path: str) -> int | None:
    if years is None:
        return None
    if years > 1000 or abs(years * 12 - round(years * 12)) > 1e-9:
        raise RuleError(f"{path}.{field.name}", f"must be whole years or months of at most 1000 years, not {years!r}")
    return round(years * 12)


def read(leaf: Mapping[str, Any], path: str) -> FirmAge:
    """Read `max_years` and `min_years`, `bound`, `min_bound` and `reference`.

    `bound` belongs to `max_years`, and to `min_years` where that stands alone; beside `max_years`, `min_years` has
    its own `min_bound`, inclusive (이상) when missing.
    """
    longest, shortest = (_months(each.read(leaf, path), each, path) for each in (MAX_YEARS, MIN_YEARS))
    if longest is None and shortest is None:
        raise RuleError(path, "needs max_years or min_years")
    bound = BOUND.read(leaf, path)
    min_bound = MIN_BOUND.read(leaf, path) or (bound if longest is None else "inclusive")
    return FirmAge(longest, bound, shortest, min_bound, REFERENCE.read(leaf, path))


KIND = Kind("firm_age", "업력", "Firm age", read, (MAX_YEARS, BOUND, MIN_YEARS, MIN_BOUND, REFERENCE))
