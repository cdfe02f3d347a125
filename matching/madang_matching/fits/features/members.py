"""Members: who joined the programme of a call before, and how they resemble the applicant."""

from __future__ import annotations

from typing import cast

import numpy as np

from madang_matching.fits.applicant import Applicant
from madang_matching.fits.past import Past
from madang_matching.korean import with_particle
from madang_matching.scoring.features import Fact, Feature, ramp
from madang_matching.sparse import Floats

LOW, HIGH = 0.15, 0.45
"""Mean likeness of the three nearest members at which it begins to count, and at which it counts in full: about the
range that it has among members of open-source foundations."""


def _of_past(applicant: Applicant, name: str) -> Floats:
    past = applicant.past
    if past is None:
        return np.zeros(len(applicant.call_rows))
    return np.array([past.feature(name, call.programme) for call in applicant.calls], np.float64)


def _alike(applicant: Applicant) -> Floats:
    return ramp(_of_past(applicant, "nearest"), LOW, HIGH)


def _explain_alike(applicant: Applicant, candidate: int) -> Fact:
    programme = applicant.call(candidate).programme
    member = cast("Past", applicant.past).nearest_member(programme)
    if member is None or member not in applicant.profiles.rows:
        return Fact(
            "소개 글이 우리와 가까운 기관들이 이 사업에 참여했습니다.",
            "Organisations whose descriptions are close to ours joined this programme.",
            programme,
        )
    organisation = applicant.profiles.organisations[applicant.profiles.rows[member]]
    ko, en = organisation.name_ko or organisation.name_en, organisation.name_en or organisation.name_ko
    return Fact(
        f"소개 글이 우리와 가까운 {with_particle(ko, '이/가')} 이 사업에 참여했습니다.",
        f"{en}, whose description is close to ours, joined this programme.",
        f"{member} {programme}",
    )


def _common(applicant: Applicant) -> Floats:
    return _of_past(applicant, "together")


def _explain_common(applicant: Applicant, candidate: int) -> Fact:
    programme = applicant.call(candidate).programme
    own, count = cast("Past", applicant.past).sharing(programme)
    ko, en = _programme_name(applicant, own)
    members = "1 member" if count == 1 else f"{count} members"
    return Fact(
        f"우리가 참여한 사업({ko})의 참여 기관 {count}곳이 이 사업에도 참여했습니다.",
        f"{members} of {en}, which we joined, joined this programme too.",
        f"{own} {programme}",
    )


def _programme_name(applicant: Applicant, programme: str) -> tuple[str, str]:
    """Return the name of the programme's first call in order of id, Korean and English."""
    call = next(each for each in applicant.profiles.calls if each.programme == programme)
    return call.name_ko or call.name_en or programme, call.name_en or call.name_ko or programme


ALIKE_MEMBERS: Feature[Applicant] = Feature(
    "alike_members", "likeness of my description with the three nearest members of the programme", _alike,
    _explain_alike, weight=1.2,
)  # fmt: skip
COMMON_MEMBERS: Feature[Applicant] = Feature(
    "common_members", "how many members the programmes that I joined share with it", _common, _explain_common,
    weight=1.2,
)  # fmt: skip
