"""Certificates, valid on a reference day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, Table, decided_each, if_known
from madang_matching.eligibility.dates import REFERENCE_WORDS, Dates, Reference, day_words, days_later
from madang_matching.eligibility.inputs import REFERENCE, Options, word, words, words_of
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.tallies import plain
from madang_matching.eligibility.values import Certificate as Held
from madang_matching.eligibility.verdicts import ELIGIBLE, NOT_ELIGIBLE, Verdicts, all_of, any_of, decided
from madang_matching.records import Verdict

How: TypeAlias = Literal["any", "all"]
_HOW: dict[How, tuple[str, str]] = {"any": ("하나 이상", "one of them"), "all": ("모두", "all of them")}
CERTIFICATE_NAMES: Options = {
    "venture": ("벤처기업", "venture firm"), "innobiz": ("이노비즈", "Inno-Biz"), "mainbiz": ("메인비즈", "Main-Biz"),
    "research_lab": ("기업부설연구소", "research laboratory"), "social_enterprise": ("사회적기업", "social enterprise"),
}  # fmt: skip
NAMES = words("names", "인증", "Certificates", needed=True)
HOW = word("how", "필요한 수", "How many", _HOW)


@dataclass(frozen=True, slots=True)
class Certificate(Requirement):
    """One or all of the certificates, valid on the reference day; the last day of validity still counts."""

    names: tuple[str, ...]
    how: How
    reference: Reference

    @property
    def fields(self) -> tuple[str, ...]:
        return ("certificates",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.certificates()
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        reference = dates.at(self.reference)
        each: list[Verdict] = [
            any_of(_valid(held, reference) for held in mine if _name(held.name) == _name(name)) for name in self.names
        ]
        verdict = any_of(each) if self.how == "any" else all_of(each)
        waits = verdict == "check" and reference is not None
        return Finding(verdict, _said(mine), self.fields if waits else ())

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        mine = columns.lists("certificates")
        valid, held = _valid_each(mine.entries, dates.at(self.reference)), mine.entries.column("name")
        each = [
            mine.greatest(np.where(held.where(lambda mine, name=name: _name(mine) == name), valid, NOT_ELIGIBLE))
            for name in map(_name, self.names)
        ]
        join = np.maximum if self.how == "any" else np.minimum
        return if_known(join.reduce(each), mine.known)

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        if self.reference != "application":
            return ()
        return tuple(days_later(held.expires_on, 1) for held in applicant.certificates() or () if held.expires_on)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in sorted(self.turning_days(applicant, dates)):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        mine = applicant.certificates() or ()
        wanted_names = {_name(name) for name in self.names}
        if not wanted:
            yield {"certificates": tuple(held for held in mine if _name(held.name) not in wanted_names)}
        elif self.how == "any":
            yield from ({"certificates": (*_without(mine, name), Held(name, None, True))} for name in self.names)
        else:
            kept = tuple(held for held in mine if _name(held.name) not in wanted_names)
            yield {"certificates": (*kept, *(Held(name, None, True) for name in self.names))}

    def sentence(self) -> Sentence:
        ko, en = (words_of(CERTIFICATE_NAMES, self.names, each) for each in (0, 1))
        how_ko, how_en = _HOW[self.how] if len(self.names) > 1 else ("", "")
        day_ko, day_en = REFERENCE_WORDS[self.reference]
        return Sentence(
            f"인증: {ko}{' ' if how_ko else ''}{how_ko} ({day_ko} 유효)",
            f"Certificates: {en}{', ' if how_en else ''}{how_en} (valid {day_en})",
        )


def _valid(held: Held, reference: date | None) -> Verdict:
    if held.endless:
        return "eligible"
    return "check" if held.expires_on is None or reference is None else decided(held.expires_on >= reference)


def _valid_each(held: Table, reference: date | None) -> Verdicts:
    ends, known = held.numbers("expires_on")
    valid = decided_each(ends >= (reference or date.max).toordinal(), known & (reference is not None))
    valid[held.column("endless").where(bool)] = ELIGIBLE
    return valid


def _name(name: str) -> str:
    """inno_biz, Inno-Biz and innobiz are the same."""
    return plain(name).replace("_", "").replace("-", "")


def _without(mine: tuple[Held, ...], name: str) -> tuple[Held, ...]:
    return tuple(held for held in mine if _name(held.name) != _name(name))


def _said(mine: tuple[Held, ...]) -> Sentence:
    if not mine:
        return Sentence("없음", "None")
    ko: list[str] = []
    en: list[str] = []
    for held in mine:
        name = CERTIFICATE_NAMES.get(_name(held.name) if held.name not in CERTIFICATE_NAMES else held.name)
        until = day_words(held.expires_on) if held.expires_on else None
        ko.append((name[0] if name else held.name) + (f" ({until[0]}까지)" if until else ""))
        en.append((name[1] if name else held.name) + (f" (until {until[1]})" if until else ""))
    return Sentence(", ".join(ko), ", ".join(en))


def read(leaf: Mapping[str, Any], path: str) -> Certificate:
    """Read `names`, `how` and `reference`."""
    return Certificate(NAMES.read(leaf, path), HOW.read(leaf, path), REFERENCE.read(leaf, path))


KIND = Kind("certificate", "인증", "Certificate", read, (NAMES, HOW, REFERENCE))
