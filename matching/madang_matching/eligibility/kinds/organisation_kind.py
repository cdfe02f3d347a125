"""Organisation kind: startup, SME, corporate, research and so on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.requirement import UNKNOWN, Finding, Kind, Sentence, words
from madang_matching.eligibility.verdicts import decided
from madang_matching.errors import RuleError
from madang_matching.records import Organisation

KIND_NAMES: dict[str, tuple[str, str]] = {
    "startup": ("창업기업", "startup"),
    "sme": ("중소기업", "SME"),
    "corporate": ("대기업·중견기업", "large firm"),
    "research": ("대학·연구기관", "university or research body"),
    "public_body": ("공공기관", "public body"),
    "investor": ("투자기관", "investor"),
    "civic": ("시민단체", "civic group"),
}

_OVERLAPPING = frozenset(("startup", "sme"))
"""Most startups are SMEs by law, and a young SME may count as a startup: the label alone decides neither way."""


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """The applicant must be of one of the kinds."""

    include: tuple[str, ...]

    def check(self, applicant: Organisation, dates: Dates) -> Finding:
        mine = applicant.kind
        if mine not in KIND_NAMES:
            return Finding("check", UNKNOWN, ("kind",))
        ko, en = KIND_NAMES[mine]
        sentence = Sentence(ko, en[:1].upper() + en[1:])
        if mine not in self.include and mine in _OVERLAPPING and _OVERLAPPING & set(self.include):
            return Finding("check", sentence)
        return Finding(decided(mine in self.include), sentence)

    def sentence(self) -> Sentence:
        names = [KIND_NAMES[kind] for kind in self.include]
        text_en = ", ".join(en for _, en in names)
        return Sentence(", ".join(ko for ko, _ in names), text_en[:1].upper() + text_en[1:])


def read(leaf: Mapping[str, Any], path: str) -> OrganisationKind:
    """Read `include`, a list of organisation kinds."""
    include = words(leaf, "include", path)
    if not include:
        raise RuleError(f"{path}.include", "needs at least one kind")
    for index, kind in enumerate(include):
        if kind not in KIND_NAMES:
            raise RuleError(f"{path}.include[{index}]", f"must be one of {', '.join(KIND_NAMES)}, not {kind!r}")
    return OrganisationKind(include)


KIND = Kind("organisation_kind", read, ("kind",))
