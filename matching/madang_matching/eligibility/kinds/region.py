"""Region: where the head office is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.requirement import UNKNOWN, Finding, Kind, Sentence, word, words
from madang_matching.eligibility.verdicts import any_of
from madang_matching.errors import RuleError
from madang_matching.records import Organisation, Verdict
from madang_matching.regions import finest, region_name

Site: TypeAlias = Literal["head_office", "branch", "plant", "any"]
SITES: tuple[Site, ...] = ("head_office", "branch", "plant", "any")
SITE_NAMES: dict[Site, tuple[str, str]] = {
    "head_office": ("본사", "Head office"),
    "branch": ("지점", "Branch"),
    "plant": ("공장", "Plant"),
    "any": ("사업장", "Any site"),
}


@dataclass(frozen=True, slots=True)
class Region:
    """One of the regions must hold the site. Official codes nest by their first digits, as 11680 in 11."""

    codes: tuple[str, ...]
    site: Site

    def check(self, applicant: Organisation, dates: Dates) -> Finding:
        mine = finest(applicant.region_codes)
        if mine is None:
            return Finding("check", UNKNOWN, ("region_codes",))
        verdict = any_of(_within(mine, code) for code in self.codes)
        ko, en = _place(applicant.region_codes)
        return Finding(self._for_site(verdict), Sentence(ko, en))

    def _for_site(self, verdict: Verdict) -> Verdict:
        """Only the head office is known: it can prove "any", it says nothing of branches and plants."""
        if self.site == "head_office" or (self.site == "any" and verdict == "eligible"):
            return verdict
        return "check"

    def sentence(self) -> Sentence:
        names = [region_name(code) for code in self.codes]
        site_ko, site_en = SITE_NAMES[self.site]
        return Sentence(
            f"{', '.join(ko for ko, _ in names)} 안 {site_ko}",
            f"{site_en} in {' or '.join(en for _, en in names)}",
        )


def _within(mine: str, code: str) -> Verdict:
    if mine.startswith(code):
        return "eligible"
    return "check" if code.startswith(mine) else "not_eligible"


def _place(codes: tuple[str, ...]) -> tuple[str, str]:
    ordered = sorted(set(codes), key=lambda code: (len(code), code))
    names = [region_name(code) for code in ordered]
    return " ".join(ko for ko, _ in names), ", ".join(en for _, en in reversed(names))


def read(leaf: Mapping[str, Any], path: str) -> Region:
    """Read `codes` (official codes of two to ten digits) and `site`."""
    codes = words(leaf, "codes", path)
    if not codes:
        raise RuleError(f"{path}.codes", "needs at least one region code")
    for index, code in enumerate(codes):
        if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 10):
            raise RuleError(f"{path}.codes[{index}]", f"must be an official code of two to ten digits, not {code!r}")
    return Region(codes, word(leaf, "site", path, SITES, "head_office"))


KIND = Kind("region", read, ("region_codes",))
