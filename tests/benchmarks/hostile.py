"""How long refusing takes, and whether others wait meanwhile: `python -m tests.benchmarks.hostile [--each N]`.

First in this process: the time of `Api.execute` to refuse each kind of hostile document, each document new. Then over
HTTP: the real application under uvicorn is sent the same kinds without pause while /health/live is asked. No graph is
needed; what gets as far as the graph was not refused, and the run fails.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
import time
from collections import defaultdict

import httpx
import structlog
from madang_graph.viewer import ANONYMOUS
from madang_server.local.processes import free_port

from tests.benchmarks.hostile_documents import documents
from tests.server.test_guard import AbsentGraph, make_api

MOST_MS = 20.0
MOST_LIVE_MS = 200.0
SENDERS = 4


def share(values: list[float], part: float) -> float:
    """Return the value below which this part of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


async def measure_refusals(each: int) -> float:
    """Print p50 and p99 per kind, ms of wall time and of this process's CPU. Return the worst p99 of wall time."""
    api = make_api()
    gc.collect()
    gc.freeze()
    wall: dict[str, list[float]] = defaultdict(list)
    cpu: dict[str, list[float]] = defaultdict(list)
    for kind, document in documents(seed=1, each=each):
        began, used = time.perf_counter(), time.process_time()
        answer = await api.execute(document, {}, ANONYMOUS)
        wall[kind].append((time.perf_counter() - began) * 1000)
        cpu[kind].append((time.process_time() - used) * 1000)
        if answer.data is not None or answer.status != 400 or getattr(api.graph, "asked", 0):
            raise SystemExit(f"Not refused: {kind}: {document[:200]!r} {answer.errors[:1]}")
    assert isinstance(api.graph, AbsentGraph)
    print(f"{'p50 ms':>8}{'p99 ms':>8}{'p99 CPU ms':>12}  kind ({each} documents each)")
    for kind in sorted(wall, key=lambda kind: -share(wall[kind], 0.99)):
        print(f"{share(wall[kind], 0.5):8.2f}{share(wall[kind], 0.99):8.2f}{share(cpu[kind], 0.99):12.2f}  {kind}")
    everything = [one for values in wall.values() for one in values]
    p50, p99 = share(everything, 0.5), share(everything, 0.99)
    print(f"all: p50 {p50:.2f} ms, p99 {p99:.2f} ms, worst {max(everything):.2f} ms")
    return max(share(values, 0.99) for values in wall.values())


async def measure_others(seconds: float) -> float:
    """Print and return the worst answer of /health/live, ms, while four clients send hostile documents."""
    port = free_port()
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "uvicorn", "--factory", "madang_server.app:create_app", "--host", "127.0.0.1",
        "--port", str(port), "--no-access-log", "--log-level", "critical",
        env={
            **os.environ, "NEO4J_URI": f"bolt://127.0.0.1:{free_port()}", "NEO4J_PASSWORD": "none",
            "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0", "MADANG_SECRET_KEY": "k" * 40,
        },
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            await _until_alive(client)
            quiet = await _live(client, 1.0)
            counts: dict[int, int] = defaultdict(int)
            senders = [asyncio.create_task(_send(client, seed, counts)) for seed in range(SENDERS)]
            busy = await _live(client, seconds)
            for sender in senders:
                sender.cancel()
            await asyncio.gather(*senders, return_exceptions=True)
    finally:
        server.terminate()
        await server.wait()
    print(f"/health/live alone: p50 {share(quiet, 0.5):.1f} ms, worst {max(quiet):.1f} ms")
    print(
        f"/health/live under {sum(counts.values())} hostile documents from {SENDERS} clients in {seconds:g} s: "
        f"p50 {share(busy, 0.5):.1f} ms, worst {max(busy):.1f} ms of {len(busy)}; statuses {dict(counts)}"
    )
    if any(status >= 500 for status in counts):
        raise SystemExit("A hostile document was answered with 5xx.")
    return max(busy)


async def _until_alive(client: httpx.AsyncClient) -> None:
    for _ in range(300):
        try:
            if (await client.get("/health/live")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.2)
    raise SystemExit("The server did not start.")


async def _live(client: httpx.AsyncClient, seconds: float) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        response = await client.get("/health/live")
        times.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200
        await asyncio.sleep(0.02)
    return times


async def _send(client: httpx.AsyncClient, seed: int, counts: dict[int, int]) -> None:
    for _, document in documents(seed=100 + seed, each=1_000):
        body = {"query": document.encode("utf-8", "replace").decode()}
        response = await client.post("/graphql", json=body)
        counts[response.status_code] += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=100, help="documents of each kind")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long to send over HTTP")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    slowest = asyncio.run(measure_refusals(asked.each))
    live = asyncio.run(measure_others(asked.seconds))
    print(f"slowest kind: p99 {slowest:.2f} ms (at most {MOST_MS:g})")
    print(f"worst /health/live meanwhile: {live:.1f} ms (at most {MOST_LIVE_MS:g})")
    sys.exit(0 if slowest <= MOST_MS and live <= MOST_LIVE_MS else 1)


if __name__ == "__main__":
    main()
