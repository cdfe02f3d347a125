"""The importer is killed at random points; whoever runs it again ends at the same graph as an unbroken run."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from random import Random

from madang_graph.client import Graph, GraphAddress
from madang_graph.writes.checksum import graph_checksum
from madang_seeds.loading import load_dataset

KILLS = 5
IMPORTER = """
import asyncio, os
from datetime import date
from madang_graph.client import GraphAddress, open_graph
from madang_seeds.loading import load_dataset

async def main():
    address = GraphAddress(os.environ["NEO4J_URI"], "neo4j", os.environ["NEO4J_PASSWORD"])
    async with open_graph(address) as graph:
        await load_dataset(graph, "landscape", lambda table, rows, size: print(table, rows, flush=True))

asyncio.run(main())
"""


async def start_importer(address: GraphAddress) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        IMPORTER,
        env={**os.environ, "NEO4J_URI": address.uri, "NEO4J_PASSWORD": address.password},
        stdout=asyncio.subprocess.PIPE,
    )


async def kill_after_batches(address: GraphAddress, batches: int, pause_s: float) -> None:
    """Start the importer and kill it a moment after so many lines of progress: within the next transaction."""
    process = await start_importer(address)
    assert process.stdout is not None
    for _ in range(batches):
        if not await process.stdout.readline():
            break
    await asyncio.sleep(pause_s)
    if process.returncode is None:
        process.send_signal(signal.SIGKILL)
    await process.wait()


async def test_an_importer_that_is_killed_five_times_ends_like_an_unbroken_run(
    graph: Graph, neo4j_address: GraphAddress
) -> None:
    await load_dataset(graph, "landscape")
    unbroken = await graph_checksum(graph)
    await graph.write("MATCH (n) DETACH DELETE n", timeout_s=60)

    random = Random(20261124)
    for kill in range(KILLS):
        await kill_after_batches(neo4j_address, random.randint(0, kill + 2), random.uniform(0, 0.12))
    process = await start_importer(neo4j_address)
    await process.communicate()
    assert process.returncode == 0
    assert await graph_checksum(graph) == unbroken
