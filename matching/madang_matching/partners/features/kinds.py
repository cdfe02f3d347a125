"""Kinds: sizes and roles that complete each other."""

from __future__ import annotations

import numpy as np

from madang_matching.eligibility.kinds.organisation_kind import KIND_NAMES
from madang_matching.korean import with_particle
from madang_matching.partners.pairs import Pairs
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

COMPLEMENTS: dict[frozenset[str], float] = {
    frozenset(("startup", "sme")): 1.0,
    frozenset(("startup", "corporate")): 1.0,
    frozenset(("startup", "research")): 0.7,
    frozenset(("startup", "investor")): 0.7,
    frozenset(("startup", "public_body")): 0.7,
    frozenset(("sme", "research")): 0.9,
    frozenset(("sme", "corporate")): 0.6,
    frozenset(("corporate", "research")): 0.7,
    frozenset(("public_body", "research")): 0.5,
    frozenset(("civic", "startup")): 0.5,
    frozenset(("civic", "public_body")): 0.5,
}
"""How well two kinds complete each other: one brings what the other lacks (product, plant, money, knowledge, site)."""


def _values(pairs: Pairs) -> Floats:
    mine, theirs = pairs.profiles.kinds[pairs.seekers], pairs.profiles.kinds[pairs.others]
    values = np.zeros(len(pairs))
    for pair, value in COMPLEMENTS.items():
        one, other = sorted(pair)
        values[((mine == one) & (theirs == other)) | ((mine == other) & (theirs == one))] = value
    return values


def _explain(pairs: Pairs, index: int) -> Fact:
    seeker, other = pairs.at(index)
    mine, theirs = str(pairs.profiles.kinds[seeker]), str(pairs.profiles.kinds[other])
    (mine_ko, mine_en), (ko, en) = KIND_NAMES[mine], KIND_NAMES[theirs]
    return Fact(
        f"{with_particle(mine_ko, '와/과')} {with_particle(ko, '은/는')} 서로 부족한 점을 채울 수 있습니다.",
        f"Each side can bring what the other lacks: {mine_en} and {en}.",
        f"{mine} {theirs}",
    )


KINDS: Feature[Pairs] = Feature(
    "kinds", "how well the two kinds of organisation complete each other", _values, _explain, weight=0.4
)
