"""Legal form: sole trader, corporation and so on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import capital, words, words_of
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import all_of, decided, negated
from madang_matching.errors import RuleError

FORM_NAMES: dict[str, tuple[str, str]] = {
    "sole_trader": ("개인사업자", "sole trader"), "corporation": ("법인", "corporation"),
    "cooperative": ("협동조합", "cooperative"), "nonprofit": ("비영리법인", "non-profit body"),
    "partnership": ("합명·합자회사", "partnership"), "public": ("공공기관", "public body"),
}  # fmt: skip
INCLUDE = words("include", "대상", "Open to", FORM_NAMES)
EXCLUDE = words("exclude", "제외", "Not open to", FORM_NAMES)


@dataclass(frozen=True, slots=True)
class LegalForm(Requirement):
    """One of `include` (empty: any) and none of `exclude`."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return ("legal_form",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.word("legal_form")
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        ko, en = FORM_NAMES[mine]
        wanted = decided(not self.include or mine in self.include)
        return Finding(all_of((wanted, negated(decided(mine in self.exclude)))), Sentence(ko, capital(en)))

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        return ({"legal_form": form} for form in FORM_NAMES)

    def sentence(self) -> Sentence:
        ko, en = (words_of(FORM_NAMES, self.include, each) for each in (0, 1))
        out_ko, out_en = (words_of(FORM_NAMES, self.exclude, each) for each in (0, 1))
        if not self.exclude:
            return Sentence(ko, capital(en))
        if not self.include:
            return Sentence(f"{out_ko} 제외", f"All but {out_en}")
        return Sentence(f"{ko}, 단 {out_ko} 제외", f"{capital(en)}, but not {out_en}")


def read(leaf: Mapping[str, Any], path: str) -> LegalForm:
    """Read `include` and `exclude`, lists of legal forms."""
    include, exclude = INCLUDE.read(leaf, path), EXCLUDE.read(leaf, path)
    if not include and not exclude:
        raise RuleError(path, "needs include or exclude")
    return LegalForm(include, exclude)


KIND = Kind("legal_form", "법적 형태", "Legal form", read, (INCLUDE, EXCLUDE))
