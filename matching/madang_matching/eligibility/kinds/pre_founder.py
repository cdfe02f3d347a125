"""Pre-founder or registered business on a reference day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, decided_each
from madang_matching.eligibility.dates import REFERENCE_WORDS, Dates, Reference, day_words, days_later
from madang_matching.eligibility.inputs import REFERENCE, word
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE, Verdicts, decided, negated
from madang_matching.records import Verdict

Wanted: TypeAlias = Literal["pre_founder", "registered"]
_NAMES: dict[Wanted, tuple[str, str]] = {
    "pre_founder": ("예비창업자 (사업자등록 없음)", "Pre-founder (no registered business)"),
    "registered": ("사업자등록 완료", "Registered business"),
}
WANTED = word("wanted", "대상", "Wanted", _NAMES)


@dataclass(frozen=True, slots=True)
class PreFounder(Requirement):
    """Whether a business must, or must not, be registered on the reference day."""

    wanted: Wanted
    reference: Reference

    @property
    def fields(self) -> tuple[str, ...]:
        return ("founded_on", "registered")

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.reference, "notice"

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        founded, flag = applicant.day("founded_on"), applicant.flag("registered")
        registered = self._by_day(founded, dates) if founded else self._by_flag(flag, dates)
        verdict = registered if self.wanted == "registered" else negated(registered)
        missing: tuple[str, ...] = ()
        told = dates.at(self.reference) is not None or self.reference not in ("contract", "unknown")
        if founded is None and verdict == "check" and told:
            missing = ("registered",) if flag is None else ("founded_on",)
        return Finding(verdict, _mine(founded, flag), missing)

    def _by_day(self, founded: date, dates: Dates) -> Verdict:
        reference = dates.at(self.reference)
        if reference is not None:
            return decided(founded <= reference)
        earliest = dates.today if self.reference == "contract" else dates.notice
        return "eligible" if earliest is not None and founded <= earliest else "check"

    def _by_flag(self, flag: bool | None, dates: Dates) -> Verdict:
        """Without a day: registered by now says nothing of earlier days, and not yet says nothing of later ones."""
        reference = dates.at(self.reference)
        if flag is None or (reference is None and self.reference != "contract"):
            return "check"
        if flag:
            return "eligible" if reference is None or reference >= dates.today else "check"
        return "check" if reference is None or reference > dates.today else "not_eligible"

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        founded, known = columns.numbers("founded_on")
        by_flag = columns.column("registered").verdicts(lambda flag: self._by_flag(flag, dates))
        registered = np.where(known, self._by_day_each(founded, dates), by_flag)
        return registered if self.wanted == "registered" else ELIGIBLE - registered

    def _by_day_each(self, founded: NDArray[np.int64], dates: Dates) -> Verdicts:
        reference = dates.at(self.reference)
        if reference is not None:
            return decided_each(founded <= reference.toordinal())
        earliest = dates.today if self.reference == "contract" else dates.notice
        by_then = founded <= (0 if earliest is None else earliest.toordinal())
        return np.where(by_then, np.int8(ELIGIBLE), np.int8(CHECK))

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        founded, reference = applicant.day("founded_on"), dates.at(self.reference)
        ahead = self.reference == "application" or (self.reference == "contract" and reference is None)
        if ahead and founded is not None:
            return (founded,)
        if founded is None and reference is not None and self.reference != "application":
            return (reference, days_later(reference, 1))
        return ()

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in self.turning_days(applicant, dates):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        yield from ({"registered": flag} for flag in (True, False))
        reference = dates.at(self.reference) or dates.notice
        if reference is not None:
            yield {"founded_on": reference}
            yield {"founded_on": days_later(reference, 1)}

    def sentence(self) -> Sentence:
        ko, en = _NAMES[self.wanted]
        day_ko, day_en = REFERENCE_WORDS[self.reference]
        return Sentence(f"{ko}, {day_ko}", f"{en}, {day_en}")


def _mine(founded: date | None, flag: bool | None) -> Sentence:
    if founded is not None:
        ko, en = day_words(founded)
        return Sentence(f"{ko} 설립", f"Founded {en}")
    if flag is None:
        return UNKNOWN
    return Sentence("사업자등록 있음", "Registered") if flag else Sentence("사업자등록 없음", "Not registered")


def read(leaf: Mapping[str, Any], path: str) -> PreFounder:
    """Read `wanted` and `reference`."""
    return PreFounder(WANTED.read(leaf, path), REFERENCE.read(leaf, path))


KIND = Kind("pre_founder", "예비창업·사업자등록", "Pre-founder or registered", read, (WANTED, REFERENCE))
