"""Prior investment: how much, within which time, paid in, by whom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, Table, if_known
from madang_matching.eligibility.dates import REFERENCE_WORDS, Dates, Reference
from madang_matching.eligibility.inputs import BOUND, REFERENCE, Bound, capital, flag, whole, words
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    UNKNOWN,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.tallies import in_window, in_windows, plain, plain_names, tallies, tally, window_days
from madang_matching.eligibility.values import Investment as Received
from madang_matching.eligibility.verdicts import Verdicts, all_of, decided
from madang_matching.errors import RuleError
from madang_matching.money import won_words
from madang_matching.records import Verdict

AMOUNT_MIN = whole("amount_min_won", "최소 투자액", "Least amount", "won")
AMOUNT_MAX = whole("amount_max_won", "최대 투자액", "Most amount", "won")
WITHIN_MONTHS = whole("within_months", "기간(개월)", "Within months")
PAID = flag("paid", "납입·등기 완료만", "Paid in only")
INVESTORS = words("investors", "투자자 유형", "Investors")


@dataclass(frozen=True, slots=True)
class Investment(Requirement):
    """The sum of what counts must lie between two limits: received by the reference day, within so many months."""

    amount_min_won: int | None
    amount_max_won: int | None
    within_months: int | None
    paid: bool
    investors: tuple[str, ...]
    reference: Reference
    bound: Bound

    @property
    def fields(self) -> tuple[str, ...]:
        return ("investments",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.investments()
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        reference = dates.at(self.reference)
        total = tally([(self._counts(each, reference), each.amount_won) for each in mine])
        parts: list[Verdict] = []
        if self.amount_min_won is not None:
            parts.append(total.at_least(self.amount_min_won, self.bound))
        if self.amount_max_won is not None:
            parts.append(total.at_most(self.amount_max_won, self.bound))
        verdict = all_of(parts)
        waits = verdict == "check" and (reference is not None or self.within_months is None)
        return Finding(verdict, _said(total.least, total.most), self.fields if waits else ())

    def _counts(self, received: Received, reference: date | None) -> Verdict:
        counts = in_window(received.on, reference, self.within_months)
        if self.paid:
            counts = all_of((counts, "check" if received.paid is None else decided(received.paid)))
        if self.investors:
            known = plain(received.investor)
            counts = all_of((counts, decided(known in plain_names(self.investors)) if known else "check"))
        return counts

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        mine = columns.lists("investments")
        counts = self._counts_each(mine.entries, dates.at(self.reference))
        total = tallies(mine, counts, *mine.entries.numbers("amount_won"))
        parts: list[Verdicts] = []
        if self.amount_min_won is not None:
            parts.append(total.at_least(self.amount_min_won, self.bound))
        if self.amount_max_won is not None:
            parts.append(total.at_most(self.amount_max_won, self.bound))
        return if_known(np.minimum.reduce(parts), mine.known)

    def _counts_each(self, received: Table, reference: date | None) -> Verdicts:
        parts = [in_windows(received, reference, self.within_months)]
        if self.paid:
            parts.append(received.column("paid").verdicts(decided))
        if self.investors:
            wanted = plain_names(self.investors)
            said = received.column("investor")
            parts.append(said.verdicts(lambda name: decided(plain(name) in wanted) if plain(name) else "check"))
        return np.minimum.reduce(parts)

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        if self.reference != "application":
            return ()
        return tuple(day for each in applicant.investments() or () for day in window_days(each.on, self.within_months))

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in sorted(self.turning_days(applicant, dates)):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        mine, reference = applicant.investments(), dates.at(self.reference)
        if mine is None:
            yield {"investments": ()}
        day, investor = reference or dates.today, self.investors[0] if self.investors else ""
        known = [self._completed(each, day, investor) for each in mine or ()]
        if mine:
            yield {"investments": tuple(known)}
        total = tally((self._counts(each, reference), each.amount_won) for each in known).least
        step = 0 if self.bound == "inclusive" else 1
        for limit in (
            None if self.amount_min_won is None else self.amount_min_won + step,
            None if self.amount_max_won is None else self.amount_max_won + 1 - step,
        ):
            if limit is not None and limit > total:
                yield {"investments": (*known, Received(day, int(limit - total), True, investor))}

    def _completed(self, received: Received, day: date, investor: str) -> Received:
        return Received(
            received.on or day,
            (self.amount_min_won or 0) + 1 if received.amount_won is None else received.amount_won,
            True if received.paid is None else received.paid,
            received.investor or investor,
        )

    def sentence(self) -> Sentence:
        more, less = ("이상", "이하") if self.bound == "inclusive" else ("초과", "미만")
        more_en, less_en = ("at least", "at most") if self.bound == "inclusive" else ("more than", "less than")
        ends = [(self.amount_min_won, more, more_en), (self.amount_max_won, less, less_en)]
        known = [(won_words(end), ko, en) for end, ko, en in ends if end is not None]
        ko = "투자 유치 " + " ".join(f"{amount[0]} {word}" for amount, word, _ in known)
        en = "investment of " + " and ".join(f"{word} {amount[1]}" for amount, _, word in known)
        notes = self._notes()
        text_ko, text_en = ", ".join(each.ko for each in notes), ", ".join(each.en for each in notes)
        return Sentence(f"{ko} ({text_ko})", capital(f"{en} ({text_en})")) if notes else Sentence(ko, capital(en))

    def _notes(self) -> list[Sentence]:
        notes: list[Sentence] = []
        if self.investors:
            names = ", ".join(self.investors)
            notes.append(Sentence(names, f"from {names}"))
        if self.within_months is not None:
            months = self.within_months
            notes.append(Sentence(f"{months}개월 이내", f"within {months} month{'' if months == 1 else 's'}"))
        if self.paid:
            notes.append(Sentence("납입 완료분", "paid in"))
        if self.within_months is not None or self.reference != "unknown":
            notes.append(Sentence(*REFERENCE_WORDS[self.reference]))
        return notes


@lru_cache(maxsize=4096)
def _said(least: float, most: float) -> Sentence:
    low = won_words(int(least))
    if math.isinf(most):
        return Sentence(f"{low[0]} 이상", f"{low[1]} or more")
    if most == least:
        return Sentence(f"{low[0]}", f"{low[1]}")
    high = won_words(int(most))
    return Sentence(f"{low[0]}에서 {high[0]} 사이", f"Between {low[1]} and {high[1]}")


def read(leaf: Mapping[str, Any], path: str) -> Investment:
    """Read amounts, `within_months`, `paid`, `investors`, `reference` and `bound`; without an amount any will do."""
    least, most, months = (each.read(leaf, path) for each in (AMOUNT_MIN, AMOUNT_MAX, WITHIN_MONTHS))
    if months is not None and months > 1200:
        raise RuleError(f"{path}.within_months", f"must be at most 1200 months, not {months}")
    bound = BOUND.read(leaf, path)
    if least is None and most is None:
        least, bound = 1, "inclusive"
    return Investment(
        least, most, months, PAID.read(leaf, path), INVESTORS.read(leaf, path), REFERENCE.read(leaf, path), bound
    )


KIND = Kind(
    "investment", "투자 유치", "Investment", read,
    (AMOUNT_MIN, AMOUNT_MAX, BOUND, WITHIN_MONTHS, PAID, INVESTORS, REFERENCE),
)  # fmt: skip
