"""Disqualification: what bars one from support."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import capital, words, words_of
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import Verdicts, all_of, decided, negated

BAR_NAMES: dict[str, tuple[str, str]] = {
    "tax_arrears": ("세금 체납", "tax arrears"), "in_default": ("채무불이행", "default on a debt"),
    "business_closed": ("휴·폐업", "closed business"), "sanctioned": ("참여 제한", "barred from support"),
    "excluded_trade": ("지원 제외 업종", "excluded trade"),
}  # fmt: skip
OF = words("of", "제외 사유", "Excluded for", BAR_NAMES, needed=True)


@dataclass(frozen=True, slots=True)
class Disqualification(Requirement):
    """None of these may hold."""

    of: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return self.of

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        flags = {name: applicant.flag(name) for name in self.of}
        held = tuple(name for name, flag in flags.items() if flag)
        if held:
            ko, en = (words_of(BAR_NAMES, held, each) for each in (0, 1))
            return Finding("not_eligible", Sentence(ko, capital(en)))
        missing = tuple(name for name, flag in flags.items() if flag is None)
        verdict = all_of("check" if flag is None else negated(decided(flag)) for flag in flags.values())
        return Finding(verdict, UNKNOWN if missing else Sentence("해당 없음", "None of these"), missing)

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        flags = [columns.column(name).verdicts(lambda flag: negated(decided(flag))) for name in self.of]
        return np.minimum.reduce(flags)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        if wanted:
            return ({name: False for name in self.of if applicant.flag(name) is not False},)
        return ({name: True} for name in self.of)

    def sentence(self) -> Sentence:
        ko, en = (words_of(BAR_NAMES, self.of, each) for each in (0, 1))
        return Sentence(f"{ko} 없음", f"None of: {en}")


def read(leaf: Mapping[str, Any], path: str) -> Disqualification:
    """Read `of`, a list of what bars."""
    return Disqualification(tuple(dict.fromkeys(OF.read(leaf, path))))


KIND = Kind("disqualification", "제외 사유", "Disqualification", read, (OF,))
