"""De minimis: the sum of small aid over rolling years, with the new award."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, Lists, Table, decided_each, if_known
from madang_matching.eligibility.dates import REFERENCE_WORDS, Dates, Reference, first_start_beyond, months_later
from madang_matching.eligibility.inputs import REFERENCE, euro, whole
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.tallies import Tallies, Tally, tallies, tally
from madang_matching.eligibility.values import Aid, Award
from madang_matching.eligibility.verdicts import CHECK, NOT_ELIGIBLE, Verdicts, decided
from madang_matching.errors import RuleError
from madang_matching.records import Verdict

REGIME = "de_minimis"
CEILING_EUR = 300_000.0
"""Regulation (EU) 2023/2831, article 3(2): 300,000 euro per single undertaking over any period of three years."""
YEARS = 3
AWARD = euro("award_eur", "이번 지원액(유로)", "New award")
CEILING = euro("ceiling_eur", "한도(유로)", "Ceiling", CEILING_EUR)
SPAN = whole("years", "기간(년)", "Rolling years")
_UNKNOWN = Tally(0.0, math.inf)


@dataclass(frozen=True, slots=True)
class DeMinimis(Requirement):
    """What the single undertaking was granted in the years that end on the reference day, and the new award, must not
    exceed the ceiling.

    An award of three years ago to the day lies outside. Affiliates are never taken for absent: while their aid is not
    known, only a sum that is beyond already decides. Source: Regulation (EU) 2023/2831, article 2(2).
    """

    award_eur: float
    ceiling_eur: float
    years: int
    reference: Reference

    @property
    def fields(self) -> tuple[str, ...]:
        return ("awards", "affiliate_awards")

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        known = [name for name in self.fields if applicant.value(name) is not None]
        if not known:
            return Finding("check", UNKNOWN, self.fields)
        reference = dates.at(self.reference)
        own = self._tally(applicant.derived(_small), reference)
        affiliates = self._tally(applicant.affiliate_awards(), reference)
        total = Tally(own.least + affiliates.least, own.most + affiliates.most)
        verdict = total.at_most(self.ceiling_eur - self.award_eur)
        if verdict != "check":
            return Finding(verdict, _said(total, affiliates))
        open_ = {name for name, part in zip(self.fields, (own, affiliates), strict=True) if part.least != part.most}
        missing = tuple(name for name in self.fields if name not in known or (reference is not None and name in open_))
        return Finding(verdict, _said(total, affiliates), missing)

    def _tally(self, granted: Iterable[Aid] | None, reference: date | None) -> Tally:
        if granted is None:
            return _UNKNOWN
        return tally([(self._counts(each, reference), each.de_minimis_eur) for each in granted])

    def _counts(self, aid: Aid, reference: date | None) -> Verdict:
        if reference is None or aid.on is None:
            return "check"
        return decided(aid.on <= reference < months_later(aid.on, 12 * self.years))

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        reference = dates.at(self.reference)
        own, affiliates = columns.lists("awards"), columns.lists("affiliate_awards")
        small = own.entries.column("regime").where(lambda regime: regime == REGIME)
        small |= own.entries.numbers("de_minimis_eur")[1]
        counts = np.where(small, self._counts_each(own.entries, reference), np.int8(NOT_ELIGIBLE))
        parts = (_sums(own, counts), _sums(affiliates, self._counts_each(affiliates.entries, reference)))
        total = Tallies(parts[0].least + parts[1].least, parts[0].most + parts[1].most)
        return if_known(total.at_most(self.ceiling_eur - self.award_eur), own.known | affiliates.known)

    def _counts_each(self, granted: Table, reference: date | None) -> Verdicts:
        days, known = granted.numbers("on")
        if reference is None:
            return np.full(granted.n, CHECK, np.int8)
        inside = (days <= reference.toordinal()) & (days >= first_start_beyond(reference, 12 * self.years))
        return decided_each(inside, known)

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        if self.reference != "application":
            return ()
        lists = (applicant.awards() or (), applicant.affiliate_awards() or ())
        days = (each.on for granted in lists for each in granted)
        return tuple(each for day in days if day is not None for each in (day, months_later(day, 12 * self.years)))

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        gaps: Candidate = {name: () for name in self.fields if applicant.value(name) is None}
        for day in sorted(self.turning_days(applicant, dates)):
            if day > dates.today:
                yield {APPLICATION_DAY: day, **gaps}
        if gaps:
            yield gaps
        reference, beyond = dates.at(self.reference), self.ceiling_eur + 1
        if not wanted and reference is not None:
            more = Award("de minimis", reference, None, None, "received", REGIME, beyond, "", "")
            yield {"awards": (*(applicant.awards() or ()), more)}
            yield {"affiliate_awards": (*(applicant.affiliate_awards() or ()), Aid(reference, beyond))}

    def sentence(self) -> Sentence:
        day_ko, day_en = REFERENCE_WORDS[self.reference]
        years = f"{self.years} year{'' if self.years == 1 else 's'}"
        return Sentence(
            f"{self.years}년간 최소보조 {self.ceiling_eur:,.0f}유로 이하, "
            f"이번 {self.award_eur:,.0f}유로 포함 ({day_ko})",
            f"De minimis aid of at most €{self.ceiling_eur:,.0f} over {years}, with this award of "
            f"€{self.award_eur:,.0f} ({day_en})",
        )


def _small(applicant: Applicant) -> list[Aid] | None:
    """Return what of the applicant's own awards is de minimis aid; None: not known."""
    awards = applicant.awards()
    if awards is None:
        return None
    return [
        Aid(each.on, each.de_minimis_eur) for each in awards if each.regime == REGIME or each.de_minimis_eur is not None
    ]


