"""What a community does more of than others: location quotients of its technologies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from madang_matching.records import Strength, Technology

MOST = 3
LEAST_USERS = 3
"""A share of one or two members says nothing about a community."""


def strengths_of(
    members: Sequence[Sequence[str]], everyone: Counter[str], count: int, technologies: Mapping[str, Technology]
) -> list[Strength]:
    """Return the technologies with the highest location quotient, at most three; ties go to more users, then by id.

    The location quotient is the share of the members that use a technology, divided by the share of all organisations
    that do; only those above 1 with at least three users are given.

    Args:
        members: technology ids of each member.
        everyone: users of each technology among all organisations.
        count: all organisations.
    Source: P. S. Florence, Report on the location of industry, 1939.
    """
    users = Counter(name for names in members for name in set(names))
    found = [
        Strength(
            technology_id=name,
            name_ko=technologies[name].name_ko,
            name_en=technologies[name].name_en,
            share=round(used / len(members), 4),
            quotient=round((used / len(members)) / (everyone[name] / count), 2),
        )
        for name, used in users.items()
        if used >= LEAST_USERS and name in technologies and everyone[name]
    ]
    standing_out = [each for each in found if each["quotient"] > 1]
    return sorted(standing_out, key=lambda e: (-e["quotient"], -e["share"], e["technology_id"]))[:MOST]
