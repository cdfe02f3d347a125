"""Jobs: from the outbox to the queue, at once or later; every effect once; JSON only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import orjson
import pytest
from madang_graph.client import Graph
from madang_graph.errors import GraphError
from madang_graph.writes.lists import Finish
from madang_graph.writes.outbox import MOST_ATTEMPTS, add_job, count_rows, outbox_row
from madang_server.jobs.arq_queue import JOB_TIMEOUT_S, POLL_DELAY_S, ArqQueue
from madang_server.jobs.handlers import JOBS, SCHEDULES
from madang_server.jobs.once import once
from madang_server.jobs.outbox import LOST_AFTER_S, Jobs
from madang_server.jobs.ports import Handler, Job
from madang_server.wiring import Services
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tests.server.conftest import NOW


@asynccontextmanager
async def worker(queue: ArqQueue, **handlers: Handler) -> AsyncIterator[None]:
    """A worker with these handlers, `a__b` standing for the job a.b."""
    table = {name.replace("__", "."): handler for name, handler in handlers.items()}
    task = asyncio.create_task(queue.serve(table, ()))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 90) -> None:
    """Wait for something that happens elsewhere; the bound only ends a test that would hang."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110  nothing here could set an event
            await asyncio.sleep(0.02)


async def outbox(graph: Graph) -> list[list[Any]]:
    return await graph.read("MATCH (o:Outbox) RETURN o.id, o.job, o.enqueued_at, o.attempts ORDER BY o.id")


async def write_job(services: Services, name: str = "pets.wash", **payload: str) -> str:
    row = outbox_row(name, payload, NOW)
    await services.graph.transact(lambda transaction: add_job(transaction, row))
    return row.id


def ticks(key: str) -> str:
    """A statement that counts how often an effect happened; the label is one that nothing else writes."""
    return f"MERGE (a:Audit {{id: '{key}'}}) SET a.changes = coalesce(a.changes, '') + 'x'"


async def test_a_job_written_with_a_change_reaches_its_handler_with_its_payload(services: Services) -> None:
    seen: list[Job] = []

    async def handle(job: Job) -> None:
        seen.append(job)

    async def is_seen() -> bool:
        return bool(seen)

    job_id = await write_job(services, organisation_id="org_가")
    services.jobs.wake()
    async with worker(services.queue, pets__wash=handle):
        await until(is_seen)
    assert seen == [Job(job_id, "pets.wash", {"organisation_id": "org_가"})]


async def test_what_lies_in_the_queue_is_json(services: Services, valkey: Redis) -> None:
    job_id = await write_job(services, organisation_id="org_a")
    await services.jobs.sweep()
    stored = await valkey.get(f"arq:job:{job_id}")
    assert orjson.loads(stored)["a"] == [job_id, {"organisation_id": "org_a"}]


async def test_a_job_is_queued_once_however_often_it_is_swept(services: Services, valkey: Redis) -> None:
    await write_job(services)
    later = Jobs(services.graph, services.queue, lambda: NOW + timedelta(seconds=LOST_AFTER_S + 1))
    assert [await services.jobs.sweep(), await services.jobs.sweep(), await later.sweep()] == [1, 0, 1]
    assert (await services.queue.figures()).waiting == 1


async def test_a_job_that_the_queue_lost_is_handed_over_again(services: Services, valkey: Redis) -> None:
    job_id = await write_job(services)
    await services.jobs.sweep()
    await valkey.flushall()
    later = Jobs(services.graph, services.queue, lambda: NOW + timedelta(seconds=LOST_AFTER_S + 1))
    await later.sweep()
    assert (await services.queue.figures()).waiting == 1
    assert [(row[0], row[3]) for row in await outbox(services.graph)] == [(job_id, 2)]


async def test_without_a_queue_the_job_waits_in_the_outbox(services: Services) -> None:
    job_id = await write_job(services)
    nowhere = ArqQueue("redis://127.0.0.1:1/0")
    with pytest.raises(RedisError):
        await Jobs(services.graph, nowhere, lambda: NOW).sweep()
    await nowhere.close()
    assert await outbox(services.graph) == [[job_id, "pets.wash", None, 0]]
    assert await services.jobs.sweep() == 1


