"""Earlier awards: how often one has won certain programmes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, Table, decided_each, if_known
from madang_matching.eligibility.dates import REFERENCE_WORDS, Dates, Reference
from madang_matching.eligibility.inputs import REFERENCE, Options, capital, text, whole, words, words_of
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.tallies import (
    in_window,
    in_windows,
    named_awards,
    plain,
    plain_names,
    tallies,
    tally,
    window_days,
)
from madang_matching.eligibility.values import Award
from madang_matching.eligibility.verdicts import Verdicts, all_of, decided
from madang_matching.errors import RuleError
from madang_matching.records import Verdict

STATE_NAMES: Options = {
    "received": ("선정", "received"),
    "running": ("수행 중", "running"),
    "completed": ("완료", "completed"),
}
PROGRAMMES = words("programmes", "사업", "Programmes", needed=True)
TEXT_KO = text("text_ko", "사업 이름(한국어)", "Programmes in Korean")
TEXT_EN = text("text_en", "사업 이름(영어)", "Programmes in English")
STATES = words("states", "상태", "States", STATE_NAMES)
WITHIN_MONTHS = whole("within_months", "기간(개월)", "Within months")
MAX_TIMES = whole("max_times", "최대 횟수 (0: 없어야 함)", "At most times (0: never)")
YEARS_FROM = whole("years_from", "선정 연도(부터)", "Awarded from year")
YEARS_TO = whole("years_to", "선정 연도(까지)", "Awarded until year")
MIN_TIMES = whole("min_times", "최소 횟수", "At least times")


@dataclass(frozen=True, slots=True)
class EarlierAward(Requirement):
    """How many awards of these programmes, or of these families of programmes, there may or must have been."""

    programmes: tuple[str, ...]
    text_ko: str
    text_en: str
    states: tuple[str, ...]
    within_months: int | None
    max_times: int | None
    min_times: int | None
    reference: Reference
    years: tuple[int | None, int | None] = (None, None)
    """First and last year of the awards that count, both included."""

    @property
    def fields(self) -> tuple[str, ...]:
        return ("awards",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.awards()
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        reference, wanted = dates.at(self.reference), plain_names(self.programmes)
        asked = [award for name, group, award in applicant.derived(named_awards) if name in wanted or group in wanted]
        counts: list[Verdict] = [self._counts(award, reference) for award in asked]
        times = tally([(each, 1.0) for each in counts])
        parts: list[Verdict] = []
        if self.max_times is not None:
            parts.append(times.at_most(self.max_times))
        if self.min_times is not None:
            parts.append(times.at_least(self.min_times))
        verdict = all_of(parts)
        met = [award.programme for award, each in zip(asked, counts, strict=True) if each != "not_eligible"]
        said = ", ".join(dict.fromkeys(met))
        waits = verdict == "check" and (reference is not None or self.within_months is None)
        return Finding(verdict, Sentence(said or "없음", said or "None"), self.fields if waits else ())

    def _counts(self, award: Award, reference: date | None) -> Verdict:
        """Whether an award of one of the programmes is one of those that are counted."""
        parts: list[Verdict] = []
        if self.states:
            parts.append(decided(award.state in self.states) if award.state else "check")
        first, last = self.years
        if first is not None or last is not None:
            year = award.on.year if award.on else None
            parts.append("check" if year is None else decided((first or 0) <= year <= (last or 9999)))
        if self.within_months is not None:
            parts.append(in_window(award.on, reference, self.within_months))
        return all_of(parts)

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        mine = columns.lists("awards")
        counts = self._counts_each(mine.entries, dates.at(self.reference))
        times = tallies(mine, counts, np.ones(mine.entries.n), np.ones(mine.entries.n, bool))
        parts: list[Verdicts] = []
        if self.max_times is not None:
            parts.append(times.at_most(self.max_times))
        if self.min_times is not None:
            parts.append(times.at_least(self.min_times))
        return if_known(np.minimum.reduce(parts), mine.known)

    def _counts_each(self, awards: Table, reference: date | None) -> Verdicts:
        wanted = plain_names(self.programmes)
        named, family = (
            awards.column(name).where(lambda said: plain(said) in wanted) for name in ("programme", "group")
        )
        parts = [decided_each(named | family)]
        if self.states:
            said = awards.column("state")
            parts.append(said.verdicts(lambda state: decided(state in self.states) if state else "check"))
        first, last = self.years
        if first is not None or last is not None:
            days, known = awards.numbers("on")
            low, high = date(first or 1, 1, 1).toordinal(), date(last or 9999, 12, 31).toordinal()
            parts.append(decided_each((low <= days) & (days <= high), known))
        if self.within_months is not None:
            parts.append(in_windows(awards, reference, self.within_months))
        return np.minimum.reduce(parts)

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        if self.reference != "application" or self.within_months is None:
            return ()
        return tuple(day for each in applicant.awards() or () for day in window_days(each.on, self.within_months))

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in sorted(self.turning_days(applicant, dates)):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        mine, day = applicant.awards(), dates.at(self.reference) or dates.today
        if mine is None:
            yield {"awards": ()}
        state = self.states[0] if self.states else "received"
        first, last = self.years
        if first is not None or last is not None:
            day = date(min(max(day.year, first or 1), last or 9999), 1, 1)
        more = Award(self.programmes[0], day, None, None, state, "", None, "", "")
        most = max(self.min_times or 0, 1 if self.max_times is None else self.max_times + 1)
        for times in range(1, min(most, 20) + 1):
            yield {"awards": (*(mine or ()), *[more] * times)}

    def sentence(self) -> Sentence:
        ko = self.text_ko or self.text_en or ", ".join(self.programmes)
        en = self.text_en or self.text_ko or ", ".join(self.programmes)
        states = (words_of(STATE_NAMES, self.states, each) for each in (0, 1)) if self.states else ("선정", "award")
        (state_ko, state_en), months = tuple(states), self.within_months
        span_ko, span_en = ("", "") if months is None else (f" 최근 {months}개월", f" in the last {months} months")
        years = "–".join(str(each or "") for each in self.years) if any(self.years) else ""
        span_ko, span_en = (f" {years}{span_ko}", f" {years}{span_en}") if years else (span_ko, span_en)
        day_ko, day_en = ("", "") if months is None else (f" ({each})" for each in REFERENCE_WORDS[self.reference])
        said_ko: list[str] = []
        said_en: list[str] = []
        if self.max_times is not None:
            never = self.max_times == 0
            said_ko.append("없음" if never else f"{self.max_times}회 이하")
            said_en.append("none" if never else f"at most {self.max_times} times")
        if self.min_times is not None:
            said_ko.append(f"{self.min_times}회 이상")
            said_en.append(f"at least {self.min_times} time{'' if self.min_times == 1 else 's'}")
        return Sentence(
            f"{ko}{span_ko} {state_ko} {' '.join(said_ko)}{day_ko}",
            capital(f"{en}, {state_en}{span_en}: {' and '.join(said_en)}{day_en}"),
        )


def read(leaf: Mapping[str, Any], path: str) -> EarlierAward:
    """Read `programmes`, their names in words, `states`, `within_months`, years, `max_times`, `min_times`,
    `reference`.

    Without `max_times` and `min_times`: never.
    """
    months, most, least = (each.read(leaf, path) for each in (WITHIN_MONTHS, MAX_TIMES, MIN_TIMES))
    if months is not None and months > 1200:
        raise RuleError(f"{path}.within_months", f"must be at most 1200 months, not {months}")
    first, last = YEARS_FROM.read(leaf, path), YEARS_TO.read(leaf, path)
    for field, year in ((YEARS_FROM, first), (YEARS_TO, last)):
        if year is not None and not 1900 <= year <= 2200:
            raise RuleError(f"{path}.{field.name}", f"must be a year, not {year}")
    return EarlierAward(
        PROGRAMMES.read(leaf, path), TEXT_KO.read(leaf, path), TEXT_EN.read(leaf, path), STATES.read(leaf, path),
        months, 0 if most is None and least is None else most, least, REFERENCE.read(leaf, path),
        (first, last),
    )  # fmt: skip


KIND = Kind(
    "earlier_award", "받은 지원 이력", "Earlier awards", read,
    (PROGRAMMES, TEXT_KO, TEXT_EN, STATES, WITHIN_MONTHS, YEARS_FROM, YEARS_TO, MAX_TIMES, MIN_TIMES, REFERENCE),
)  # fmt: skip
