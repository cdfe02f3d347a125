"""Preference: points that change rank only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import Dates, Reference
from madang_matching.eligibility.inputs import Input, number, shown, text
from madang_matching.eligibility.requirement import Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import ELIGIBLE, Verdicts
from madang_matching.errors import RuleError
from madang_matching.records import Verdict

POINTS = number("points", "가점", "Points")
TEXT_KO = text("text_ko", "우대 내용(한국어)", "Preference in Korean")
TEXT_EN = text("text_en", "우대 내용(영어)", "Preference in English")
NAME = "preference"
_SAYS: dict[Verdict, tuple[str, str]] = {
    "eligible": ("우대 대상", "Preferred"), "check": ("우대 여부 확인 필요", "Preference to be checked"),
    "not_eligible": ("우대 대상 아님", "Not preferred"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preference(Requirement):
    """Whoever meets `when` is ranked higher; it never decides who may apply, so its verdict is always "eligible"."""

    points: float | None
    text_ko: str
    text_en: str
    when: Requirement | None

    @property
    def fields(self) -> tuple[str, ...]:
        return self.when.fields if self.when else ()

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.when.references if self.when else ()

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        if self.when is None:
            return Finding("eligible", Sentence("순위에만 반영됩니다.", "Counts for rank only."))
        finding = self.when.check(applicant, dates)
        ko, en = _SAYS[finding.verdict]
        return Finding("eligible", Sentence(f"{ko}: {finding.mine.ko}", f"{en}: {finding.mine.en}"))

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        return np.full(columns.n, ELIGIBLE, np.int8)

    def sentence(self) -> Sentence:
        said = self.when.sentence() if self.when else Sentence("", "")
        ko, en = self.text_ko or said.ko or self.text_en, self.text_en or said.en or self.text_ko
        points = "" if self.points is None else f" +{self.points:g}"
        return Sentence(f"우대{points}: {ko}", f"Preference{points}: {en}")


def kind_of(kinds: Mapping[str, Kind]) -> Kind:
    """Return the row of the table; `when` is a condition of any other of `kinds`."""

    def when(value: object, path: str) -> Requirement:
        leaf = cast("Mapping[str, Any]", value if isinstance(value, Mapping) else {})
        name = leaf.get("kind")
        kind = kinds.get(name) if isinstance(name, str) and name != NAME else None
        if kind is None:
            raise RuleError(path, f"must be a condition, not {shown(cast('object', value))}")
        return kind.read(leaf, path)

    field: Input[Requirement | None] = Input("when", "leaf", "우대 조건", "When", when, None)
    return Kind(NAME, "우대", "Preference", _reader(field), (POINTS, TEXT_KO, TEXT_EN, field))


def _reader(field: Input[Requirement | None]) -> Callable[[Mapping[str, Any], str], Preference]:
    def read(leaf: Mapping[str, Any], path: str) -> Preference:
        ko, en, when = TEXT_KO.read(leaf, path), TEXT_EN.read(leaf, path), field.read(leaf, path)
        if not ko and not en and when is None:
            raise RuleError(path, "needs text_ko, text_en or when")
        return Preference(POINTS.read(leaf, path), ko, en, when)

    return read