async def test_a_job_that_fails_stays_in_the_outbox_and_is_given_up_after_ten_times(services: Services) -> None:
    calls = 0

    async def fail(_job: Job) -> None:
        nonlocal calls
        calls += 1
        raise ValueError("no")

    async def has_failed() -> bool:
        figures = await services.queue.figures()
        return figures.ended.get(("pets.wash", "failed")) == 1 and figures.waiting == 0

    await write_job(services)
    await services.jobs.sweep()
    async with worker(services.queue, pets__wash=fail):
        await until(has_failed)
    assert calls == 1
    await services.graph.write("MATCH (o:Outbox) SET o.attempts = $most", {"most": MOST_ATTEMPTS})
    later = Jobs(services.graph, services.queue, lambda: NOW + timedelta(days=1))
    assert await later.sweep() == 0
    assert await count_rows(services.graph) == (1, 1)


async def test_an_effect_happens_once_though_the_job_runs_twice(services: Services) -> None:
    graph, job = services.graph, Job(await write_job(services), "pets.wash", {})

    async def work(finish: Finish) -> None:
        async def effect(transaction: Any) -> None:
            await transaction.run(ticks("effect"))
            await finish(transaction)

        await graph.transact(effect)

    await asyncio.gather(*(once(graph, job, NOW, work) for _ in range(4)))
    await once(graph, job, NOW, work)
    assert await graph.read("MATCH (a:Audit) RETURN a.changes") == [["x"]]
    assert await outbox(graph) == []


async def test_an_effect_that_fails_leaves_no_mark_and_the_job_in_the_outbox(services: Services) -> None:
    graph, job = services.graph, Job(await write_job(services), "pets.wash", {})

    async def work(finish: Finish) -> None:
        async def effect(transaction: Any) -> None:
            await finish(transaction)
            raise ValueError("after the mark")

        await graph.transact(effect)

    with pytest.raises(ValueError, match="after the mark"):
        await once(graph, job, NOW, work)
    assert await graph.read("MATCH (e:Effect) RETURN e") == []
    assert len(await outbox(graph)) == 1


async def test_a_worker_that_is_stopped_gives_its_job_back(services: Services) -> None:
    started = asyncio.Event()

    async def hang(_job: Job) -> None:
        started.set()
        await asyncio.sleep(600)

    await write_job(services)
    await services.jobs.sweep()
    async with worker(services.queue, pets__wash=hang):
        await started.wait()
    taken = asyncio.Event()

    async def take(_job: Job) -> None:
        taken.set()

    async with worker(services.queue, pets__wash=take):
        await asyncio.wait_for(taken.wait(), 20)


async def test_enqueue_writes_a_job_that_no_change_caused(services: Services) -> None:
    job_id = await services.jobs.enqueue("matches.nightly", {})
    assert [row[:2] for row in await outbox(services.graph)] == [[job_id, "matches.nightly"]]


async def test_waking_never_fails_without_servers(services: Services) -> None:
    services.jobs.wake()
    await asyncio.sleep(0)


def test_schedules_name_jobs_that_exist_and_the_queue_is_quick() -> None:
    assert {schedule.name for schedule in SCHEDULES} <= set(JOBS)
    assert POLL_DELAY_S <= 0.05
    assert JOB_TIMEOUT_S <= 60
    assert LOST_AFTER_S > JOB_TIMEOUT_S + 10  # arq gives up on a killed worker's job so long after it began


async def test_counting_an_outbox_that_cannot_be_reached_is_a_graph_error() -> None:
    from madang_graph.client import GraphAddress, open_graph

    async with open_graph(GraphAddress("bolt://127.0.0.1:1", "neo4j", "x")) as nowhere:
        with pytest.raises(GraphError):
            await count_rows(nowhere)
