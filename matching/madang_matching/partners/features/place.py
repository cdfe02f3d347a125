"""Place: the same gu, or the way between the two."""

from __future__ import annotations

import numpy as np

from madang_matching.partners.pair import Side
from madang_matching.regions import region_name
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

NEAR_KM = 15.0
"""From this distance on, place says nothing. Seoul is about 36 km wide."""

OUTSIDE_SHARE = 0.8
"""Value right beside each other in different gu."""

EARTH_RADIUS_KM = 6371.0088


def distance_km(places: Floats, row: int) -> Floats:
    """Return the great-circle distance of each place from place `row`, shape (n,), km; NaN where unknown.

    Args:   places: shape (n, 2), longitude and latitude in degrees.
    Source: haversine formula, R. W. Sinnott, Sky and Telescope 68, 1984.
    """
    longitude, latitude = np.radians(places).T
    half = np.sin((latitude - latitude[row]) / 2) ** 2
    half += np.cos(latitude) * np.cos(latitude[row]) * np.sin((longitude - longitude[row]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))


def _values(side: Side) -> Floats:
    profiles = side.profiles
    near = np.nan_to_num(OUTSIDE_SHARE * (1 - distance_km(profiles.places, side.row) / NEAR_KM), nan=0.0)
    gu = str(profiles.gu[side.row])
    return np.where((profiles.gu == gu) & bool(gu), 1.0, np.clip(near, 0.0, 1.0))


def _explain(side: Side, candidate: int) -> Fact:
    profiles = side.profiles
    gu = str(profiles.gu[candidate])
    if gu and gu == str(profiles.gu[side.row]):
        ko, en = region_name(gu)
        return Fact(f"두 곳 모두 {ko}에 있습니다.", f"Both are in {en}.", gu)
    distance = float(distance_km(profiles.places[[side.row, candidate]], 0)[1])
    shown = f"{max(distance, 0.1):.1f} km"
    return Fact(f"서로 약 {shown} 떨어져 있습니다.", f"They are about {shown} away.", shown)


PLACE: Feature[Side] = Feature(
    "place", "1 in the same gu, else 0.8 falling to 0 at 15 km", _values, _explain, weight=0.5
)
