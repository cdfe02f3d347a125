"""Prose: what no rule expresses; a person has to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import text
from madang_matching.eligibility.requirement import Finding, Kind, Requirement, Sentence
from madang_matching.errors import RuleError

TEXT_KO = text("text_ko", "조건(한국어)", "Condition in Korean")
TEXT_EN = text("text_en", "조건(영어)", "Condition in English")
SOURCE_TEXT = text("source_text", "공고 문장", "Sentence of the notice")

READ_IT = Sentence("직접 확인이 필요합니다.", "Please check this yourself.")


@dataclass(frozen=True, slots=True)
class Prose(Requirement):
    """A condition in words; always "check"."""

    text_ko: str
    text_en: str

    @property
    def fields(self) -> tuple[str, ...]:
        return ()

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        return Finding("check", READ_IT)

    def sentence(self) -> Sentence:
        return Sentence(self.text_ko or self.text_en, self.text_en or self.text_ko)


def read(leaf: Mapping[str, Any], path: str) -> Prose:
    """Read `text_ko` and `text_en`; `source_text` stands in for a missing Korean text."""
    ko, en = TEXT_KO.read(leaf, path), TEXT_EN.read(leaf, path)
    ko = ko or SOURCE_TEXT.read(leaf, path)
    if not ko and not en:
        raise RuleError(path, "needs text_ko or text_en")
    return Prose(ko, en)


KIND = Kind("prose", "글로 된 조건", "In words", read, (TEXT_KO, TEXT_EN))
