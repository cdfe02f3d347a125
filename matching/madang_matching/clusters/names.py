"""What a community is called: the technology that it has more of than the district."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from madang_matching.records import Technology
from madang_matching.sparse import Ints

LEAST_USERS = 2
"""A technology of one member names nobody while there is another."""

UNTIED = ("아직 연결 없음", "No ties yet")


def community_names(
    communities: Ints,
    technologies_of: Sequence[Sequence[str]],
    technologies: Mapping[str, Technology],
    untied: int | None,
) -> list[tuple[str, str]]:
    """Return the Korean and English name of each community, no two the same.

    The name is the technology with the greatest p · log(p / q), p its share in the community, q in the district; it is
    used once, larger communities choose first. When none of two users is left, one user is enough; then the two
    foremost together; without any a number.

    Args: untied: number of the community of those without ties, if there is one.
    """
    overall = Counter(name for names in technologies_of for name in set(names) if name in technologies)
    taken: set[tuple[str, ...]] = set()
    found: list[tuple[str, str]] = []
    for number in range(int(communities.max(initial=-1)) + 1):
        if number == untied:
            found.append(UNTIED)
            continue
        members = [row for row, community in enumerate(communities.tolist()) if community == number]
        inner = Counter(name for row in members for name in set(technologies_of[row]) if name in technologies)
        best = _best(inner, len(members), overall, len(technologies_of), taken)
        if not best:
            found.append((f"모임 {number + 1}", f"Group {number + 1}"))
            continue
        taken.add(best)
        chosen = [technologies[name] for name in best]
        found.append(
            (
                " · ".join(each.name_ko or each.name_en for each in chosen),
                " · ".join(each.name_en or each.name_ko for each in chosen),
            )
        )
    return found


def _best(
    inner: Counter[str], size: int, overall: Counter[str], total: int, taken: set[tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the most over-represented technology that is not taken, or two of them; ties go to the lesser id."""
    scores = {
        name: (count / size) * math.log((count / size) / (overall[name] / total)) for name, count in inner.items()
    }
    standing_out = sorted((name for name in scores if scores[name] > 1e-9), key=lambda name: (-scores[name], name))
    usual = [(name,) for name in standing_out if inner[name] >= LEAST_USERS]
    rare = [(name,) for name in standing_out if inner[name] < LEAST_USERS]
    free = [each for each in (*usual, *rare, tuple(standing_out[:2])) if each and each not in taken]
    return free[0] if free else ()
