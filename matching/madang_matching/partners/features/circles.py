"""Circles: who takes part in the same kind of projects, with or without a common partner."""

from __future__ import annotations

import numpy as np

from madang_matching.korean import with_particle
from madang_matching.partners.pairs import Pairs, organisation_names
from madang_matching.scoring.features import Fact, Feature, log_ramp
from madang_matching.sparse import Floats, row, row_dots

CIRCLES_FAMILY = "circles"


def _direction(pairs: Pairs) -> Floats:
    directions = pairs.profiles.network.directions
    return np.clip(row_dots(directions, pairs.seekers, directions, pairs.others), 0.0, 1.0)


def _strength(pairs: Pairs) -> Floats:
    factors = pairs.profiles.network.factors
    return log_ramp(np.maximum(row_dots(factors, pairs.seekers, factors, pairs.others), 0.0), 0.01, 3.0)


def _explain(pairs: Pairs, index: int) -> Fact:
    """The fact is the seeker's own partner whose projects are most like the other's, else the other itself.

    Partners that may not be named are passed over.
    """
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    partners = row(profiles.network.linked, seeker)[0]
    partners = partners[profiles.nameable[partners]]
    directions = profiles.network.directions
    if not len(partners):
        return Fact(
            "우리와 비슷한 과제를 해 왔습니다.", "Their projects resemble ours.", profiles.organisations[other].id
        )
    best = profiles.organisations[int(partners[(directions[partners] @ directions[other]).argmax()])]
    ko, en = organisation_names(best)
    return Fact(
        f"우리와 함께 일한 {with_particle(ko, '와/과')} 비슷한 과제를 해 왔습니다.",
        f"Their projects resemble those of {en}, with whom we have worked.",
        best.id,
    )


CIRCLES: Feature[Pairs] = Feature(
    "circles", "cosine of the low-rank factors of who took part in what", _direction, _explain, weight=0.0,
    family=CIRCLES_FAMILY,
)  # fmt: skip
CIRCLES_STRENGTH: Feature[Pairs] = Feature(
    "circles_strength", "product of these factors, logarithmic: those who do much count more", _strength, _explain,
    weight=0.0, family=CIRCLES_FAMILY,
)  # fmt: skip
