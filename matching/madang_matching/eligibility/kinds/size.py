"""Size: people employed, revenue and assets, of the firm alone or with its affiliates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, decided_each
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import BOUND, Bound, capital, whole, word
from madang_matching.eligibility.requirement import Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import ELIGIBLE, Verdicts, all_of, decided
from madang_matching.errors import RuleError
from madang_matching.money import won_words
from madang_matching.records import Verdict

Measure: TypeAlias = Literal["employees", "revenue", "assets"]
RevenueOf: TypeAlias = Literal["latest", "average"]
Of: TypeAlias = Literal["firm", "group"]

_REVENUE_OF: dict[RevenueOf, tuple[str, str]] = {
    "latest": ("지난해", "last year"),
    "average": ("3년 평균", "mean of 3 years"),
}
_OF: dict[Of, tuple[str, str]] = {"firm": ("해당 기업", "the firm"), "group": ("관계기업 포함", "with affiliates")}
_NAMES: dict[Measure, tuple[str, str]] = {
    "employees": ("직원", "employees"),
    "revenue": ("매출", "revenue"),
    "assets": ("자산", "assets"),
}
EMPLOYEES_MIN = whole("employees_min", "최소 직원 수", "Least employees")
EMPLOYEES_MAX = whole("employees_max", "최대 직원 수", "Most employees")
REVENUE_MIN = whole("revenue_min_won", "최소 매출액", "Least revenue", "won")
REVENUE_MAX = whole("revenue_max_won", "최대 매출액", "Most revenue", "won")
ASSETS_MIN = whole("assets_min_won", "최소 자산", "Least assets", "won")
ASSETS_MAX = whole("assets_max_won", "최대 자산", "Most assets", "won")
REVENUE_OF = word("revenue_of", "매출 기준", "Revenue of", _REVENUE_OF)
OF = word("of", "범위", "Counted", _OF)


class Limit(NamedTuple):
    """What one measure may be, both ends included or both excluded."""

    measure: Measure
    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Size(Requirement):
    """Limits, at least one. `bound` says for all of them whether the limit itself is allowed."""

    limits: tuple[Limit, ...]
    revenue_of: RevenueOf
    of: Of
    bound: Bound

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(limit.field for limit in self.limits)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        verdict = all_of([self._within(applicant.whole(limit.field), limit) for limit in self.limits])
        mine = applicant.derived(_mine, *[(limit.measure, limit.field) for limit in self.limits])
        if verdict != "check":
            return Finding(verdict, mine)
        return Finding(verdict, mine, tuple(name for name in self.fields if applicant.whole(name) is None))

    def _within(self, value: int | None, limit: Limit) -> Verdict:
        if value is None:
            return "check"
        step = 0 if self.bound == "inclusive" else 1
        return decided(
            (limit.low is None or value >= limit.low + step) and (limit.high is None or value <= limit.high - step)
        )

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        step = 0 if self.bound == "inclusive" else 1
        if not wanted:
            for limit in self.limits:
                yield from ({limit.field: limit.high + 1 - step} for _ in (0,) if limit.high is not None)
                yield from ({limit.field: limit.low - 1 + step} for _ in (0,) if limit.low)
            return
        nearest: dict[str, object] = {}
        for limit in self.limits:
            value = applicant.whole(limit.field)
            if self._within(value, limit) == "eligible":
                continue
            low = 0 if limit.low is None else limit.low + step
            too_much = limit.high is not None and value is not None and value > limit.high - step
            nearest[limit.field] = limit.high - step if too_much and limit.high is not None else low
        yield nearest

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        step = 0 if self.bound == "inclusive" else 1
        answers = np.full(columns.n, ELIGIBLE, np.int8)
        for limit in self.limits:
            values, known = columns.numbers(limit.field)
            low = 0 if limit.low is None else limit.low + step
            within = values >= low
            if limit.high is not None:
                within &= values <= limit.high - step
            answers = np.minimum(answers, decided_each(within, known))
        return answers

    def sentence(self) -> Sentence:
        inclusive = self.bound == "inclusive"
        more, less = ("이상", "이하") if inclusive else ("초과", "미만")
        more_en, less_en = ("at least", "at most") if inclusive else ("more than", "less than")
        ko: list[str] = []
        en: list[str] = []
        for limit in self.limits:
            ends = [(limit.low, more, more_en), (limit.high, less, less_en)]
            known = [
                (_amount(limit.measure, end), word_ko, word_en) for end, word_ko, word_en in ends if end is not None
            ]
            ko.append(f"{self._name(limit.measure, 0)} " + " ".join(f"{each.ko} {end}" for each, end, _ in known))
            text = " and ".join(f"{end} {each.en}" for each, _, end in known)
            name = self._name(limit.measure, 1)
            en.append(f"{text} {name}" if limit.measure == "employees" else f"{name} of {text}")
        text_en = ", ".join(en)
        return Sentence(", ".join(ko), text_en[:1].upper() + text_en[1:])

    def _name(self, measure: Measure, language: int) -> str:
        name = _NAMES[measure][language]
        if measure == "revenue" and self.revenue_of == "average":
            name = ("3년 평균 매출", "mean revenue of 3 years")[language]
        return name if self.of == "firm" else (f"관계기업 포함 {name}", f"{name} with affiliates")[language]


def _amount(measure: Measure, value: int) -> Sentence:
    return Sentence(f"{value:,}명", f"{value:,}") if measure == "employees" else Sentence(*won_words(value))


def _mine(applicant: Applicant, *measured: tuple[Measure, str]) -> Sentence:
    said = [_said(measure, applicant.whole(field)) for measure, field in measured]
    return Sentence(", ".join(ko for ko, _ in said), capital(", ".join(en for _, en in said)))


def _said(measure: Measure, value: int | None) -> Sentence:
    ko, en = _NAMES[measure]
    if value is None:
        return Sentence(f"{ko}{' 수' if measure == 'employees' else ''} 미입력", f"{en} not filled in")
    amount = _amount(measure, value)
    text_en = f"{amount.en} {en}" if measure == "employees" else f"{en} {amount.en}"
    return Sentence(f"{ko} {amount.ko}", text_en)


def _field(measure: Measure, revenue_of: RevenueOf, of: Of) -> str:
    """A group's revenue has one figure only, that of all its firms together."""
    if measure == "employees":
        return "employees" if of == "firm" else "group_employees"
    if of == "group":
        return f"group_{measure}_won"
    return "revenue_average_won" if measure == "revenue" and revenue_of == "average" else f"{measure}_won"


