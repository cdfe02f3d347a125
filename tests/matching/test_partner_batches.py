"""Partner lists made in blocks: the same from one process, from several, and from a cluster that loses a worker."""

from __future__ import annotations

import random
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from madang_matching.blocks import ALONE, Workers
from madang_matching.errors import ClusterError, UnknownOrganisationError
from madang_matching.partners import partner_batches, partner_suggestions
from madang_matching.partners.candidates import EVERYBODY
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.records import Organisation, Partner, Project
from madang_matching.text import UniversalEncoder

from tests.matching.killing import while_a_worker_is_killed
from tests.matching.planted import District

LIMIT = 5
COPIES = 30
SEEKERS = 200


@pytest.fixture(scope="module")
def crowd(district: District, encoder: UniversalEncoder) -> Profiles:
    """Two thousand and more, so that candidates are chosen; a few opted out or were dismissed."""
    organisations = tuple(copy_of(each, copy) for each in district.snapshot.organisations for copy in range(COPIES))
    assert len(organisations) > EVERYBODY
    ids = [each.id for each in organisations]
    chance = random.Random(3)
    projects = tuple(
        Project(f"prj_{i:04}", tuple(chance.sample(ids, 3)), f"20{15 + i % 11}-03-01") for i in range(1_500)
    )
    dismissed = frozenset((ids[0], other) for other in ids[1:40])
    return build_profiles(
        replace(district.snapshot, organisations=organisations, projects=projects, dismissed=dismissed), encoder
    )


def copy_of(organisation: Organisation, copy: int) -> Organisation:
    return replace(
        organisation,
        id=f"{organisation.id}_{copy:02}",
        profiling=copy % 11 != 5,
        needs=tuple(replace(each, id=f"{each.id}_{copy:02}") for each in organisation.needs),
        offers=tuple(replace(each, id=f"{each.id}_{copy:02}") for each in organisation.offers),
    )


@pytest.fixture(scope="module")
def seekers(crowd: Profiles) -> list[str]:
    """Not in the order of the rows."""
    return random.Random(4).sample(sorted(crowd.rows), SEEKERS)


@pytest.fixture(scope="module")
def prices(crowd: Profiles) -> dict[str, float]:
    return dict.fromkeys(sorted(crowd.rows)[::7], 0.8)


@pytest.fixture(scope="module")
def expected(crowd: Profiles, seekers: list[str], prices: Mapping[str, float]) -> dict[str, list[Partner]]:
    return suggested(crowd, seekers, prices, ALONE)


def suggested(
    profiles: Profiles, ids: list[str], prices: Mapping[str, float], workers: Workers
) -> dict[str, list[Partner]]:
    with partner_batches(profiles, LIMIT, prices=prices, workers=workers) as suggest:
        return suggest(ids)


def test_lists_are_those_of_partner_suggestions_in_the_order_asked(
    crowd: Profiles, seekers: list[str], prices: Mapping[str, float], expected: dict[str, list[Partner]]
) -> None:
    assert list(expected) == seekers
    assert expected == partner_suggestions(crowd, seekers, LIMIT, prices=prices)
    assert {len(made) for made in expected.values()} == {0, LIMIT}


def test_two_processes_give_the_lists_of_one(
    crowd: Profiles, seekers: list[str], prices: Mapping[str, float], expected: dict[str, list[Partner]]
) -> None:
    given = suggested(crowd, seekers, prices, Workers(processes=2))
    assert list(given.items()) == list(expected.items())


def test_a_cluster_gives_the_lists_of_one_process_though_a_worker_is_killed(
    crowd: Profiles, seekers: list[str], prices: Mapping[str, float], expected: dict[str, list[Partner]], cluster: Any
) -> None:
    workers = Workers(scheduler=cluster.scheduler_address)
    given = while_a_worker_is_killed(cluster, lambda: suggested(crowd, seekers, prices, workers))
    assert list(given.items()) == list(expected.items())


def test_the_file_is_for_its_user_alone_and_gone_afterwards(
    planted: Profiles, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with partner_batches(planted, workers=Workers(processes=2)) as suggest:
        (folder,) = tmp_path.iterdir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert suggest([]) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_does_not_see_the_file_is_told_what_to_set(
    planted: Profiles, cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with partner_batches(planted, workers=Workers(scheduler=cluster.scheduler_address)) as suggest:
        (folder,) = tmp_path.iterdir()
        (folder / "arrays").unlink()
        with pytest.raises(ClusterError, match="TMPDIR"):
            suggest(sorted(planted.rows))


def test_an_unknown_organisation_is_refused(planted: Profiles) -> None:
    with partner_batches(planted) as suggest, pytest.raises(UnknownOrganisationError, match="org_nobody"):
        suggest(["org_nobody"])
