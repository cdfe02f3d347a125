"""A small planted district, built once."""

from __future__ import annotations

import pytest
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.text import UniversalEncoder

from tests.matching.planted import District, plant_district


@pytest.fixture(scope="session")
def encoder() -> UniversalEncoder:
    return UniversalEncoder()


@pytest.fixture(scope="session")
def district() -> District:
    return plant_district(seed=7)


@pytest.fixture(scope="session")
def planted(district: District, encoder: UniversalEncoder) -> Profiles:
    return build_profiles(district.snapshot, encoder)
