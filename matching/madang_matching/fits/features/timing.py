"""Timing: whether one may apply now."""

from __future__ import annotations

import numpy as np

from madang_matching.eligibility.dates import day_said, seoul_day
from madang_matching.fits.applicant import Applicant, state_of
from madang_matching.records import Call
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

_VALUES = {"open": 1.0, "upcoming": 0.4, "unknown": 0.0, "closed": 0.0}


def _values(applicant: Applicant) -> Floats:
    now = applicant.profiles.taken_at
    return np.array([_VALUES[state_of(call, now)] for call in applicant.calls], np.float64)


def _explain(applicant: Applicant, candidate: int) -> Fact:
    call = applicant.call(candidate)
    if state_of(call, applicant.profiles.taken_at) == "upcoming":
        day = seoul_day(call.opens_at)
        if day is not None:
            ko, en = day_said(day)
            return Fact(f"{ko}에 접수를 시작합니다.", f"Applications open on {en}.", call.opens_at or "")
    return _open(call)


def _open(call: Call) -> Fact:
    day = seoul_day(call.closes_at)
    if day is None:
        return Fact("지금 접수 중이며 마감일이 정해져 있지 않습니다.", "Open now, without a closing day.", "rolling")
    ko, en = day_said(day)
    return Fact(f"지금 접수 중이며 {ko}에 마감합니다.", f"Open now, closes on {en}.", call.closes_at or "")


TIMING: Feature[Applicant] = Feature(
    "timing",
    "1 for an open call, 0.4 for an upcoming one",
    _values,
    _explain,
    weight=0.4,
    floor=0.4,
    ceiling=0.4,
)
