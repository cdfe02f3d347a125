"""Texts: my needs and my summary against what the call says of itself."""

from __future__ import annotations

import numpy as np

from madang_matching.fits.applicant import Applicant
from madang_matching.korean import quoted
from madang_matching.scoring.features import Fact, Feature, ramp
from madang_matching.sparse import Floats, dense_row, row, times_vector

LOW, HIGH = 0.10, 0.50
"""Cosine of centred vectors at which a call begins to be about the same, and at which it fully is; calls speak in
broader words than offers."""

SAME_TECHNOLOGY = 0.2
"""What a need all of whose technologies the call is about adds to the cosine."""

MEANING_SHARE = 0.8


def _need_values(applicant: Applicant) -> Floats:
    """Return shape (own needs, calls), 0 to 1."""
    profiles = applicant.profiles
    own = profiles.needs.of(applicant.row)
    likeness = (profiles.needs.centred[own] @ profiles.call_centred[applicant.call_rows].T).astype(np.float64)
    for place in range(own.start, own.stop):
        columns, _ = row(profiles.needs.technologies, place)
        if len(columns):
            wanted = np.zeros(len(profiles.technologies))
            wanted[columns] = SAME_TECHNOLOGY / len(columns)
            likeness[place - own.start] += times_vector(profiles.call_technologies, wanted)[applicant.call_rows]
    return ramp(likeness, LOW, HIGH)


def _need(applicant: Applicant) -> Floats:
    return np.vstack((np.zeros(len(applicant.call_rows)), _need_values(applicant))).max(axis=0)


def _explain_need(applicant: Applicant, candidate: int) -> Fact:
    own = applicant.profiles.needs.of(applicant.row)
    place: int = own.start + int(_need_values(applicant)[:, candidate].argmax())
    need = applicant.profiles.needs.texts[place]
    return Fact(
        f"우리가 찾는 것 {quoted(need.text)}에 닿아 있는 공고입니다.",
        f"The call is close to what we look for: {quoted(need.text)}",
        need.id,
    )


def _likeness(applicant: Applicant) -> Floats:
    profiles = applicant.profiles
    meaning = profiles.call_centred[applicant.call_rows] @ profiles.centred[applicant.row]
    wording = times_vector(profiles.call_wording, dense_row(profiles.wording, applicant.row))[applicant.call_rows]
    return MEANING_SHARE * meaning + (1 - MEANING_SHARE) * wording


def _summary(applicant: Applicant) -> Floats:
    return ramp(_likeness(applicant), LOW, HIGH)


def _explain_summary(applicant: Applicant, candidate: int) -> Fact:
    percent = round(100 * float(_likeness(applicant)[candidate]))
    return Fact(
        f"우리 소개 글과 공고의 내용이 가깝습니다(유사도 {percent}%).",
        f"The call is close to our description ({percent} % alike).",
        f"{percent}%",
    )


NEED: Feature[Applicant] = Feature(
    "need", "best of my needs against name and summary of the call, by vectors and technologies", _need, _explain_need,
    weight=1.8, floor=1.8,
)  # fmt: skip
SUMMARY: Feature[Applicant] = Feature(
    "summary", "cosine of my summary with the call's: sentence vectors and character n-grams", _summary,
    _explain_summary, weight=1.2,
)  # fmt: skip
