"""A district whose organisations join the programmes of their field, year after year."""

from __future__ import annotations

import numpy as np
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.records import Membership
from madang_matching.text import TextEncoder

from tests.matching.builders import AI, ROBOTS, VISION, make_call, make_organisation, make_snapshot

FIELDS = (AI, ROBOTS, VISION)


def make_joining_district(encoder: TextEncoder) -> Profiles:
    """Organisations of three fields, all in one province, and three programmes of each field."""
    organisations = tuple(
        make_organisation(
            id=f"org_{number:03}", technologies=(FIELDS[number % 3].id,), summary_ko=f"{number}번째 회사입니다."
        )
        for number in range(150)
    )
    calls = tuple(
        make_call(
            id=f"call_{number}",
            programme=f"prg_{number}",
            technologies=(FIELDS[number % 3].id,),
            rules={"kind": "region", "codes": ["11"]},
        )
        for number in range(9)
    )
    return build_profiles(make_snapshot(organisations=organisations, calls=calls, technologies=FIELDS), encoder)


def make_joinings() -> list[Membership]:
    """Each year from 2021 to 2025 some of each field join one of the three programmes of their field."""
    generator = np.random.default_rng(5)
    found: list[Membership] = []
    for year in range(2021, 2026):
        for number in np.sort(generator.choice(150, 40, replace=False)).tolist():
            programme = number % 3 + 3 * int(generator.integers(3))
            day = f"{year}-{generator.integers(1, 13):02}-03"
            found.append(Membership(f"org_{number:03}", f"prg_{programme}", day))
    return found
