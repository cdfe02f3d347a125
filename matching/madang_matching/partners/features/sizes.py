"""Size and stage: who is of one's own size, and who is at the stage that completes one's own."""

from __future__ import annotations

import numpy as np

from madang_matching.partners.pairs import Pairs
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

FAR = 2.0
"""Orders of magnitude in employees from which two sizes have nothing in common."""

NEW, GROWN = ("idea", "seed", "early"), ("growth", "mature")
STAGES = {
    "idea": ("아이디어", "idea"),
    "seed": ("시드", "seed"),
    "early": ("초기", "early"),
    "growth": ("성장", "growth"),
    "mature": ("성숙", "mature"),
}


def _sizes(pairs: Pairs) -> Floats:
    logs = np.log10(np.maximum(pairs.profiles.employees, 1.0))
    apart = np.abs(logs[pairs.seekers] - logs[pairs.others])
    return np.nan_to_num(np.clip(1.0 - apart / FAR, 0.0, 1.0), nan=0.0)


def _explain_sizes(pairs: Pairs, index: int) -> Fact:
    mine, theirs = (int(pairs.profiles.employees[row]) for row in pairs.at(index))
    return Fact(
        f"규모가 비슷합니다(우리 {mine:,}명, 상대 {theirs:,}명).",
        f"They are of a like size ({mine:,} people here, {theirs:,} there).",
        str(theirs),
    )


def _stages(pairs: Pairs) -> Floats:
    stages = pairs.profiles.stages
    new, grown = np.isin(stages, NEW), np.isin(stages, GROWN)
    seekers, others = pairs.seekers, pairs.others
    return ((new[seekers] & grown[others]) | (grown[seekers] & new[others])).astype(np.float64)


def _explain_stages(pairs: Pairs, index: int) -> Fact:
    theirs = str(pairs.profiles.stages[pairs.at(index)[1]])
    ko, en = STAGES[theirs]
    return Fact(f"상대의 성장 단계({ko})가 우리 단계를 보완합니다.", f"Their stage ({en}) completes ours.", theirs)


SIZES: Feature[Pairs] = Feature(
    "sizes", "1 with as many employees, falling to 0 at a hundred times as many", _sizes, _explain_sizes, weight=0.0
)
STAGE: Feature[Pairs] = Feature(
    "stages", "1 where one is new (to early) and the other grown", _stages, _explain_stages, weight=0.0
)
