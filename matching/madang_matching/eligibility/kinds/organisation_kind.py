"""Organisation kind: startup, SME, corporate, research and so on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import words
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import all_of, decided, negated
from madang_matching.errors import RuleError
from madang_matching.records import Verdict

KIND_NAMES: dict[str, tuple[str, str]] = {
    "startup": ("창업기업", "startup"),
    "sme": ("중소기업", "SME"),
    "corporate": ("대기업·중견기업", "large firm"),
    "research": ("대학·연구기관", "university or research body"),
    "public_body": ("공공기관", "public body"),
    "investor": ("투자기관", "investor"),
    "civic": ("시민단체", "civic group"),
}

INCLUDE = words("include", "대상", "Open to", KIND_NAMES)
EXCLUDE = words("exclude", "제외", "Not open to", KIND_NAMES)

_OVERLAPPING = frozenset(("startup", "sme"))
"""Most startups are SMEs by law, and a young SME may count as a startup: the label alone decides neither way."""


@dataclass(frozen=True, slots=True)
class OrganisationKind(Requirement):
    """The applicant must be of one of `include` (empty: any) and of none of `exclude`."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return ("kind",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.word("kind")
        if mine is None:
            return Finding("check", UNKNOWN, ("kind",))
        ko, en = KIND_NAMES[mine]
        sentence = Sentence(ko, en[:1].upper() + en[1:])
        wanted = _among(mine, self.include) if self.include else "eligible"
        return Finding(all_of((wanted, negated(_among(mine, self.exclude)))), sentence)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        return ({"kind": kind} for kind in KIND_NAMES)

    def sentence(self) -> Sentence:
        include, exclude = (
            [", ".join(KIND_NAMES[kind][language] for kind in kinds) for language in (0, 1)]
            for kinds in (self.include, self.exclude)
        )
        if not self.exclude:
            return Sentence(include[0], include[1][:1].upper() + include[1][1:])
        if not self.include:
            return Sentence(f"{exclude[0]} 제외", f"All but {exclude[1]}")
        text_en = f"{include[1]}, but not {exclude[1]}"
        return Sentence(f"{include[0]}, 단 {exclude[0]} 제외", text_en[:1].upper() + text_en[1:])


def _among(mine: str, kinds: tuple[str, ...]) -> Verdict:
    if mine not in kinds and mine in _OVERLAPPING and _OVERLAPPING & set(kinds):
        return "check"
    return decided(mine in kinds)


def read(leaf: Mapping[str, Any], path: str) -> OrganisationKind:
    """Read `include` and `exclude`, lists of organisation kinds."""
    include, exclude = INCLUDE.read(leaf, path), EXCLUDE.read(leaf, path)
    if not include and not exclude:
        raise RuleError(f"{path}.include", "needs at least one kind")
    return OrganisationKind(include, exclude)


KIND = Kind("organisation_kind", "기관 유형", "Kind of organisation", read, (INCLUDE, EXCLUDE))
