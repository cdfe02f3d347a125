"""Industry: KSIC codes included and excluded, by prefix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.requirement import UNKNOWN, Finding, Kind, Sentence, words
from madang_matching.eligibility.verdicts import all_of, any_of, negated
from madang_matching.errors import RuleError
from madang_matching.industries import industry_name, normal_code
from madang_matching.records import Organisation, Verdict

_CODE = re.compile(r"[A-U]\d{0,5}")


@dataclass(frozen=True, slots=True)
class Industry:
    """The main industry must start with one of `include` (empty: any) and with none of `exclude`."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]

    def check(self, applicant: Organisation, dates: Dates) -> Finding:
        code = normal_code(applicant.industry_code)
        if not _CODE.fullmatch(code):
            return Finding("check", UNKNOWN, ("industry_code",))
        wanted = any_of(_under(code, prefix) for prefix in self.include) if self.include else "eligible"
        barred = any_of(_under(code, prefix) for prefix in self.exclude)
        ko, en = industry_name(code)
        return Finding(
            all_of((wanted, negated(barred))),
            Sentence(f"{ko}({code})", f"{en} ({code})"),
        )

    def sentence(self) -> Sentence:
        include, exclude = ([_names(codes, each) for each in (0, 1)] for codes in (self.include, self.exclude))
        if not self.exclude:
            return Sentence(*include)
        if not self.include:
            return Sentence(f"{exclude[0]} 제외", f"All but {exclude[1]}")
        return Sentence(f"{include[0]}, 단 {exclude[0]} 제외", f"{include[1]}, but not {exclude[1]}")


def _under(code: str, prefix: str) -> Verdict:
    """A code that is coarser than the prefix may or may not fall under it."""
    if code.startswith(prefix):
        return "eligible"
    return "check" if prefix.startswith(code) else "not_eligible"


def _names(codes: Iterable[str], language: int) -> str:
    joint = ("", " ")[language]
    return ", ".join(f"{industry_name(code)[language]}{joint}({code})" for code in codes)


def _codes(leaf: Mapping[str, Any], name: str, path: str) -> tuple[str, ...]:
    codes = tuple(normal_code(code) for code in words(leaf, name, path))
    for index, code in enumerate(codes):
        if not _CODE.fullmatch(code):
            raise RuleError(f"{path}.{name}[{index}]", f"must be a KSIC code such as C or C29, not {code!r}")
    return codes


def read(leaf: Mapping[str, Any], path: str) -> Industry:
    """Read `include` and `exclude`, lists of KSIC prefixes."""
    include, exclude = _codes(leaf, "include", path), _codes(leaf, "exclude", path)
    if not include and not exclude:
        raise RuleError(path, "needs include or exclude")
    return Industry(include, exclude)


KIND = Kind("industry", read, ("industry_code",))
