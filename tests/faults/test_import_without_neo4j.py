"""Neo4j is killed while an import runs: the importer says so, and goes on where it stopped when Neo4j is back."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from madang_graph.client import GraphAddress, open_graph
from madang_graph.errors import GraphUnavailableError
from madang_graph.schema import apply_schema
from madang_graph.writes.checksum import GraphChecksum, graph_checksum
from madang_seeds.loading import load_dataset
from madang_server.local.neo4j import TEST_SIZES, RunningNeo4j, start_neo4j
from madang_server.local.processes import end, free_port


def address_of(running: RunningNeo4j) -> GraphAddress:
    return GraphAddress(running.uri, "neo4j", running.password)


async def load_once(running: RunningNeo4j, progress: Callable[[str, int, int | None], None]) -> GraphChecksum:
    async with open_graph(address_of(running)) as graph:
        await apply_schema(graph)
        await load_dataset(graph, "landscape", progress)
        return await graph_checksum(graph)


async def test_an_import_goes_on_after_neo4j_was_killed(tmp_path: Path, neo4j_jars: list[Path]) -> None:
    home, password = tmp_path / "neo4j", secrets.token_hex(32)
    running = start_neo4j(home, neo4j_jars, free_port(), password, sizes=TEST_SIZES)
    unbroken: GraphChecksum
    try:
        for table in ("organisations", "memberships"):

            def kill(
                name: str, rows: int, size: int | None, table: str = table, victim: int = running.child.pid
            ) -> None:
                if name == table and rows:
                    os.kill(victim, signal.SIGKILL)

            with pytest.raises(GraphUnavailableError):
                await load_once(running, kill)
            end([running.child])
            running = start_neo4j(home, neo4j_jars, free_port(), password, sizes=TEST_SIZES)
        broken = await load_once(running, lambda *seen: None)
        async with open_graph(address_of(running)) as graph:
            await graph.write("MATCH (n) DETACH DELETE n", timeout_s=60)
        unbroken = await load_once(running, lambda *seen: None)
    finally:
        end([running.child])
    assert broken == unbroken
