"""Technologies: what the call is about and I work with."""

from __future__ import annotations

import numpy as np

from madang_matching.fits.applicant import Applicant
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats, dense_row, times_vector


def _values(applicant: Applicant) -> Floats:
    """Share of the call's technologies that I have, by rarity; a broader one that mine is part of counts half."""
    profiles = applicant.profiles
    mine = dense_row(profiles.uses, applicant.row) * profiles.rarity
    covered = times_vector(profiles.call_technologies, mine)[applicant.call_rows]
    named = times_vector(profiles.call_technologies, profiles.rarity)[applicant.call_rows]
    return np.divide(covered, named, out=np.zeros_like(covered), where=named > 0)


def _explain(applicant: Applicant, candidate: int) -> Fact:
    profiles = applicant.profiles
    mine = dense_row(profiles.uses, applicant.row) * profiles.rarity
    both = mine * dense_row(profiles.call_technologies, int(applicant.call_rows[candidate]))
    technology = profiles.technologies[int(both.argmax())]
    ko, en = technology.name_ko or technology.name_en, technology.name_en or technology.name_ko
    return Fact(f"우리가 다루는 {ko} 분야를 지원합니다.", f"It supports {en}, a field that we work in.", technology.id)


TECHNOLOGIES: Feature[Applicant] = Feature(
    "technologies", "share of the call's technologies that I work with, by rarity", _values, _explain, weight=2.0
)
