"""Rules: how much of the eligibility is proven, and whether the call is made for my place and my industry."""

from __future__ import annotations

import numpy as np

from madang_matching.eligibility.kinds.preference import NAME as PREFERENCE
from madang_matching.fits.applicant import Applicant
from madang_matching.industries import industry_name
from madang_matching.records import Condition
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats


def _met(conditions: tuple[Condition, ...]) -> tuple[int, int]:
    """Return how many conditions are met, and how many count: what is spared does not, nor what changes rank only."""
    counted = [condition for condition in conditions if not condition.spared and condition.kind != PREFERENCE]
    return sum(condition.verdict == "eligible" for condition in counted), len(counted)


def _proven(applicant: Applicant) -> Floats:
    counts = [_met(conditions) for conditions in applicant.conditions]
    return np.array([met / max(of, 1) for met, of in counts], np.float64)


def _explain_proven(applicant: Applicant, candidate: int) -> Fact:
    met, of = _met(applicant.conditions[candidate])
    return Fact(
        f"자격 조건 {of}개 가운데 {met}개를 충족합니다.", f"We meet {met} of its {of} conditions.", f"{met}/{of}"
    )


def _made_for(applicant: Applicant, kind: str) -> Floats:
    return np.array(
        [
            float(any(each.kind == kind and each.verdict == "eligible" for each in conditions))
            for conditions in applicant.conditions
        ],
        np.float64,
    )


def _place(applicant: Applicant) -> Floats:
    return _made_for(applicant, "region")


def _explain_place(applicant: Applicant, candidate: int) -> Fact:
    condition = next(
        each for each in applicant.conditions[candidate] if each.kind == "region" and each.verdict == "eligible"
    )
    return Fact(
        f"우리 지역({condition.mine_ko})의 기업을 위한 공고입니다.",
        f"The call is for firms of our area ({condition.mine_en}).",
        " ".join(applicant.organisation.region_codes),
    )


def _industry(applicant: Applicant) -> Floats:
    return _made_for(applicant, "industry")


def _explain_industry(applicant: Applicant, candidate: int) -> Fact:
    code = applicant.organisation.industry_code or ""
    ko, en = industry_name(code)
    return Fact(f"우리 업종({ko})이 대상에 들어갑니다.", f"Our industry ({en}) is among those it is for.", code)


PROVEN: Feature[Applicant] = Feature(
    "rules", "share of the conditions that I meet for certain", _proven, _explain_proven, weight=1.2
)
PLACE: Feature[Applicant] = Feature(
    "place", "1 where a region is required and mine is it", _place, _explain_place, weight=0.7
)
INDUSTRY: Feature[Applicant] = Feature(
    "industry", "1 where industries are required or barred and mine passes", _industry, _explain_industry, weight=0.6
)
