"""Industry: codes included and excluded, by prefix, of the main industry or of any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import TEXT, Column, Columns, if_known
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import codes, word
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.revisions import REVISION_NAMES, SECTIONS, Revision, under
from madang_matching.eligibility.verdicts import CHECK, Verdicts, all_of, any_of, negated, number_of
from madang_matching.errors import RuleError
from madang_matching.industries import industry_name, normal_code
from madang_matching.records import Verdict

Role: TypeAlias = Literal["main", "any"]
_ROLES: dict[Role, tuple[str, str]] = {
    "main": ("주업종", "main industry"),
    "any": ("부업종도 인정", "a side industry counts too"),
}
_SHOWN: Mapping[str, tuple[str, str]] = {**REVISION_NAMES}
_CODE = r"[A-V](\d{0,5}|\d\d(\.\d{1,2}){1,2})"
INCLUDE = codes("include", "대상 업종", "Included", _CODE, "a code such as C or C29")
EXCLUDE = codes("exclude", "제외 업종", "Excluded", _CODE, "a code such as C or C29")
REVISION_OPTIONS: dict[Revision, tuple[str, str]] = {"ksic10": REVISION_NAMES["ksic10"], **REVISION_NAMES}
REVISION = word("revision", "분류 기준", "Classification", REVISION_OPTIONS)
ROLE = word("role", "업종 구분", "Role", _ROLES)


@dataclass(frozen=True, slots=True)
class Industry(Requirement):
    """The industry must start with one of `include` (empty: any) and with none of `exclude`.

    Role any: one of the main and side industries that is not excluded is enough.
    """

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    revision: Revision
    role: Role

    @property
    def fields(self) -> tuple[str, ...]:
        main = ("industry_code", "industry_revision")
        return main if self.role == "main" else (*main, "side_industry_codes")

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        code, revision = _known(applicant.word("industry_code")), applicant.word("industry_revision") or "ksic10"
        main = self._of(code, revision)
        open_fields = ["industry_code"] if main == "check" else []
        if self.role == "main":
            return Finding(main, _said(code, revision), tuple(open_fields))
        sides = applicant.codes("side_industry_codes")
        others = "check" if sides is None else any_of(self._of(_known(each), revision) for each in sides)
        open_fields += ["side_industry_codes"] if others == "check" else []
        verdict = any_of((main, others))
        return Finding(verdict, _said(code, revision), tuple(open_fields) if verdict == "check" else ())

    def _of(self, code: str | None, revision: str) -> Verdict:
        if code is None:
            return "check"
        wanted = any_of(self._under(code, revision, each) for each in self.include) if self.include else "eligible"
        barred = any_of(self._under(code, revision, each) for each in self.exclude)
        return all_of((wanted, negated(barred)))

    def _under(self, code: str, revision: str, prefix: str) -> Verdict:
        return under(code, revision, prefix, self.revision)

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        revisions = columns.column("industry_revision")
        main = self._of_each(columns.column("industry_code"), revisions)
        if self.role == "main":
            return main
        sides = columns.lists("side_industry_codes")
        spread = Column(revisions.codes[sides.rows], revisions.values)
        others = sides.greatest(self._of_each(sides.entries.column(TEXT), spread))
        return np.maximum(main, if_known(others, sides.known))

    def _of_each(self, codes: Column, revisions: Column) -> Verdicts:
        """Check each code in each classification once; without one it is of KSIC 10."""
        known = [_known(code) for code in codes.values]
        said = [
            [*(number_of(self._of(code, revision)) for code in known), CHECK]
            for revision in (*revisions.values, "ksic10")
        ]
        return np.array(said, np.int8)[revisions.codes, codes.codes]

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        revision: dict[str, object] = {}
        if (applicant.word("industry_revision") or "ksic10") != self.revision:
            revision = {"industry_revision": self.revision}
        known = () if wanted or self.role == "main" else self._barred_sides(applicant)
        for code in (*self.include, *self.exclude, *_beside(self.exclude), *SECTIONS):
            yield {"industry_code": code, **dict(known)}
            if revision:
                yield {"industry_code": code, **revision, **dict(known)}
        if wanted and self.role == "any":
            mine = applicant.codes("side_industry_codes") or ()
            yield from ({"side_industry_codes": (*mine, code)} for code in self.include)

    def _barred_sides(self, applicant: Applicant) -> tuple[tuple[str, object], ...]:
        return () if applicant.codes("side_industry_codes") == () else (("side_industry_codes", ()),)

    def sentence(self) -> Sentence:
        include, exclude = (
            [_names(codes, self.revision, each) for each in (0, 1)] for codes in (self.include, self.exclude)
        )
        role = ("", "") if self.role == "main" else (" (부업종도 인정)", " (a side industry counts too)")
        if not self.exclude:
            return Sentence(include[0] + role[0], include[1] + role[1])
        if not self.include:
            return Sentence(f"{exclude[0]} 제외{role[0]}", f"All but {exclude[1]}{role[1]}")
        return Sentence(f"{include[0]}, 단 {exclude[0]} 제외{role[0]}", f"{include[1]}, but not {exclude[1]}{role[1]}")


def _beside(codes: Iterable[str]) -> Iterable[str]:
    """Codes of the same division or class as these: within what another condition includes, and not excluded."""
    for code in codes:
        yield from (code[:-1] + digit for digit in "0123456789" if code[1:] and digit != code[-1])


def _known(code: str | None) -> str | None:
    plain = normal_code(code)
    return plain.replace(".", "") if re.fullmatch(_CODE, plain, re.ASCII) else None


def _said(code: str | None, revision: str) -> Sentence:
    if code is None:
        return UNKNOWN
    ko, en = _name(code, revision)
    return Sentence(f"{ko}({code})", f"{en} ({code})")


def _name(code: str, revision: str) -> tuple[str, str]:
    """The names at hand are those of KSIC; of another classification its own name stands before the code."""
    if revision.startswith("ksic"):
        return industry_name(code)
    return _SHOWN.get(revision, (revision, revision))


def _names(codes: Iterable[str], revision: str, language: int) -> str:
    joint = ("", " ")[language]
    return ", ".join(f"{_name(code, revision)[language]}{joint}({code})" for code in codes)


def read(leaf: Mapping[str, Any], path: str) -> Industry:
    """Read `include` and `exclude`, lists of prefixes of codes, `revision` and `role`."""
    include, exclude = (tuple(code.replace(".", "") for code in each.read(leaf, path)) for each in (INCLUDE, EXCLUDE))
    if not include and not exclude:
        raise RuleError(path, "needs include or exclude")
    return Industry(include, exclude, REVISION.read(leaf, path), ROLE.read(leaf, path))


KIND = Kind("industry", "업종", "Industry", read, (INCLUDE, EXCLUDE, REVISION, ROLE))
