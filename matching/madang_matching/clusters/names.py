"""What a community is called: the technology that it has more of than the district."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from madang_matching.records import Technology
from madang_matching.sparse import Ints

LEAST_USERS = 2
"""A technology of one member names nobody."""

UNTIED = ("아직 연결 없음", "No ties yet")


def community_names(
    communities: Ints,
    technologies_of: Sequence[Sequence[str]],
    technologies: Mapping[str, Technology],
    untied: int | None,
) -> list[tuple[str, str]]:
    """Return the Korean and English name of each community.

    The name is the technology with the greatest p · log(p / q), p its share in the community, q in the district; it is
    used once, larger communities choose first. Without one: a number.

    Args: untied: number of the community of those without ties, if there is one.
    """
    overall = Counter(name for names in technologies_of for name in set(names))
    taken: set[str] = set()
    found: list[tuple[str, str]] = []
    for number in range(int(communities.max(initial=-1)) + 1):
        members = [row for row, community in enumerate(communities.tolist()) if community == number]
        inner = Counter(name for row in members for name in set(technologies_of[row]))
        best = _best(inner, len(members), overall, len(technologies_of), taken & technologies.keys())
        if number == untied:
            found.append(UNTIED)
        elif best is None or best not in technologies:
            found.append((f"모임 {number + 1}", f"Group {number + 1}"))
        else:
            taken.add(best)
            technology = technologies[best]
            ko, en = technology.name_ko or technology.name_en, technology.name_en or technology.name_ko
            found.append((ko, en))
    return found


def _best(inner: Counter[str], size: int, overall: Counter[str], total: int, taken: set[str]) -> str | None:
    """Return the most over-represented technology; ties go to the lesser id; None when none stands out."""
    scores = {
        name: (count / size) * math.log((count / size) / (overall[name] / total))
        for name, count in inner.items()
        if count >= LEAST_USERS and name not in taken
    }
    standing_out = {name: score for name, score in scores.items() if score > 1e-9}
    return min(standing_out, key=lambda name: (-standing_out[name], name)) if standing_out else None
