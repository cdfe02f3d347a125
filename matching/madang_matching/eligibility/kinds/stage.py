"""Stage of growth and technology readiness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import Options, capital, whole, words, words_of
from madang_matching.eligibility.requirement import Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import all_of, decided
from madang_matching.errors import RuleError
from madang_matching.records import Verdict

STAGE_NAMES: dict[str, tuple[str, str]] = {
    "idea": ("아이디어", "idea"), "seed": ("시드", "seed"), "early": ("초기", "early"),
    "growth": ("성장", "growth"), "mature": ("성숙", "mature"),
}  # fmt: skip
_OPTIONS: Options = STAGE_NAMES
STAGES = words("stages", "성장 단계", "Stages", _OPTIONS)
TRL_MIN = whole("trl_min", "최저 기술성숙도", "Least TRL")
TRL_MAX = whole("trl_max", "최고 기술성숙도", "Greatest TRL")


@dataclass(frozen=True, slots=True)
class Stage(Requirement):
    """One of the stages (empty: any), and a technology readiness level between two limits, both allowed."""

    stages: tuple[str, ...]
    trl_min: int | None
    trl_max: int | None

    @property
    def fields(self) -> tuple[str, ...]:
        return (*(("stage",) if self.stages else ()), *(("trl",) if self._counts else ()))

    @property
    def _counts(self) -> bool:
        return self.trl_min is not None or self.trl_max is not None

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        ko: list[str] = []
        en: list[str] = []
        parts: dict[str, Verdict] = {}
        if self.stages:
            stage = applicant.word("stage")
            names = STAGE_NAMES.get(stage or "", ("단계 미입력", "stage not filled in"))
            parts["stage"] = "check" if stage is None else decided(stage in self.stages)
            ko, en = [names[0]], [names[1]]
        if self._counts:
            trl = applicant.whole("trl")
            parts["trl"] = "check" if trl is None else decided((self.trl_min or 1) <= trl <= (self.trl_max or 9))
            ko.append("기술성숙도 미입력" if trl is None else f"기술성숙도 {trl}단계")
            en.append("TRL not filled in" if trl is None else f"TRL {trl}")
        verdict = all_of(parts.values())
        missing = tuple(name for name, part in parts.items() if part == "check") if verdict == "check" else ()
        return Finding(verdict, Sentence(", ".join(ko), capital(", ".join(en))), missing)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        stages = self.stages if wanted else tuple(each for each in STAGE_NAMES if each not in self.stages)
        levels = sorted(range(1, 10), key=lambda level: (abs(level - (applicant.whole("trl") or level)), level))
        if not wanted:
            yield from ({name: value} for name in self.fields for value in (stages if name == "stage" else levels))
            return
        both = [{"stage": stage} if self.stages else {} for stage in stages or ("",)]
        yield from ({**each, "trl": level} if self._counts else each for each in both for level in levels)

    def sentence(self) -> Sentence:
        ko, en = ([words_of(STAGE_NAMES, self.stages, each)] if self.stages else [] for each in (0, 1))
        if self._counts:
            low, high = self.trl_min or 1, self.trl_max or 9
            span = f"{low}" if low == high else f"{low}–{high}"
            ko.append(f"기술성숙도 {span}단계")
            en.append(f"TRL {span}")
        return Sentence(", ".join(ko), capital(", ".join(en)))


def read(leaf: Mapping[str, Any], path: str) -> Stage:
    """Read `stages`, `trl_min` and `trl_max`."""
    low, high = TRL_MIN.read(leaf, path), TRL_MAX.read(leaf, path)
    for name, level in (("trl_min", low), ("trl_max", high)):
        if level is not None and not 1 <= level <= 9:
            raise RuleError(f"{path}.{name}", f"must be between 1 and 9, not {level}")
    stages = STAGES.read(leaf, path)
    if not stages and low is None and high is None:
        raise RuleError(path, "needs stages, trl_min or trl_max")
    return Stage(stages, low, high)


KIND = Kind("stage", "단계·기술성숙도", "Stage and readiness", read, (STAGES, TRL_MIN, TRL_MAX))
