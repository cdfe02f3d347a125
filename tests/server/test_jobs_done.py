"""The jobs themselves, done by a real worker over the real queue."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from madang_graph.writes.outbox import count_rows
from madang_server.jobs.handlers import Tools, expire_introductions, fit_models, match_nightly, prune_sessions
from madang_server.jobs.ports import Job
from madang_server.jobs.worker import serve
from madang_server.matches.fitting import Fitting
from madang_server.matches.model import serving_models, shelf_of
from madang_server.matches.state import Matcher
from madang_server.services.organisations import OrganisationChange, edit
from madang_server.wiring import Services

from tests.server.builders import make_viewer
from tests.server.conftest import NOW
from tests.server.test_jobs import until
from tests.server.yard import YARD, StubEncoder, rows_of, shown

NOTHING = Job("job_x", "x", {})


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch, services: Services) -> StubEncoder:
    stub = StubEncoder()
    monkeypatch.setattr(services.encoder, "_make", lambda: stub)
    return stub


@asynccontextmanager
async def working(services: Services) -> AsyncIterator[None]:
    """The worker's own loop, in this process."""
    task = asyncio.create_task(serve(services))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def tools(services: Services) -> Tools:
    return Tools(services, Matcher(services.graph, services.encoder, services.clock), Fitting(services.settings))


async def test_saving_a_profile_refreshes_the_lists_of_that_organisation(
    services: Services, encoder: StubEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = services.graph
    await graph.write(YARD)
    await graph.write("MATCH (o:Organisation {id: 'org_00'}) SET o.version = 1, o.certificates = []")

    async def has_lists() -> bool:
        return bool((await shown(graph, "org_00"))[1])

    async with working(services):
        viewer = make_viewer("per_owner", edits=("org_00",))
        await services.jobs.enqueue("suggestions.refresh", {"organisation_id": "org_01"})  # the worker is warm then
        await until(lambda: _done(services))
        started = time.perf_counter()
        await edit(
            graph, viewer, OrganisationChange(id="org_00", version=1, founded_on="2010-01-01"), now=services.clock()
        )
        services.jobs.wake()
        await until(has_lists)
        with capsys.disabled():
            print(f"\nfrom saving to the new lists: {time.perf_counter() - started:.2f} s")
        await until(lambda: _done(services))
    verdicts = await rows_of(graph, "MATCH (:Organisation {id: 'org_00'})-[r:FITS]->() RETURN DISTINCT r.verdict")
    assert verdicts == [["not_eligible"]]


async def _done(services: Services) -> bool:
    return await count_rows(services.graph) == (0, 0)


async def test_the_nightly_run_is_handed_out_and_done_in_parts(services: Services, encoder: StubEncoder) -> None:
    await services.graph.write(YARD)
    await match_nightly(tools(services), NOTHING)
    parts = await rows_of(services.graph, "MATCH (o:Outbox) RETURN o.job, count(*) ORDER BY o.job")
    assert parts == [["clusters.draw", 2], ["matches.part", 1]]
    async with working(services):
        await until(lambda: _done(services))
    ((versions, organisations),) = await rows_of(
        services.graph,
        "MATCH (o:Organisation) WHERE o.lists_version IS NOT NULL RETURN count(DISTINCT o.lists_version), count(o)",
    )
    assert (versions, organisations) == (1, 12)
    assert await rows_of(services.graph, "MATCH (:District)-[:HAS_CLUSTERS]->(c) RETURN count(c)") == [[2]]


async def test_a_run_after_rules_have_changed_is_done_once_and_leaves_no_job_behind(
    services: Services, encoder: StubEncoder
) -> None:
    await services.graph.write(YARD)
    async with working(services):
        await services.jobs.enqueue("matches.all", {})
        await until(lambda: _done(services))
    marks = await rows_of(services.graph, "MATCH (e:Effect) WHERE e.key ENDS WITH ':matches.all' RETURN count(e)")
    assert marks == [[1]]
    lists = await rows_of(services.graph, "MATCH (o:Organisation) WHERE o.lists_version IS NOT NULL RETURN count(o)")
    assert lists == [[12]]


async def test_the_nightly_fit_runs_in_a_process_of_its_own_and_keeps_a_model(services: Services) -> None:
    await services.graph.write(YARD)
    shutil.rmtree(shelf_of(services.settings).folder, ignore_errors=True)
    own = tools(services)
    await fit_models(own, NOTHING)
    assert not own.fitting.start()
    try:
        await until(lambda: _ended(own.fitting))
        assert own.fitting.ended() == 0, (services.settings.data_dir / "fit.log").read_text("utf-8")
    finally:
        own.fitting.stop()
    assert serving_models(services.settings).problem is None
    shutil.rmtree(shelf_of(services.settings).folder, ignore_errors=True)


async def _ended(fitting: Fitting) -> bool:
    return fitting.ended() is not None


async def test_a_job_for_an_organisation_that_is_gone_is_done(services: Services, encoder: StubEncoder) -> None:
    await services.jobs.enqueue("suggestions.refresh", {"organisation_id": "org_gone"})
    async with working(services):
        await until(lambda: _done(services))


async def test_introductions_without_an_answer_lapse(services: Services) -> None:
    await services.graph.write("""
CREATE (:Introduction {id: 'int_old', state: 'requested', expires_at: '2026-03-01T00:00:00Z'})
CREATE (:Introduction {id: 'int_new', state: 'requested', expires_at: '2026-03-03T00:00:00Z'})
CREATE (:Introduction {id: 'int_answered', state: 'accepted', expires_at: '2026-03-01T00:00:00Z'})
""")
    await expire_introductions(tools(services), NOTHING)
    states = await rows_of(services.graph, "MATCH (i:Introduction) RETURN i.id, i.state ORDER BY i.id")
    assert states == [["int_answered", "accepted"], ["int_new", "requested"], ["int_old", "expired"]]


async def test_what_is_over_is_pruned(services: Services) -> None:
    long_ago = (NOW - timedelta(days=40)).strftime("%Y-%m-%dT%H:%M:%SZ")
    await services.graph.write(
        """
CREATE (:Session {hash: 'old', expires_at: $now}), (:Session {hash: 'new', expires_at: '2026-03-03T00:00:00Z'})
CREATE (:Token {hash: 'old', expires_at: $now}), (:Token {hash: 'new', expires_at: '2027-01-01T00:00:00Z'})
CREATE (:Effect {key: 'old', at: $long_ago}), (:Effect {key: 'new', at: $now})
CREATE (:Request {key: 'old', at: $long_ago}), (:Request {key: 'new', at: $now})
""",
        {"now": "2026-03-02T01:00:00Z", "long_ago": long_ago},
    )
    await prune_sessions(tools(services), NOTHING)
    kept = await rows_of(
        services.graph, "MATCH (n:Session|Token|Effect|Request) RETURN labels(n)[0], coalesce(n.key, n.hash) ORDER BY 1"
    )
    assert sorted(map(tuple, kept)) == [
        ("Effect", "new"),
        ("Request", "new"),
        ("Session", "new"),
        ("Token", "new"),
    ]
