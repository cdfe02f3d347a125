"""Statement: a yes or no that one notice asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import flag, text
from madang_matching.eligibility.profile import STATEMENT
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import decided
from madang_matching.errors import RuleError

KEY = text("key", "이름", "Key", needed=True)
TEXT_KO = text("text_ko", "확인할 것(한국어)", "What is asked, in Korean")
TEXT_EN = text("text_en", "확인할 것(영어)", "What is asked, in English")
WANTED = flag("wanted", "예여야 함", "Must be yes", True)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Statement(Requirement):
    """The applicant's own yes or no must be the wanted one."""

    key: str
    text_ko: str
    text_en: str
    wanted: bool

    @property
    def fields(self) -> tuple[str, ...]:
        return (f"{STATEMENT}{self.key}",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.flag(self.fields[0])
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        return Finding(decided(mine is self.wanted), Sentence("예", "Yes") if mine else Sentence("아니요", "No"))

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        return ({self.fields[0]: self.wanted is wanted},)

    def sentence(self) -> Sentence:
        ko, en = self.text_ko or self.text_en, self.text_en or self.text_ko
        return Sentence(ko, en) if self.wanted else Sentence(f"다음에 해당하지 않음: {ko}", f"Not so: {en}")


def read(leaf: Mapping[str, Any], path: str) -> Statement:
    """Read `key`, `text_ko`, `text_en` and `wanted`."""
    key, ko, en = KEY.read(leaf, path), TEXT_KO.read(leaf, path), TEXT_EN.read(leaf, path)
    if not _KEY.fullmatch(key):
        raise RuleError(f"{path}.key", "must be small letters, digits and _, at most 64")
    if not ko and not en:
        raise RuleError(path, "needs text_ko or text_en")
    return Statement(key, ko, en, WANTED.read(leaf, path))


KIND = Kind("statement", "예·아니요 확인", "Yes or no", read, (KEY, TEXT_KO, TEXT_EN, WANTED))
