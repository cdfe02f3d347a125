"""What the reason of a refusal takes from candidates that share the refused one's trait.

Whether the refused pair itself may return is not decided here: pairs that may not are not among the candidates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from madang_matching.distances import distance_km
from madang_matching.sparse import Floats, Ints, Sparse, dense_row, times_vector

Trait: TypeAlias = Literal["field", "distance", "size", "rival"]

TRAITS: Mapping[str, Trait] = {
    "wrong_field": "field",
    "too_far": "distance",
    "wrong_size": "size",
    "competitor": "rival",
}
"""Trait by reason code, as in `records.Judgement`. The other reasons (known_already, bad_timing, other) are about the
one pair and say nothing of others."""

MOST = 1.0
"""No number of refusals takes more than this from a candidate, log-odds."""

ONE = 0.5
"""What one refusal takes from a candidate that shares the trait wholly, log-odds, before the bound."""

SIZE_LIMITS = (10, 50, 300, 1000)
"""Employees at which the next class of size begins."""

_LOSES_FROM, _LOSES_ALL = 0.8, 1.2
"""Shares of the refused one's distance at which a candidate begins to count as just as far, and does so wholly."""

_RIVAL_LIKENESS = 0.5
"""Likeness in technologies from which one in the industry of a refused competitor counts as a competitor too."""


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What refusals compare, one row per organisation; n organisations, t technologies."""

    technologies: Sparse
    """Shape (n, t), rows of length 1 or 0."""
    places: Floats
    """Shape (n, 2), longitude and latitude in degrees; NaN: unknown."""
    employees: Floats
    """Shape (n,); NaN: unknown."""
    industries: NDArray[Any]
    """Shape (n,), KSIC codes as text; empty: unknown."""


class Penalties(NamedTuple):
    """What refusals take from the candidates of one seeker."""

    values: Floats
    """Shape (n,), log-odds, -MOST to 0: a contribution of its own beside those of the evidence."""
    causes: Ints
    """Shape (n,): which refusal takes most, by its place in the list; the earliest of equal ones; -1: none."""


def refusal_penalties(traits: Traits, seeker: int, refused: Sequence[tuple[int, str]]) -> Penalties:
    """Return what one seeker's refusals take from all organisations.

    Each refusal gives every organisation a likeness of 0 to 1 to the refused one in the trait that its reason names:
    technologies (wrong_field), class of size (wrong_size), being as far away (too_far), industry and technologies
    (competitor). The sum s of 0.5 times the likenesses becomes -(1 - exp(-s)): the second refusal of a kind weighs less
    than the first, and all of them never more than 1. Unknown values share no trait; reasons without one take nothing.

    Args:
        seeker: row of who refused.
        refused: row of the refused one and code of the reason, as in `records.Judgement`.
    """
    count = len(traits.industries)
    if not refused:
        return Penalties(np.zeros(count), np.full(count, -1, np.int64))
    likeness = np.stack([_likeness(traits, seeker, row, TRAITS.get(reason)) for row, reason in refused])
    sums = ONE * likeness.sum(axis=0)
    causes = np.where(likeness.max(axis=0) > 0, likeness.argmax(axis=0), -1)
    return Penalties(np.minimum(-MOST * -np.expm1(-sums / MOST), 0.0), causes.astype(np.int64))


def size_classes(employees: Floats) -> Ints:
    """Return the class of size, shape (n,), 0 to 4 as in `SIZE_LIMITS`; -1 where unknown."""
    classes = np.searchsorted(SIZE_LIMITS, np.nan_to_num(employees, nan=0.0), side="right")
    return np.where(np.isnan(employees), -1, classes).astype(np.int64)


def _likeness(traits: Traits, seeker: int, row: int, trait: Trait | None) -> Floats:
    if trait == "field":
        return _alike(traits, row)
    if trait == "size":
        classes = size_classes(traits.employees)
        return ((classes == classes[row]) & (classes >= 0)).astype(np.float64)
    if trait == "distance":
        return _as_far(traits.places, seeker, row)
    if trait == "rival":
        same = (traits.industries == traits.industries[row]) & (traits.industries != "")
        return (same & (_alike(traits, row) >= _RIVAL_LIKENESS)).astype(np.float64)
    return np.zeros(len(traits.industries))


def _alike(traits: Traits, row: int) -> Floats:
    return np.clip(times_vector(traits.technologies, dense_row(traits.technologies, row)), 0.0, 1.0)


def _as_far(places: Floats, seeker: int, row: int) -> Floats:
    """Return 0 for candidates much nearer than the refused one, 1 for those clearly farther."""
    own = np.broadcast_to(places[seeker], places.shape)
    distance = distance_km(own, places)
    limit = distance[row]
    if np.isnan(limit) or limit <= 0:
        return np.zeros(len(places))
    share = (distance / limit - _LOSES_FROM) / (_LOSES_ALL - _LOSES_FROM)
    return np.nan_to_num(np.clip(share, 0.0, 1.0), nan=0.0)
