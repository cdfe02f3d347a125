"""Industries: who supplies skill to whom first, the same trade second."""

from __future__ import annotations

import numpy as np

from madang_matching.industries import SUPPLIERS, USERS, industry_name
from madang_matching.partners.pair import Side
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

SAME_DIVISION = 0.4
DIVISION_LENGTH = 3


def _values(side: Side) -> Floats:
    profiles = side.profiles
    mine = str(profiles.industries[side.row])
    if not mine:
        return np.zeros(len(profiles.organisations))
    sections = profiles.industries.astype("<U1")
    others = USERS if mine[0] in SUPPLIERS else SUPPLIERS
    values = np.isin(sections, sorted(others)).astype(np.float64)
    if len(mine) >= DIVISION_LENGTH:
        same = profiles.industries.astype(f"<U{DIVISION_LENGTH}") == mine[:DIVISION_LENGTH]
        values[same] = SAME_DIVISION
    return values


def _explain(side: Side, candidate: int) -> Fact:
    mine, theirs = str(side.profiles.industries[side.row]), str(side.profiles.industries[candidate])
    (mine_ko, mine_en), (ko, en) = industry_name(mine), industry_name(theirs)
    if mine[:DIVISION_LENGTH] == theirs[:DIVISION_LENGTH]:
        return Fact(f"두 곳 모두 {ko}에 속합니다.", f"Both belong to the same industry: {en}.", theirs)
    return Fact(
        f"업종이 서로 보완됩니다: 우리는 {mine_ko}, 상대는 {ko}입니다.",
        f"The industries complement each other: ours is {mine_en}, theirs {en}.",
        f"{mine} {theirs}",
    )


INDUSTRIES: Feature[Side] = Feature(
    "industries", "1 where one supplies skill that the other's industry buys, 0.4 in the same division", _values,
    _explain, weight=0.5,
)  # fmt: skip
