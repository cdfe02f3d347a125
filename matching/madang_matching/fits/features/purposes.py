"""Purposes: what a firm of my stage usually looks for."""

from __future__ import annotations

import numpy as np

from madang_matching.fits.applicant import Applicant
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

PURPOSE_NAMES: dict[str, tuple[str, str]] = {
    "money": ("자금", "money"),
    "space": ("공간", "space"),
    "equipment": ("장비", "equipment"),
    "mentoring": ("멘토링", "mentoring"),
    "data": ("데이터", "data"),
    "testing": ("실증·시험", "testing"),
}

STAGE_NAMES: dict[str, tuple[str, str]] = {
    "idea": ("구상", "idea"),
    "seed": ("시드", "seed"),
    "early": ("초기", "early"),
    "growth": ("성장", "growth"),
    "mature": ("성숙", "mature"),
}

SOUGHT: dict[str, tuple[str, ...]] = {
    "idea": ("mentoring", "space"),
    "seed": ("money", "space", "mentoring"),
    "early": ("money", "space", "testing"),
    "growth": ("testing", "money", "data"),
    "mature": ("equipment", "data", "testing"),
}
"""What firms of a stage look for, first things first. A judgement of the project, not a measurement; fitting may change
its weight."""

FALL = 0.25
"""How much each later place in `SOUGHT` is worth less."""


def _best_purpose(stage: str | None, purposes: tuple[str, ...]) -> tuple[float, str]:
    """Return value and purpose of the first one sought that the call gives; 0 for none."""
    for place, purpose in enumerate(SOUGHT.get(stage or "", ())):
        if purpose in purposes:
            return 1.0 - FALL * place, purpose
    return 0.0, ""


def _values(applicant: Applicant) -> Floats:
    stage = applicant.organisation.stage
    return np.array([_best_purpose(stage, call.purposes)[0] for call in applicant.calls], np.float64)


def _explain(applicant: Applicant, candidate: int) -> Fact:
    stage = applicant.organisation.stage or ""
    _, purpose = _best_purpose(stage, applicant.call(candidate).purposes)
    ko, en = PURPOSE_NAMES[purpose]
    stage_ko, stage_en = STAGE_NAMES[stage]
    return Fact(
        f"{stage_ko} 단계의 기업에 필요한 {ko} 지원이 있습니다.",
        f"It gives {en}, which firms of the {stage_en} stage need.",
        f"{stage} {purpose}",
    )


PURPOSES: Feature[Applicant] = Feature(
    "purposes", "whether it gives what firms of my stage look for", _values, _explain, weight=0.6
)
