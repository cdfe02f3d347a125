"""Summaries: how alike two organisations describe themselves."""

from __future__ import annotations

import numpy as np

from madang_matching.partners.pairs import Pairs
from madang_matching.scoring.features import Fact, Feature, ramp
from madang_matching.sparse import Floats, dot_pairs, row_dots

MEANING_SHARE = 0.8
"""Weight of the sentence vectors; the rest goes to the wording (character n-grams)."""

LOW, HIGH = 0.20, 0.65


def _likeness(pairs: Pairs) -> Floats:
    profiles = pairs.profiles
    meaning = row_dots(profiles.centred, pairs.seekers, profiles.centred, pairs.others)
    wording = dot_pairs(profiles.wording, pairs.seekers, profiles.wording, pairs.others)
    return np.where(meaning == 0, 0.0, MEANING_SHARE * meaning + (1 - MEANING_SHARE) * wording)


def _values(pairs: Pairs) -> Floats:
    return ramp(pairs.once("likeness", _likeness), LOW, HIGH)


def _explain(pairs: Pairs, index: int) -> Fact:
    percent = round(100 * float(pairs.once("likeness", _likeness)[index]))
    return Fact(
        f"소개 글의 내용이 가깝습니다(유사도 {percent}%).",
        f"Their description is close to ours ({percent} % alike).",
        f"{percent}%",
    )


SUMMARIES: Feature[Pairs] = Feature(
    "summaries",
    "cosine of the summaries: sentence vectors and character n-grams",
    _values,
    _explain,
    weight=0.5,
    ceiling=0.8,
)