def read(leaf: Mapping[str, Any], path: str) -> Size:
    """Read the six limits, `revenue_of`, `of` and `bound`."""
    revenue_of, of = REVENUE_OF.read(leaf, path), OF.read(leaf, path)
    ends: tuple[tuple[Measure, int | None, int | None], ...] = (
        ("employees", EMPLOYEES_MIN.read(leaf, path), EMPLOYEES_MAX.read(leaf, path)),
        ("revenue", REVENUE_MIN.read(leaf, path), REVENUE_MAX.read(leaf, path)),
        ("assets", ASSETS_MIN.read(leaf, path), ASSETS_MAX.read(leaf, path)),
    )
    limits = tuple(
        Limit(measure, _field(measure, revenue_of, of), low, high)
        for measure, low, high in ends
        if low is not None or high is not None
    )
    if not limits:
        raise RuleError(path, f"needs one of {', '.join(each.name for each in _LIMITS)}")
    return Size(limits, revenue_of, of, BOUND.read(leaf, path))


_LIMITS = (EMPLOYEES_MIN, EMPLOYEES_MAX, REVENUE_MIN, REVENUE_MAX, ASSETS_MIN, ASSETS_MAX)
KIND = Kind("size", "규모", "Size", read, (*_LIMITS, REVENUE_OF, OF, BOUND))
