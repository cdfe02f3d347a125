"""Firm age: between founding and a reference day, exact to the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from madang_matching.eligibility.dates import (
    REFERENCES,
    Dates,
    Reference,
    day_of,
    day_words,
    months_later,
    whole_months,
)
from madang_matching.eligibility.requirement import UNKNOWN, Finding, Kind, Sentence, number, word
from madang_matching.eligibility.verdicts import all_of, decided
from madang_matching.errors import RuleError
from madang_matching.records import Organisation, Verdict

Bound: TypeAlias = Literal["inclusive", "exclusive"]
BOUNDS: tuple[Bound, ...] = ("inclusive", "exclusive")
_REFERENCE_WORDS: dict[Reference, Sentence] = {
    "notice": Sentence("공고일 기준", "on the day of the notice"),
    "opening": Sentence("접수 시작일 기준", "on the day applications open"),
    "closing": Sentence("접수 마감일 기준", "on the day applications close"),
    "unknown": Sentence("기준일은 공고문에서 확인", "for the reference day see the notice"),
}


@dataclass(frozen=True, slots=True)
class FirmAge:
    """Limits in whole months. 이내 and 이상 are inclusive: the anniversary itself counts; 미만 and 초과 exclude it."""

    max_months: int | None
    max_bound: Bound
    min_months: int | None
    min_bound: Bound
    reference: Reference

    def check(self, applicant: Organisation, dates: Dates) -> Finding:
        founded = day_of(applicant.founded_on)
        reference = dates.at(self.reference)
        if founded is None:
            return Finding("check", UNKNOWN, ("founded_on",))
        mine = _mine(founded, reference, dates.today)
        return Finding("check" if reference is None else self._verdict(founded, reference), mine)

    def _verdict(self, founded: date, reference: date) -> Verdict:
        return all_of((self._old_enough(founded, reference), self._young_enough(founded, reference)))

    def _old_enough(self, founded: date, reference: date) -> Verdict:
        if self.min_months is None:
            return "eligible"
        reached = months_later(founded, self.min_months)
        return decided(reached < reference or (self.min_bound == "inclusive" and reached == reference))

    def _young_enough(self, founded: date, reference: date) -> Verdict:
        if self.max_months is None:
            return "eligible"
        if founded > reference:
            return "check"
        last = months_later(founded, self.max_months)
        return decided(reference < last or (self.max_bound == "inclusive" and reference == last))

    def sentence(self) -> Sentence:
        ko: list[str] = []
        en: list[str] = []
        if self.min_months is not None:
            span = _span(self.min_months)
            inclusive = self.min_bound == "inclusive"
            ko.append(f"{span.ko} {'이상' if inclusive else '초과'}")
            en.append(f"{'at least' if inclusive else 'more than'} {span.en}")
        if self.max_months is not None:
            span = _span(self.max_months)
            inclusive = self.max_bound == "inclusive"
            ko.append(f"{span.ko} {'이내' if inclusive else '미만'}")
            en.append(f"{'at most' if inclusive else 'less than'} {span.en}")
        day = _REFERENCE_WORDS[self.reference]
        text_en = " and ".join(en)
        return Sentence(f"{' '.join(ko)} ({day.ko})", f"{text_en[:1].upper()}{text_en[1:]} ({day.en})")


def _span(months: int) -> Sentence:
    years, rest = divmod(months, 12)
    ko = [f"{years}년"] if years or not rest else []
    en = [f"{years} year{'' if years == 1 else 's'}"] if years or not rest else []
    if rest:
        ko.append(f"{rest}개월")
        en.append(f"{rest} month{'' if rest == 1 else 's'}")
    return Sentence(" ".join(ko), " ".join(en))


def _mine(founded: date, reference: date | None, today: date) -> Sentence:
    day, (ko, en) = reference or today, day_words(founded)
    if founded > day:
        return Sentence(f"기준일보다 늦게 설립 ({ko})", f"Founded after the reference day ({en})")
    span = _span(whole_months(founded, day))
    if reference is None:
        return Sentence(f"오늘 {span.ko} ({ko} 설립)", f"{span.en} today (founded {en})")
    return Sentence(f"{span.ko} ({ko} 설립)", f"{span.en} (founded {en})")


def _months(leaf: Mapping[str, Any], name: str, path: str) -> int | None:
    years = number(leaf, name, path)
    if years is None:
        return None
    if years > 1000 or abs(years * 12 - round(years * 12)) > 1e-9:
        raise RuleError(f"{path}.{name}", f"must be whole years or months of at most 1000 years, not {years!r}")
    return round(years * 12)


def read(leaf: Mapping[str, Any], path: str) -> FirmAge:
    """Read `max_years` and `min_years`, `bound`, `min_bound` and `reference`.

    `bound` belongs to `max_years`, and to `min_years` where that stands alone; beside `max_years`, `min_years` has
    its own `min_bound`, inclusive (이상) when missing.
    """
    longest, shortest = _months(leaf, "max_years", path), _months(leaf, "min_years", path)
    if longest is None and shortest is None:
        raise RuleError(path, "needs max_years or min_years")
    bound: Bound = word(leaf, "bound", path, BOUNDS, "inclusive")
    min_bound: Bound = word(leaf, "min_bound", path, BOUNDS, bound if longest is None else "inclusive")
    return FirmAge(longest, bound, shortest, min_bound, word(leaf, "reference", path, REFERENCES, "unknown"))


KIND = Kind("firm_age", read, ("founded_on",))
