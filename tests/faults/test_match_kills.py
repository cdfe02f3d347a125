"""A match run is killed in the middle: each organisation shows a whole list, old or new, and the next run mends all."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from madang_graph.client import Graph, GraphAddress

from tests.faults.killed_match import NOW, PARTS, SIZE, run

SCRIPT = Path(__file__).with_name("killed_match.py")

FILL = """
UNWIND range(0, $most) AS i
CREATE (:Organisation {id: 'org_' + i}), (:Call {id: 'call_' + i})
"""
SHOWN = """
MATCH (o:Organisation)
WITH o, o.lists_version AS version
RETURN version, COLLECT { MATCH (o)-[r:FITS]->() WHERE r.version = version RETURN r.rank ORDER BY r.rank },
  COLLECT { MATCH (o)-[r:SUGGESTED]->() WHERE r.version = version RETURN r.rank ORDER BY r.rank }
"""
WHOLE = list(range(1, SIZE))


def kill_a_run(address: GraphAddress, version: str, wait_at: int, moment: str) -> None:
    environment = {**os.environ, "NEO4J_URI": address.uri, "NEO4J_PASSWORD": address.password}
    command = [sys.executable, "-m", "tests.faults.killed_match", version, str(wait_at), moment]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=SCRIPT.parents[2])
    try:
        assert process.stdout.readline() == "waiting\n"  # type: ignore[union-attr]
    finally:
        process.kill()
        process.communicate()


async def shown(graph: Graph) -> list[str]:
    """The version that each organisation shows; each must be whole."""
    rows = await graph.read(SHOWN, timeout_s=30)
    assert [(fits, partners) for _, fits, partners in rows] == [(WHOLE, WHOLE)] * SIZE
    return sorted(version for version, _, _ in rows)


# Transactions of a run: 1 writes the first part beside the old lists, 2 shows it, 3 writes the second part, and so on.
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("wait_at", [1, 2, 3, 4])
async def test_a_run_killed_in_the_middle_leaves_whole_lists_and_the_next_one_mends_all(
    graph: Graph, neo4j_address: GraphAddress, wait_at: int, moment: str
) -> None:
    await graph.write(FILL, {"most": SIZE - 1})
    assert await run(graph, "old", NOW - timedelta(hours=1)) == SIZE
    await asyncio.to_thread(kill_a_run, neo4j_address, "cut", wait_at, moment)
    parts = wait_at // 2 - (wait_at % 2 == 0 and moment == "before")
    new = parts * SIZE // PARTS
    assert await shown(graph) == ["cut"] * new + ["old"] * (SIZE - new)
    assert await run(graph, "next", NOW + timedelta(hours=1)) == SIZE
    assert await shown(graph) == ["next"] * SIZE
    assert await run(graph, "last", NOW + timedelta(hours=2)) == SIZE
    assert await shown(graph) == ["last"] * SIZE
    versions = await graph.read("MATCH ()-[r:FITS|SUGGESTED]->() RETURN DISTINCT r.version", timeout_s=30)
    assert sorted(version for (version,) in versions) == ["last", "next"]
