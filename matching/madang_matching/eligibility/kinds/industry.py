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
            Sentence(f"주 업종은 {ko}({code})입니다.", f"The main industry is {en} ({code})."),
        )

    def sentence(self) -> Sentence:
        ko: list[str] = []
        en: list[str] = []
        if self.include:
            ko.append(f"주 업종이 다음 중 하나여야 합니다: {_names(self.include, 0)}.")
            en.append(f"must be one of: {_names(self.include, 1)}.")
        if self.exclude:
            ko.append(f"다음 업종은 제외됩니다: {_names(self.exclude, 0)}.")
            en.append(f"must not be: {_names(self.exclude, 1)}.")
        return Sentence(" ".join(ko), "The main industry " + " It ".join(en))


def _under(code: str, prefix: str) -> Verdict:
    """A code that is coarser than the prefix may or may not fall under it."""
    if code.startswith(prefix):
        return "eligible"
    return "check" if prefix.startswith(code) else "not_eligible"


def _names(codes: Iterable[str], language: int) -> str:
    return ", ".join(f"{industry_name(code)[language]}({code})" for code in codes)


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