def _sums(lists: Lists, counts: Verdicts) -> Tallies:
    """Return the tallies of lists; of one that is not known there is no upper end."""
    found = tallies(lists, counts, *lists.entries.numbers("de_minimis_eur"))
    return Tallies(found.least, np.where(lists.known, found.most, math.inf))


@lru_cache(maxsize=4096)
def _said(total: Tally, affiliates: Tally) -> Sentence:
    ko, en = _amount(total)
    if affiliates == _UNKNOWN:
        return Sentence(f"{ko}, 관계기업 미확인", f"{en}, affiliates not known")
    if affiliates.most == 0:
        return Sentence(ko, en)
    part_ko, part_en = _amount(affiliates)
    return Sentence(f"{ko}, 그중 관계기업 {part_ko}", f"{en}, of which affiliates {part_en}")


def _amount(sum_eur: Tally) -> Sentence:
    least, most = sum_eur
    if math.isinf(most):
        return Sentence(f"{least:,.0f}유로 이상", f"€{least:,.0f} or more")
    if least == most:
        return Sentence(f"{least:,.0f}유로", f"€{least:,.0f}")
    return Sentence(f"{least:,.0f}–{most:,.0f}유로", f"€{least:,.0f} to €{most:,.0f}")


def read(leaf: Mapping[str, Any], path: str) -> DeMinimis:
    """Read `award_eur`, `ceiling_eur`, `years` and `reference`, the day of application where it is not said."""
    award, ceiling, years = AWARD.read(leaf, path), CEILING.read(leaf, path), SPAN.read(leaf, path)
    if years is not None and not 1 <= years <= 100:
        raise RuleError(f"{path}.years", f"must be between 1 and 100, not {years}")
    reference: Reference = REFERENCE.read(leaf, path) if leaf.get("reference") else "application"
    return DeMinimis(award or 0.0, CEILING_EUR if ceiling is None else ceiling, years or YEARS, reference)


KIND = Kind("de_minimis", "최소보조(de minimis)", "De minimis", read, (AWARD, CEILING, SPAN, REFERENCE))
