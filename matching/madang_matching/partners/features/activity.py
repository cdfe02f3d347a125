"""What an organisation's past projects say: their subjects, how many, and where its partners were."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from madang_matching.partners.pairs import Pairs
from madang_matching.scoring.features import Fact, Feature, log_ramp
from madang_matching.sparse import Floats, dense_row, dot_pairs, times_vector

BUSY = 30.0
"""Recent projects from which more make no difference: popularity is capped."""


def _subjects(pairs: Pairs) -> Floats:
    subjects = pairs.profiles.network.subjects
    return np.clip(dot_pairs(subjects, pairs.seekers, subjects, pairs.others), 0.0, 1.0) * _busy(pairs)


def _explain_subjects(pairs: Pairs, index: int) -> Fact:
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    subjects = profiles.network.subjects
    column = int((dense_row(subjects, seeker) * dense_row(subjects, other)).argmax())
    name = profiles.network.subject_names[column]
    technology = next((each for each in profiles.technologies if each.id == name), None)
    ko = (technology.name_ko or technology.name_en) if technology else name
    en = (technology.name_en or technology.name_ko) if technology else name
    return Fact(f"두 곳 모두 {ko} 과제를 했습니다.", f"Both have done projects in {en}.", name)


def _busy(pairs: Pairs) -> Floats:
    return log_ramp(pairs.profiles.network.activity[pairs.others], 1.0, BUSY)


def _explain_busy(pairs: Pairs, index: int) -> Fact:
    _, other = pairs.at(index)
    network = pairs.profiles.network
    count = int(network.took_part.indptr[other + 1] - network.took_part.indptr[other])
    return Fact(
        f"지금까지 함께하는 과제를 {count}건 했습니다.",
        f"They have done {count} joint project{'s' if count > 1 else ''}.",
        str(count),
    )


def _country(pairs: Pairs) -> Floats:
    countries = pairs.profiles.countries
    return _same(countries, pairs) * (countries[pairs.others] != pairs.profiles.usual_country)


def _same(names: NDArray[Any], pairs: Pairs) -> Floats:
    """Return 1 where both have the same name, and it is known."""
    return ((names[pairs.seekers] == names[pairs.others]) & (names[pairs.others] != "")).astype(np.float64)


def _explain_country(pairs: Pairs, index: int) -> Fact:
    country = str(pairs.profiles.countries[pairs.at(index)[1]])
    return Fact(f"같은 나라({country})에 있습니다.", f"Both are in the same country ({country}).", country)


def _partners_country(pairs: Pairs) -> Floats:
    profiles = pairs.profiles
    return np.clip(dot_pairs(profiles.partner_countries, pairs.seekers, profiles.located, pairs.others), 0.0, 1.0)


def _explain_partners_country(pairs: Pairs, index: int) -> Fact:
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    country = str(profiles.countries[other])
    count = int(times_vector(profiles.network.linked, (profiles.countries == country).astype(np.float64))[seeker])
    return Fact(
        f"그 나라({country})의 {count}곳과 함께 일했습니다.",
        f"We have worked with {count} in their country ({country}).",
        country,
    )


def _city(pairs: Pairs) -> Floats:
    return _same(pairs.profiles.cities, pairs) * _same(pairs.profiles.countries, pairs)


def _explain_city(pairs: Pairs, index: int) -> Fact:
    city = str(pairs.profiles.cities[pairs.at(index)[1]])
    return Fact(f"같은 도시({city})에 있습니다.", f"Both are in {city}.", city)


SUBJECTS: Feature[Pairs] = Feature(
    "subjects", "cosine of the subjects of past projects times capped recent activity", _subjects, _explain_subjects,
    weight=0.4,
)  # fmt: skip
ACTIVITY: Feature[Pairs] = Feature(
    "activity", "recent projects of the other, logarithmic, capped at 30", _busy, _explain_busy, weight=0.0
)
COUNTRY: Feature[Pairs] = Feature(
    "country", "1 in the same country, unless nearly all are in it", _country, _explain_country, weight=0.3
)
PARTNERS_COUNTRY: Feature[Pairs] = Feature(
    "partners_country", "share of my partners that are in their country", _partners_country,
    _explain_partners_country, weight=0.0,
)  # fmt: skip
CITY: Feature[Pairs] = Feature("city", "1 in the same city", _city, _explain_city, weight=0.3)
