"""De minimis: the sum of small aid over rolling years, with the new award."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, Table, decided_each, if_known
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
from madang_matching.eligibility.tallies import tallies, tally
from madang_matching.eligibility.values import Award
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


@dataclass(frozen=True, slots=True)
class DeMinimis(Requirement):
    """What was granted in the years that end on the reference day, and the new award, must not exceed the ceiling.

    An award of three years ago to the day lies outside.
    """

    award_eur: float
    ceiling_eur: float
    years: int
    reference: Reference

    @property
    def fields(self) -> tuple[str, ...]:
        return ("awards",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.awards()
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        reference = dates.at(self.reference)
        total = tally((self._counts(award, reference), award.de_minimis_eur) for award in mine)
        verdict = total.at_most(self.ceiling_eur - self.award_eur)
        waits = verdict == "check" and reference is not None
        return Finding(verdict, _said(total.least, total.most), self.fields if waits else ())

    def _counts(self, award: Award, reference: date | None) -> Verdict:
        if award.regime != REGIME and award.de_minimis_eur is None:
            return "not_eligible"
        if reference is None or award.on is None:
            return "check"
        return decided(award.on <= reference < months_later(award.on, 12 * self.years))

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        mine = columns.lists("awards")
        counts = self._counts_each(mine.entries, dates.at(self.reference))
        total = tallies(mine, counts, *mine.entries.numbers("de_minimis_eur"))
        return if_known(total.at_most(self.ceiling_eur - self.award_eur), mine.known)

    def _counts_each(self, awards: Table, reference: date | None) -> Verdicts:
        small = awards.column("regime").where(lambda regime: regime == REGIME) | awards.numbers("de_minimis_eur")[1]
        days, known = awards.numbers("on")
        counts = np.full(awards.n, CHECK, np.int8)
        if reference is not None:
            inside = (days <= reference.toordinal()) & (days >= first_start_beyond(reference, 12 * self.years))
            counts = decided_each(inside, known)
        return np.where(small, counts, np.int8(NOT_ELIGIBLE))

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        if self.reference != "application":
            return ()
        days = (award.on for award in applicant.awards() or ())
        return tuple(each for day in days if day is not None for each in (day, months_later(day, 12 * self.years)))

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in sorted(self.turning_days(applicant, dates)):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        mine, reference = applicant.awards(), dates.at(self.reference)
        if mine is None:
            yield {"awards": ()}
        if not wanted and reference is not None:
            more = Award("de minimis", reference, None, None, "received", REGIME, self.ceiling_eur + 1, "", "")
            yield {"awards": (*(mine or ()), more)}

    def sentence(self) -> Sentence:
        day_ko, day_en = REFERENCE_WORDS[self.reference]
        years = f"{self.years} year{'' if self.years == 1 else 's'}"
        return Sentence(
            f"{self.years}년간 최소보조 {self.ceiling_eur:,.0f}유로 이하, "
            f"이번 {self.award_eur:,.0f}유로 포함 ({day_ko})",
            f"De minimis aid of at most €{self.ceiling_eur:,.0f} over {years}, with this award of "
            f"€{self.award_eur:,.0f} ({day_en})",
        )


def _said(least: float, most: float) -> Sentence:
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
