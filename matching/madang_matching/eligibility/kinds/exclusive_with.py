"""Stacking: which other support may not run at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, Table, if_known
from madang_matching.eligibility.dates import Dates, days_later
from madang_matching.eligibility.inputs import capital, flag, text, words
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.tallies import named_awards, plain, plain_names
from madang_matching.eligibility.values import Award
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE, NOT_ELIGIBLE, Verdicts, any_of, negated
from madang_matching.errors import RuleError
from madang_matching.korean import with_particle
from madang_matching.records import Verdict

PROGRAMMES = words("programmes", "함께 받을 수 없는 사업", "Programmes")
GROUPS = words("groups", "함께 받을 수 없는 사업군", "Families of programmes")
TEXT_KO = text("text_ko", "사업 이름(한국어)", "Names in Korean")
TEXT_EN = text("text_en", "사업 이름(영어)", "Names in English")
PLAN = flag("unless_same_plan", "같은 계획인지에 따라 다름", "Depends on whether it is the same plan")
_OPEN_ENDED = frozenset(("received", "running"))


@dataclass(frozen=True, slots=True)
class ExclusiveWith(Requirement):
    """No award of these may run on the day of application; one that is completed or has ended does not count.

    `unless_same_plan`: it turns on whether both are for the same plan, which a person has to compare.
    """

    programmes: tuple[str, ...]
    groups: tuple[str, ...]
    text_ko: str
    text_en: str
    unless_same_plan: bool

    @property
    def fields(self) -> tuple[str, ...]:
        return ("awards",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.awards()
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        names, families = plain_names(self.programmes), plain_names(self.groups)
        asked = [award for name, group, award in applicant.derived(named_awards) if name in names or group in families]
        runs: list[Verdict] = [self._runs(award, dates.today) for award in asked]
        said = ", ".join(award.programme for award, each in zip(asked, runs, strict=True) if each != "not_eligible")
        sentence = Sentence(said or "없음", said or "None")
        worst = any_of(runs)
        if worst == "eligible" and self.unless_same_plan:
            return Finding("check", sentence)
        return Finding(negated(worst), sentence, self.fields if worst == "check" else ())

    def _runs(self, award: Award, day: date) -> Verdict:
        if award.state == "completed":
            return "not_eligible"
        if award.ends_on is not None and award.ends_on < day:
            return "not_eligible"
        return "eligible" if award.state in _OPEN_ENDED else "check"

    def _matches(self, award: Award) -> bool:
        names = plain_names(self.programmes)
        families = plain_names(self.groups)
        return plain(award.programme) in names or (bool(award.group) and plain(award.group) in families)

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        mine = columns.lists("awards")
        answers = ELIGIBLE - mine.greatest(self._runs_each(mine.entries, dates.today))
        return if_known(np.maximum(answers, CHECK) if self.unless_same_plan else answers, mine.known)

    def _runs_each(self, awards: Table, day: date) -> Verdicts:
        names = plain_names(self.programmes)
        families = plain_names(self.groups)
        matches = awards.column("programme").where(lambda name: plain(name) in names)
        matches |= awards.column("group").where(lambda group: bool(group) and plain(group) in families)
        ends, known = awards.numbers("ends_on")
        states = awards.column("state")
        over = states.where(lambda state: state == "completed") | (known & (ends < day.toordinal()))
        runs = states.verdicts(lambda state: "eligible" if state in _OPEN_ENDED else "check")
        return np.where(matches & ~over, runs, np.int8(NOT_ELIGIBLE))

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        ends = (award.ends_on for award in applicant.awards() or () if self._matches(award))
        return tuple(days_later(end, 1) for end in ends if end is not None)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in sorted(self.turning_days(applicant, dates)):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        mine = applicant.awards()
        if mine is None:
            yield {"awards": ()}
        if wanted:
            yield {"awards": tuple(self._ended(award) for award in mine or ())}
            return
        name, group = (*self.programmes, *self.groups)[0], "" if self.programmes else self.groups[0]
        yield {"awards": (*(mine or ()), Award(name, dates.today, None, None, "running", "", None, "", group))}

    def _ended(self, award: Award) -> Award:
        return award._replace(state="completed") if self._matches(award) else award

    def sentence(self) -> Sentence:
        names = ", ".join((*self.programmes, *self.groups))
        ko, en = self.text_ko or self.text_en or names, self.text_en or self.text_ko or names
        plan = (" (같은 계획인 경우)", " (for the same plan)") if self.unless_same_plan else ("", "")
        together = with_particle(ko, "와/과")
        return Sentence(f"{together} 동시 수혜 불가{plan[0]}", capital(f"not at the same time as {en}{plan[1]}"))


def read(leaf: Mapping[str, Any], path: str) -> ExclusiveWith:
    """Read `programmes`, `groups`, their names in words and `unless_same_plan`."""
    programmes, groups = PROGRAMMES.read(leaf, path), GROUPS.read(leaf, path)
    if not programmes and not groups:
        raise RuleError(path, "needs programmes or groups")
    return ExclusiveWith(programmes, groups, TEXT_KO.read(leaf, path), TEXT_EN.read(leaf, path), PLAN.read(leaf, path))


KIND = Kind("exclusive_with", "중복 지원 제한", "Stacking", read, (PROGRAMMES, GROUPS, TEXT_KO, TEXT_EN, PLAN))
