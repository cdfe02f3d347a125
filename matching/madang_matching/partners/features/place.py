"""Place: the same gu, or the way between the two."""

from __future__ import annotations

import numpy as np

from madang_matching.distances import distance_km
from madang_matching.partners.pairs import Pairs
from madang_matching.regions import region_name
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats

NEAR_KM = 15.0
"""From this distance on, place says nothing. Seoul is about 36 km wide."""

OUTSIDE_SHARE = 0.8
"""Value right beside each other in different gu."""


def _values(pairs: Pairs) -> Floats:
    places, gu = pairs.profiles.places, pairs.profiles.gu
    distance = distance_km(places[pairs.seekers], places[pairs.others])
    near = np.nan_to_num(OUTSIDE_SHARE * (1 - distance / NEAR_KM), nan=0.0)
    same = (gu[pairs.seekers] == gu[pairs.others]) & (gu[pairs.seekers] != "")
    return np.where(same, 1.0, np.clip(near, 0.0, 1.0))


def _explain(pairs: Pairs, index: int) -> Fact:
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    gu = str(profiles.gu[other])
    if gu and gu == str(profiles.gu[seeker]):
        ko, en = region_name(gu)
        return Fact(f"두 곳 모두 {ko}에 있습니다.", f"Both are in {en}.", gu)
    distance = float(distance_km(profiles.places[[seeker]], profiles.places[[other]])[0])
    shown = f"{max(distance, 0.1):.1f} km"
    return Fact(f"서로 약 {shown} 떨어져 있습니다.", f"They are about {shown} away.", shown)


PLACE: Feature[Pairs] = Feature(
    "place", "1 in the same gu, else 0.8 falling to 0 at 15 km", _values, _explain, weight=0.5
)
