"""Common partners: third parties with whom both have worked."""

from __future__ import annotations

import numpy as np

from madang_matching.korean import with_particle
from madang_matching.partners.pair import Side, organisation_names
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats, combined_rows, dense_row, row_counts

SCALE = 0.5
"""Path strength at which the value reaches 0.63."""


def _weighted_first_step(side: Side) -> Floats:
    """Ties of one row, each divided by the log of how many ties the other has.

    Source: L. Adamic and E. Adar, Friends and neighbors on the Web, Social Networks 25, 2003, with tie weights.
    """
    ties = row_counts(side.profiles.ties)
    return dense_row(side.profiles.ties, side.row) / np.log(2.0 + ties)


def _values(side: Side) -> Floats:
    strength = combined_rows(side.profiles.ties, side.once("first_step", _weighted_first_step))
    return 1.0 - np.exp(-strength / SCALE)


def _explain(side: Side, candidate: int) -> Fact:
    profiles = side.profiles
    paths = side.once("first_step", _weighted_first_step) * dense_row(profiles.ties, candidate)
    shared = int((paths > 0).sum())
    best = profiles.organisations[int(paths.argmax())]
    ko, en = organisation_names(best)
    if shared == 1:
        return Fact(
            f"두 곳 모두 {with_particle(ko, '와/과')} 함께 일한 적이 있습니다.", f"Both have worked with {en}.", best.id
        )
    return Fact(
        f"{ko} 등 {shared}곳과 두 곳 모두 함께 일한 적이 있습니다.",
        f"Both have worked with {en} and {shared - 1} other{'s' if shared > 2 else ''}.",
        best.id,
    )


COMMON_PARTNERS: Feature[Side] = Feature(
    "common_partners", "1 - exp(-2 s), s: Adamic-Adar sum over common partners of tie times tie", _values, _explain,
    weight=1.3,
)  # fmt: skip
