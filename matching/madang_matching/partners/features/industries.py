"""Industries: who supplies skill to whom first, the same trade second."""

from __future__ import annotations

import numpy as np

from madang_matching.industries import SUPPLIERS, USERS, industry_name
from madang_matching.partners.pairs import Pairs
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

SAME_DIVISION = 0.4
DIVISION_LENGTH = 3


def _values(pairs: Pairs) -> Floats:
    industries = pairs.profiles.industries
    mine, theirs = industries[pairs.seekers], industries[pairs.others]
    suppliers, users = sorted(SUPPLIERS), sorted(USERS)
    supplies = np.isin(mine.astype("<U1"), suppliers)
    sections = theirs.astype("<U1")
    completes = np.where(supplies, np.isin(sections, users), np.isin(sections, suppliers))
    divisions = mine.astype(f"<U{DIVISION_LENGTH}")
    same = (divisions == theirs.astype(f"<U{DIVISION_LENGTH}")) & (np.char.str_len(divisions) == DIVISION_LENGTH)
    return np.where(mine == "", 0.0, np.where(same, SAME_DIVISION, completes.astype(np.float64)))


def _explain(pairs: Pairs, index: int) -> Fact:
    seeker, other = pairs.at(index)
    mine, theirs = str(pairs.profiles.industries[seeker]), str(pairs.profiles.industries[other])
    (mine_ko, mine_en), (ko, en) = industry_name(mine), industry_name(theirs)
    if mine[:DIVISION_LENGTH] == theirs[:DIVISION_LENGTH]:
        return Fact(f"두 곳 모두 {ko}에 속합니다.", f"Both belong to the same industry: {en}.", theirs)
    return Fact(
        f"업종이 서로 보완됩니다: 우리는 {mine_ko}, 상대는 {ko}입니다.",
        f"The industries complement each other: ours is {mine_en}, theirs {en}.",
        f"{mine} {theirs}",
    )


INDUSTRIES: Feature[Pairs] = Feature(
    "industries", "1 where one supplies skill that the other's industry buys, 0.4 in the same division", _values,
    _explain, weight=0.5,
)  # fmt: skip
