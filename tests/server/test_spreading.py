"""A whole run whose partner lists others compute: the lists are those of one process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import distributed
import pytest
from madang_matching.blocks import ALONE, Workers
from madang_matching.errors import ClusterError
from madang_matching.partners import batches
from madang_server.matches import spreading
from madang_server.matches.run import match_all
from madang_server.matches.spreading import SPREAD_ABOVE, workers_of
from madang_server.wiring import Services

from tests.server.yard import YARD, StubEncoder, rows_of

NOBODY = "tcp://127.0.0.1:9"
PARTNERS = """
MATCH (o:Organisation)-[r:SUGGESTED]->(p) WHERE r.version = o.lists_version
RETURN o.id, p.id, r.rank, r.score, r.reasons ORDER BY o.id, r.rank
"""


@pytest.fixture
def dask() -> Iterator[str]:
    """The address of a scheduler with two workers."""
    local: Any = distributed.LocalCluster
    with local(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as running:
        yield running.scheduler_address


def with_dask(services: Services, address: str) -> Services:
    return replace(services, settings=services.settings.model_copy(update={"dask": address}))


def test_small_graphs_stay_in_this_process_and_a_set_cluster_is_always_used(services: Services) -> None:
    settings = services.settings
    assert workers_of(settings, SPREAD_ABOVE) == ALONE
    assert workers_of(settings, SPREAD_ABOVE + 1) == Workers.of_machine()
    assert workers_of(with_dask(services, NOBODY).settings, 3) == Workers.of_machine(NOBODY)


async def test_processes_and_a_cluster_give_the_lists_of_one_process(
    services: Services, encoder: StubEncoder, dask: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await services.graph.write(YARD)
    alone = await match_all(services)
    expected = await rows_of(services.graph, PARTNERS)
    assert alone.partners == len(expected) > 0
    monkeypatch.setattr(batches, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(spreading, "ROUND", 8)
    monkeypatch.setattr(spreading, "SPREAD_ABOVE", 3)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    report = await match_all(services)
    assert (report.organisations, report.partners) == (alone.organisations, alone.partners)
    assert await rows_of(services.graph, PARTNERS) == expected
    report = await match_all(with_dask(services, dask))
    assert report.version != alone.version
    assert await rows_of(services.graph, PARTNERS) == expected


async def test_a_cluster_that_does_not_answer_leaves_the_lists_as_they_were(
    services: Services, encoder: StubEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("madang_matching.blocks.CONNECT_S", 0.5)
    await services.graph.write(YARD)
    await match_all(services)
    before = await rows_of(services.graph, PARTNERS)
    with pytest.raises(ClusterError, match="does not answer"):
        await match_all(with_dask(services, NOBODY))
    assert await rows_of(services.graph, PARTNERS) == before
