"""Size: people employed and revenue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.kinds.firm_age import BOUNDS, Bound
from madang_matching.eligibility.requirement import Finding, Kind, Sentence, whole, word
from madang_matching.eligibility.verdicts import all_of, decided
from madang_matching.errors import RuleError
from madang_matching.money import won_words
from madang_matching.records import Organisation, Verdict


@dataclass(frozen=True, slots=True)
class Size:
    """Limits on employees and on revenue in won. `bound` says for all of them whether the limit itself is allowed."""

    employees_min: int | None
    employees_max: int | None
    revenue_min_won: int | None
    revenue_max_won: int | None
    bound: Bound

    def check(self, applicant: Organisation, dates: Dates) -> Finding:
        parts: list[Verdict] = []
        missing: list[str] = []
        ko: list[str] = []
        en: list[str] = []
        if self.employees_min is not None or self.employees_max is not None:
            people = _known(applicant.employees)
            parts.append(self._between(people, self.employees_min, self.employees_max))
            missing += ["employees"] if people is None else []
            ko.append("직원 수 미입력" if people is None else f"직원 {people:,}명")
            en.append("employees not filled in" if people is None else f"{people:,} employees")
        if self.revenue_min_won is not None or self.revenue_max_won is not None:
            revenue = _known(applicant.revenue_won)
            parts.append(self._between(revenue, self.revenue_min_won, self.revenue_max_won))
            missing += ["revenue_won"] if revenue is None else []
            ko.append("매출 미입력" if revenue is None else f"매출 {won_words(revenue)[0]}")
            en.append("revenue not filled in" if revenue is None else f"revenue {won_words(revenue)[1]}")
        verdict, text_en = all_of(parts), ", ".join(en)
        sentence = Sentence(", ".join(ko), text_en[:1].upper() + text_en[1:])
        return Finding(verdict, sentence, tuple(missing) if verdict == "check" else ())

    def _between(self, value: int | None, low: int | None, high: int | None) -> Verdict:
        if value is None:
            return "check"
        if self.bound == "inclusive":
            return decided((low is None or value >= low) and (high is None or value <= high))
        return decided((low is None or value > low) and (high is None or value < high))

    def sentence(self) -> Sentence:
        more, less = ("이상", "이하") if self.bound == "inclusive" else ("초과", "미만")
        more_en, less_en = ("at least", "at most") if self.bound == "inclusive" else ("more than", "less than")
        ko: list[str] = []
        en: list[str] = []
        people = [(self.employees_min, more, more_en), (self.employees_max, less, less_en)]
        limits = [(limit, ko_word, en_word) for limit, ko_word, en_word in people if limit is not None]
        if limits:
            ko.append("직원 " + " ".join(f"{limit:,}명 {ko_word}" for limit, ko_word, _ in limits))
            en.append(" and ".join(f"{en_word} {limit:,}" for limit, _, en_word in limits) + " employees")
        money = [(self.revenue_min_won, more, more_en), (self.revenue_max_won, less, less_en)]
        limits = [(limit, ko_word, en_word) for limit, ko_word, en_word in money if limit is not None]
        if limits:
            ko.append("매출 " + " ".join(f"{won_words(limit)[0]} {ko_word}" for limit, ko_word, _ in limits))
            en.append("revenue of " + " and ".join(f"{en_word} {won_words(limit)[1]}" for limit, _, en_word in limits))
        text_en = ", ".join(en)
        return Sentence(", ".join(ko), text_en[:1].upper() + text_en[1:])


def _known(value: int | None) -> int | None:
    """A negative figure is a mistake, so it counts as unknown."""
    return value if value is not None and value >= 0 else None


def read(leaf: Mapping[str, Any], path: str) -> Size:
    """Read the four limits and `bound`."""
    names = ("employees_min", "employees_max", "revenue_min_won", "revenue_max_won")
    fewest, most, least_won, most_won = (whole(leaf, name, path) for name in names)
    if fewest is None and most is None and least_won is None and most_won is None:
        raise RuleError(path, f"needs one of {', '.join(names)}")
    return Size(fewest, most, least_won, most_won, word(leaf, "bound", path, BOUNDS, "inclusive"))


KIND = Kind("size", read, ("employees", "revenue_won"))
