"""A worker is killed in the middle of a job: the job survives, its effect happens once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from madang_graph.client import Graph, GraphAddress
from madang_graph.writes.outbox import add_job, outbox_row
from madang_server.jobs.arq_queue import ArqQueue
from madang_server.jobs.outbox import Jobs
from redis.asyncio import Redis

SCRIPT = Path(__file__).with_name("killed_worker.py")
CHANGES = "MATCH (a:Audit {id: 'effect'}) RETURN a.changes"


@contextmanager
def worker(address: GraphAddress, valkey_url: str, wait: str) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ,
        "NEO4J_URI": address.uri,
        "NEO4J_PASSWORD": address.password,
        "REDIS_URL": valkey_url,
    }
    command = [sys.executable, str(SCRIPT), wait]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@asynccontextmanager
async def queue(valkey_url: str) -> AsyncIterator[ArqQueue]:
    connection = Redis.from_url(valkey_url)
    await connection.flushall()
    opened = ArqQueue(valkey_url)
    try:
        yield opened
    finally:
        await opened.close()
        await connection.flushall()
        await connection.aclose()


@pytest.mark.parametrize("wait", ["before", "after"])
async def test_the_effect_of_a_job_whose_worker_is_killed_happens_once(
    graph: Graph, neo4j_address: GraphAddress, valkey_url: str, wait: str
) -> None:
    row = outbox_row("pets.wash", {}, datetime.now(UTC))
    await graph.transact(lambda transaction: add_job(transaction, row))
    async with queue(valkey_url) as opened, asyncio.timeout(90):
        await Jobs(graph, opened, lambda: datetime.now(UTC)).sweep()
        with worker(neo4j_address, valkey_url, wait) as first:
            assert await asyncio.to_thread(first.stdout.readline) == "waiting\n"  # type: ignore[union-attr]
        assert await graph.read(CHANGES, timeout_s=30) == ([["x"]] if wait == "after" else [])
        await forget_the_killed_worker(valkey_url, row.id)
        with worker(neo4j_address, valkey_url, "never"):
            while (await opened.figures()).waiting:  # noqa: ASYNC110  it happens in another process
                await asyncio.sleep(0.05)
    assert await graph.read(CHANGES, timeout_s=30) == [["x"]]
    assert await graph.read("MATCH (o:Outbox) RETURN o.id", timeout_s=30) == []


async def forget_the_killed_worker(valkey_url: str, job_id: str) -> None:
    """What time does by itself: the mark that a worker has the job lapses ten seconds after the job's time limit."""
    async with Redis.from_url(valkey_url) as connection:
        assert await connection.delete(f"arq:in-progress:{job_id}") == 1
