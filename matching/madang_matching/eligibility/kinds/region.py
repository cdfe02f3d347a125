"""Region: where head office, branch or plant is, or where the head office will have moved in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import TEXT, Columns, decided_each, if_known
from madang_matching.eligibility.dates import (
    REFERENCE_WORDS,
    Dates,
    Reference,
    day_words,
    first_start,
    months_later,
)
from madang_matching.eligibility.inputs import REFERENCE, codes, whole, word
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import CHECK, Verdicts, all_of, any_of, decided
from madang_matching.errors import RuleError
from madang_matching.records import Verdict
from madang_matching.regions import REGION_GROUPS, REGION_NAMES, finest, region_codes, region_name

Site: TypeAlias = Literal["head_office", "branch", "plant", "any"]
SITE_NAMES: dict[Site, tuple[str, str]] = {
    "head_office": ("본사", "Head office"),
    "branch": ("지점", "Branch"),
    "plant": ("공장", "Plant"),
    "any": ("사업장", "Any site"),
}
_SITE_FIELDS: dict[Site, tuple[str, ...]] = {
    "head_office": ("region_codes",),
    "branch": ("branch_region_codes",),
    "plant": ("plant_region_codes",),
    "any": ("region_codes", "branch_region_codes", "plant_region_codes"),
}
_NAMED: dict[Site, str] = {
    "head_office": "region_codes", "branch": "branch_region_codes", "plant": "plant_region_codes"
}  # fmt: skip
CODES = codes(
    "codes", "지역 코드 (전국 korea, 수도권 capital, 비수도권 non_capital)",
    "Region codes, or korea, capital, non_capital", rf"\d{{2,10}}|{'|'.join(REGION_GROUPS)}",
    "an official code of two to ten digits, or korea, capital or non_capital", needed=True,
)  # fmt: skip
SITE = word("site", "사업장", "Site", SITE_NAMES)
WITHIN_MONTHS = whole("within_months", "이전 기한(개월)", "May move within months")
_MOVE = ("moving_to", "moving_by")
_MOVING_FIELDS = {site: (*fields, *_MOVE) for site, fields in _SITE_FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Region(Requirement):
    """One of the regions must hold the site. Official codes nest by their first digits, as 11680 in 11.

    With `within_months`, a head office that moves there by so many months after the reference day counts too.
    """

    codes: tuple[str, ...]
    site: Site
    within_months: int | None
    reference: Reference
    names: tuple[str, ...]
    """Codes and groups as the notice names them; `codes` are those of all of them."""

    @property
    def fields(self) -> tuple[str, ...]:
        return (_SITE_FIELDS if self.within_months is None else _MOVING_FIELDS)[self.site]

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        areas = applicant.derived(_areas)
        parts: dict[str, Verdict] = {name: self._at(areas[name]) for name in _SITE_FIELDS[self.site]}
        if self.within_months is not None:
            parts["moving_to"] = self._at(areas["moving_to"])
            if parts["moving_to"] != "not_eligible":
                in_time = self._in_time(applicant.day("moving_by"), dates)
                if in_time != "eligible" and applicant.day("moving_by") is None:
                    parts["moving_by"] = "check"
                parts["moving_to"] = all_of((parts["moving_to"], in_time))
        verdict = any_of(parts.values())
        mine = applicant.derived(_mine, self.fields)
        if verdict != "check":
            return Finding(verdict, mine)
        missing = tuple(name for name in parts if parts[name] == "check" and self._open(applicant, name))
        return Finding(verdict, mine, missing)

    def _at(self, places: tuple[str, ...] | None) -> Verdict:
        """Whether a site that lies in these smallest areas lies in one of the regions."""
        if places is None:
            return "check"
        codes = self.codes
        for place in places:
            if place.startswith(codes):
                return "eligible"
        for code in codes:
            if code.startswith(places):
                return "check"
        return "not_eligible"

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        parts = [self._at_each(columns, name) for name in _SITE_FIELDS[self.site]]
        if self.within_months is not None:
            parts.append(np.minimum(self._at_each(columns, "moving_to"), self._in_time_each(columns, dates)))
        return np.maximum.reduce(parts)

    def _at_each(self, columns: Columns, name: str) -> Verdicts:
        office = name == "region_codes"
        mine = columns.lists(name, _head_office if office else _places)
        around = {code[:length] for code in self.codes for length in range(len(code))}

        def at(place: str) -> Verdict:
            return "eligible" if place.startswith(self.codes) else "check" if place in around else "not_eligible"

        answers = mine.greatest(mine.entries.column(TEXT).verdicts(at))
        return if_known(answers, mine.known & (mine.lengths > 0) if office else mine.known)

    def _in_time_each(self, columns: Columns, dates: Dates) -> Verdicts:
        reference, (days, known) = dates.at(self.reference), columns.numbers("moving_by")
        if reference is None:
            return np.full(columns.n, CHECK, np.int8)
        return decided_each(days <= months_later(reference, self.within_months or 0).toordinal(), known)

    def _open(self, applicant: Applicant, name: str) -> bool:
        """Whether another answer to the field could decide."""
        if name == "moving_by":
            return applicant.day(name) is None
        return self._at(applicant.derived(_areas)[name]) == "check"

    def _in_time(self, day: date | None, dates: Dates) -> Verdict:
        reference = dates.at(self.reference)
        if day is None or reference is None:
            return "check"
        return decided(day <= months_later(reference, self.within_months or 0))

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        day = applicant.day("moving_by")
        if self.within_months is None or self.reference != "application" or day is None:
            return ()
        return (first_start(day, self.within_months),)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        if not wanted:
            yield self._elsewhere(applicant)
            return
        for name in _SITE_FIELDS[self.site]:
            mine = () if name == "region_codes" else applicant.codes(name) or ()
            yield from ({name: (*mine, code)} for code in self.codes)
        if self.within_months is not None:
            reference = dates.at(self.reference)
            until = months_later(reference, self.within_months) if reference else None
            mine = {name: applicant.value(name) for name in _MOVE}
            for code in self.codes:
                target, by = {"moving_to": (code,)}, {"moving_by": until}
                yield from (each for each in (target, by) if any(mine.values()))
                yield {**target, **by}

    def _elsewhere(self, applicant: Applicant) -> Candidate:
        far = next(
            (each for each in REGION_NAMES if all(_within(each, code) == "not_eligible" for code in self.codes)), ""
        )
        away: dict[str, object] = {}
        for name in (*_SITE_FIELDS[self.site], *(("moving_to",) if self.within_months is not None else ())):
            if self._at(applicant.derived(_areas)[name]) != "not_eligible":
                away[name] = (far,) if name == "region_codes" else ()
        return away

    def sentence(self) -> Sentence:
        names = [region_name(name) for name in self.names]
        site_ko, site_en = SITE_NAMES[self.site]
        ko = f"{', '.join(ko for ko, _ in names)} 안 {site_ko}"
        en = f"{site_en} in {' or '.join(en for _, en in names)}"
        if self.within_months is None:
            return Sentence(ko, en)
        day_ko, day_en = REFERENCE_WORDS[self.reference]
        months = self.within_months
        return Sentence(
            f"{ko} 또는 {months}개월 안에 이전 ({day_ko})",
            f"{en}, or moved there within {months} month{'' if months == 1 else 's'} ({day_en})",
        )


def _head_office(mine: tuple[str, ...]) -> tuple[str, ...]:
    return () if not mine else (finest(mine) or "",)


def _places(mine: tuple[str, ...]) -> tuple[str, ...]:
    """The smallest areas: a province that stands beside a gu of it says nothing more."""
    return tuple(code for code in mine if not any(other != code and other.startswith(code) for other in mine))


def _areas(applicant: Applicant) -> dict[str, tuple[str, ...] | None]:
    """The smallest areas by field; None: not known, as where a head office has no place."""
    office = applicant.codes("region_codes")
    others = {name: applicant.codes(name) for name in ("branch_region_codes", "plant_region_codes", "moving_to")}
    known = {name: None if mine is None else _places(mine) for name, mine in others.items()}
    return {"region_codes": _head_office(office) if office else None, **known}


def _mine(applicant: Applicant, names: tuple[str, ...]) -> Sentence:
    words = applicant.derived(_words)
    said = [words[name] for name in names if name in words]
    return Sentence(", ".join(ko for ko, _ in said), "; ".join(en for _, en in said)) if said else UNKNOWN


def _words(applicant: Applicant) -> dict[str, Sentence]:
    """Where the applicant is and where it moves to, by field, as far as it is known."""
    found: dict[str, Sentence] = {}
    for site, name in _NAMED.items():
        mine = applicant.codes(name)
        if mine:
            (ko, en), (site_ko, site_en) = _place(mine), SITE_NAMES[site]
            found[name] = (
                Sentence(ko, en) if site == "head_office" else Sentence(f"{site_ko} {ko}", f"{site_en.lower()} {en}")
            )
    target, day = applicant.codes("moving_to"), applicant.day("moving_by")
    if target:
        place, until = _place(target), day_words(day) if day else ("날짜 미입력", "day not filled in")
        found["moving_to"] = Sentence(f"이전할 곳: {place[0]} ({until[0]})", f"moving to {place[1]} ({until[1]})")
    return found


def _within(mine: str, code: str) -> Verdict:
    if mine.startswith(code):
        return "eligible"
    return "check" if code.startswith(mine) else "not_eligible"


def _place(codes: tuple[str, ...]) -> tuple[str, str]:
    ordered = sorted(set(codes), key=lambda code: (len(code), code))
    names = [region_name(code) for code in ordered]
    return " ".join(ko for ko, _ in names), ", ".join(en for _, en in reversed(names))


def read(leaf: Mapping[str, Any], path: str) -> Region:
    """Read `codes` (official codes of two to ten digits, or groups), `site`, `within_months` and `reference`."""
    months = WITHIN_MONTHS.read(leaf, path)
    if months is not None and months > 1200:
        raise RuleError(f"{path}.within_months", f"must be at most 1200 months, not {months}")
    names = CODES.read(leaf, path)
    return Region(region_codes(names), SITE.read(leaf, path), months, REFERENCE.read(leaf, path), names)


KIND = Kind("region", "지역", "Region", read, (CODES, SITE, WITHIN_MONTHS, REFERENCE))
