"""`python -m tests.benchmarks.reads`: CPU per request of the compiled API against plain Strawberry resolvers.

Both servers run side by side over one Neo4j; their requests alternate in rounds, so that noise meets both. Counted is
CPU time of the server's process and of Neo4j, not time on the clock: the machine may be busy with other things.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
from madang_graph.client import GraphAddress, open_graph
from madang_server.local.folders import cache_folder
from madang_server.local.jars import fetch_jars
from madang_server.local.neo4j import Sizes, start_neo4j
from madang_server.local.processes import end, free_port

from tests.benchmarks.reads.dataset import fill
from tests.benchmarks.reads.operations import OPERATIONS, variables_of

ROUNDS = 9
REQUESTS = 120
WARM_UP = 150
_MOST_START_S = 60


@dataclass
class Server:
    """One server under measurement."""

    name: str
    process: psutil.Popen
    url: str
    cpu_ms: dict[str, list[float]] = field(default_factory=dict)
    graph_ms: dict[str, list[float]] = field(default_factory=dict)


def cpu_s(process: Any) -> float:
    times = process.cpu_times()
    return times.user + times.system


async def start(name: str, address: GraphAddress) -> Server:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", f"tests.benchmarks.reads.{name}:create_app", "--factory"]
    command += ["--port", str(port), "--host", "127.0.0.1", "--no-access-log", "--log-level", "warning"]
    environment = {**os.environ, "BENCH_URI": address.uri, "BENCH_PASSWORD": address.password}
    server = Server(name, psutil.Popen(command, env=environment), f"http://127.0.0.1:{port}/graphql")
    async with httpx.AsyncClient() as client:
        for _ in range(_MOST_START_S * 5):
            try:
                await client.post(server.url, json={"query": "{ __typename }"})
                return server
            except httpx.TransportError:
                await asyncio.sleep(0.2)
    raise SystemExit(f"{name} did not start.")


async def ask(client: httpx.AsyncClient, server: Server, document: str, times: int) -> Any:
    body = {"query": document, "variables": variables_of(document)}
    answer: Any = None
    for _ in range(times):
        answer = (await client.post(server.url, json=body, timeout=60)).json()
    return answer


async def measure(servers: list[Server], graph_process: psutil.Process) -> None:
    async with httpx.AsyncClient() as client:
        for name, document in OPERATIONS.items():
            answers = [await ask(client, server, document, WARM_UP) for server in servers]
            assert answers[0] == answers[1], f"{name}: the answers differ\n{answers[0]}\n{answers[1]}"
            assert "errors" not in answers[0], answers[0]
            assert any(answers[0]["data"].values()), answers[0]
            for _ in range(ROUNDS):
                for server in servers:
                    before = cpu_s(server.process), cpu_s(graph_process)
                    await ask(client, server, document, REQUESTS)
                    after = cpu_s(server.process), cpu_s(graph_process)
                    server.cpu_ms.setdefault(name, []).append((after[0] - before[0]) * 1000 / REQUESTS)
                    server.graph_ms.setdefault(name, []).append((after[1] - before[1]) * 1000 / REQUESTS)


def report(compiled: Server, plain: Server) -> None:
    print(f"\n{'operation':44} {'compiled':>10} {'plain':>10} {'ratio (range over rounds)':>28} {'Neo4j ratio':>12}")
    ratios: list[float] = []
    for name in OPERATIONS:
        ours, theirs = compiled.cpu_ms[name], plain.cpu_ms[name]
        each = [t / max(o, 1e-9) for o, t in zip(ours, theirs, strict=True)]
        ratio = statistics.median(theirs) / statistics.median(ours)
        graph = statistics.median(compiled.graph_ms[name]) / max(statistics.median(plain.graph_ms[name]), 1e-9)
        ratios.append(ratio)
        print(
            f"{name:44} {statistics.median(ours):8.2f}ms {statistics.median(theirs):8.2f}ms "
            f"{ratio:8.1f} x ({min(each):.1f} to {max(each):.1f}) {graph:12.2f}"
        )
    print(f"\ngeometric mean of the ratios: {statistics.geometric_mean(ratios):.1f} x, least {min(ratios):.1f} x")


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sizes = Sizes(heap_min="256m", heap_max="1g", pagecache="128m", first_compiler_only=False)
        running = start_neo4j(Path(folder), fetch_jars(cache_folder()), free_port(), secrets.token_hex(16), sizes=sizes)
        servers: list[Server] = []
        try:
            address = GraphAddress(running.uri, "neo4j", running.password)
            async with open_graph(address) as graph:
                await fill(graph)
            servers = [await start("compiled", address), await start("plain", address)]
            await measure(servers, psutil.Process(running.child.pid))
            report(*servers)
        finally:
            for server in servers:
                server.process.terminate()
                try:
                    server.process.wait(10)
                except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
                    server.process.kill()
            end([running.child])


asyncio.run(main())
