"""A small planted district, built once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import distributed
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


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A Dask cluster of two processes; a worker that is killed comes back."""
    local: Any = distributed.LocalCluster
    with local(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as running:
        yield running
