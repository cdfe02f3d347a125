"""Order of acts: one must apply before the work begins or a contract is signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, decided_each
from madang_matching.eligibility.dates import Dates, day_words, days_later
from madang_matching.eligibility.inputs import word
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.verdicts import Verdicts, decided

Before: TypeAlias = Literal["start", "contract"]
_BEFORE: dict[Before, tuple[str, str]] = {
    "start": ("사업 착수 전 신청", "Apply before the work begins"),
    "contract": ("계약 체결 전 신청", "Apply before a contract is signed"),
}
BEFORE = word("before", "신청 시점", "Apply before", _BEFORE)
_FIELDS: dict[Before, str] = {"start": "work_started_on", "contract": "contract_signed_on"}


@dataclass(frozen=True, slots=True)
class OrderOfActs(Requirement):
    """The day of application must lie before the act; the same day is too late."""

    before: Before

    @property
    def fields(self) -> tuple[str, ...]:
        return (_FIELDS[self.before],)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        act = applicant.day(self.fields[0])
        if act is None:
            return Finding("check", UNKNOWN, self.fields)
        return Finding(decided(dates.today < act), Sentence(*day_words(act)))

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        acts, known = columns.numbers(self.fields[0])
        return decided_each(acts > dates.today.toordinal(), known)

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        act = applicant.day(self.fields[0])
        return () if act is None else (act,)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        if not wanted:
            yield from ({APPLICATION_DAY: day} for day in self.turning_days(applicant, dates))
        yield {self.fields[0]: days_later(dates.today, 1) if wanted else dates.today}

    def sentence(self) -> Sentence:
        return Sentence(*_BEFORE[self.before])


def read(leaf: Mapping[str, Any], path: str) -> OrderOfActs:
    """Read `before`: start or contract."""
    return OrderOfActs(BEFORE.read(leaf, path))


KIND = Kind("order_of_acts", "행위 순서", "Order of acts", read, (BEFORE,))
