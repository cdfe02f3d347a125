"""Summaries: how alike two organisations describe themselves."""

from __future__ import annotations

import numpy as np

from madang_matching.partners.pair import Side
from madang_matching.scoring.features import Fact, Feature, ramp
from madang_matching.sparse import Floats, dense_row, times_vector

MEANING_SHARE = 0.8
"""Weight of the sentence vectors; the rest goes to the wording (character n-grams)."""

LOW, HIGH = 0.20, 0.65


def _likeness(side: Side) -> Floats:
    profiles = side.profiles
    if not profiles.centred[side.row].any():
        return np.zeros(len(profiles.organisations))
    meaning = profiles.centred @ profiles.centred[side.row]
    wording = times_vector(profiles.wording, dense_row(profiles.wording, side.row))
    return MEANING_SHARE * meaning + (1 - MEANING_SHARE) * wording


def _values(side: Side) -> Floats:
    return ramp(side.once("likeness", _likeness), LOW, HIGH)


def _explain(side: Side, candidate: int) -> Fact:
    percent = round(100 * float(side.once("likeness", _likeness)[candidate]))
    return Fact(
        f"소개 글의 내용이 가깝습니다(유사도 {percent}%).",
        f"Their description is close to ours ({percent} % alike).",
        f"{percent}%",
    )


SUMMARIES: Feature[Side] = Feature(
    "summaries",
    "cosine of the summaries: sentence vectors and character n-grams",
    _values,
    _explain,
    weight=0.5,
    ceiling=0.8,
)
