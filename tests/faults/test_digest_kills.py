"""A worker is killed while it writes a digest: nothing is told twice, and nothing that was due is lost."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from madang_graph.client import Graph, GraphAddress
from madang_server.services import watches

from tests.faults.killed_digest import NOW
from tests.server.builders import make_viewer
from tests.server.watch_yard import call, put

SCRIPT = Path(__file__).with_name("killed_digest.py")
TOLD = """
MATCH (m:Mail)-[:HOLDS]->(n:Notification)-[:TELLS_OF]->(c:Call)
RETURN m.id, n.kind, c.id ORDER BY c.id
"""


def run(address: GraphAddress, wait: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "NEO4J_URI": address.uri, "NEO4J_PASSWORD": address.password}
    command = [sys.executable, str(SCRIPT), "per_mina", "2026-11-24", wait]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("wait", ["before", "after"])
async def test_a_digest_whose_worker_is_killed_is_written_once(
    graph: Graph, neo4j_address: GraphAddress, wait: str
) -> None:
    await graph.write("CREATE (:Person {id: 'per_mina', email: 'mina@example.org', language: 'ko'})")
    await put(graph, call("call_soon", 2), call("call_near", 6))
    for call_id in ("call_soon", "call_near"):
        await watches.watch_call(graph, make_viewer("per_mina"), call_id, now=NOW)
    killed = run(neo4j_address, wait)
    assert await asyncio.to_thread(killed.stdout.readline) == "waiting\n"  # type: ignore[union-attr]
    killed.kill()
    killed.communicate()
    assert len(await graph.read(TOLD, timeout_s=30)) == (2 if wait == "after" else 0)
    for _ in range(2):
        again = run(neo4j_address, "never")
        assert await asyncio.to_thread(again.wait, 120) == 0
        again.communicate()
    told = await graph.read(TOLD, timeout_s=30)
    assert [row[1:] for row in told] == [["closing", "call_near"], ["closing", "call_soon"]]
    assert len({row[0] for row in told}) == 1
    sending = await graph.read("MATCH (o:Outbox {job: 'mails.send'}) RETURN count(o)", timeout_s=30)
    assert sending == [[1]]
