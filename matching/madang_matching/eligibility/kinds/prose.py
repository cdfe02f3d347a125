"""Prose: what no rule expresses; a person has to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.requirement import Finding, Kind, Sentence
from madang_matching.errors import RuleError
from madang_matching.records import Organisation

READ_IT = Sentence("직접 확인이 필요합니다.", "Please check this yourself.")


@dataclass(frozen=True, slots=True)
class Prose:
    """A condition in words; always "check"."""

    text_ko: str
    text_en: str

    def check(self, applicant: Organisation, dates: Dates) -> Finding:
        return Finding("check", READ_IT)

    def sentence(self) -> Sentence:
        return Sentence(self.text_ko or self.text_en, self.text_en or self.text_ko)


def read(leaf: Mapping[str, Any], path: str) -> Prose:
    """Read `text_ko` and `text_en`; `source_text` stands in for a missing Korean text."""
    ko, en = (_text(leaf, name, path) for name in ("text_ko", "text_en"))
    ko = ko or _text(leaf, "source_text", path)
    if not ko and not en:
        raise RuleError(path, "needs text_ko or text_en")
    return Prose(ko, en)


def _text(leaf: Mapping[str, Any], name: str, path: str) -> str:
    value = leaf.get(name)
    if value is not None and not isinstance(value, str):
        raise RuleError(f"{path}.{name}", f"must be a text, not {value!r}")
    return (value or "").strip()


KIND = Kind("prose", read, ())
