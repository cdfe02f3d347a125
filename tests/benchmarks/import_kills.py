"""Print how long a data set takes to load, and that kills -9 of the importer and of Neo4j change nothing.

    python tests/benchmarks/import_kills.py [horizon] [--kills 5] [--seed 1]

Runs its own Neo4j in a temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from madang_graph.client import GraphAddress, open_graph
from madang_graph.migrations import migrate
from madang_graph.writes.checksum import GraphChecksum, graph_checksum
from madang_server.local.folders import cache_folder
from madang_server.local.jars import fetch_jars
from madang_server.local.neo4j import DEMO_SIZES, RunningNeo4j, start_neo4j
from madang_server.local.processes import end, free_port

IMPORTER = "import sys; from madang_seeds.commands import load; import typer; typer.run(load)"


class Trial:
    """One Neo4j of its own, and the importer as a process."""

    def __init__(self, name: str, home: Path) -> None:
        self.name, self.home = name, home
        self.said = home.with_name("importer.log")
        self.jars, self.password = fetch_jars(cache_folder()), secrets.token_hex(32)
        self.running = self.start_neo4j()

    def start_neo4j(self) -> RunningNeo4j:
        self.running = start_neo4j(self.home, self.jars, free_port(), self.password, sizes=DEMO_SIZES)
        return self.running

    def start_importer(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "NEO4J_URI": self.running.uri, "NEO4J_PASSWORD": self.password}
        command = [sys.executable, "-c", IMPORTER, self.name]
        with self.said.open("wb") as said:
            return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=said)

    def load(self) -> float:
        """Run the importer to its end; return seconds."""
        began = time.monotonic()
        if self.start_importer().wait() != 0:
            raise SystemExit(f"the importer failed: {self.said.read_text('utf-8', 'replace')[-2000:]}")
        return time.monotonic() - began

    def checksum(self) -> GraphChecksum:
        async def read() -> GraphChecksum:
            async with open_graph(GraphAddress(self.running.uri, "neo4j", self.password)) as graph:
                return await graph_checksum(graph)

        return asyncio.run(read())

    def start_anew(self) -> None:
        """Stop Neo4j and start one on an empty folder: quicker than to delete a large graph."""
        end([self.running.child])
        self.home = self.home.with_name(f"{self.home.name}-next")
        self.start_neo4j()
        self.prepare()

    def prepare(self) -> None:
        """Migrate the graph."""

        async def work() -> None:
            async with open_graph(GraphAddress(self.running.uri, "neo4j", self.password)) as graph:
                await migrate(graph)

        asyncio.run(work())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("name", nargs="?", default="horizon")
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(chosen.name, Path(folder) / "neo4j")
        try:
            measure(trial, chosen.kills, Random(chosen.seed))
        finally:
            end([trial.running.child])


def measure(trial: Trial, kills: int, random: Random) -> None:
    """Print the figures; leave with status 1 when a broken run ends otherwise than the unbroken one."""
    trial.prepare()
    full_s = trial.load()
    unbroken = trial.checksum()
    print(
        f"load {trial.name}: {full_s:.1f} s, {unbroken.nodes:,} nodes, {unbroken.relationships:,} relationships",
        flush=True,
    )
    second_s = trial.load()
    equal = trial.checksum() == unbroken
    print(f"second load: {second_s:.1f} s, graph {'unchanged' if equal else 'CHANGED'}", flush=True)
    for what in ("importer", "Neo4j"):
        trial.start_anew()
        for number in range(kills):
            kill(trial, what, random.uniform(0.5, full_s / kills * 0.8), number)
        trial.load()
        same = trial.checksum() == unbroken
        equal = equal and same
        print(
            f"after {kills} kills of the {what}: {'equal to' if same else 'DIFFERENT from'} the unbroken run",
            flush=True,
        )
    sys.exit(0 if equal else 1)


def kill(trial: Trial, what: str, after_s: float, number: int) -> None:
    """Start the importer and kill it, or Neo4j under it, after a while."""
    importer = trial.start_importer()
    time.sleep(after_s)
    ended = importer.poll() is not None
    if what == "importer":
        importer.send_signal(signal.SIGKILL)
        importer.wait()
    else:
        os.kill(trial.running.child.pid, signal.SIGKILL)
        importer.wait()
        end([trial.running.child])
        trial.start_neo4j()
    print(f"  kill {number + 1} of the {what} after {after_s:.1f} s{' (it had ended)' if ended else ''}", flush=True)


if __name__ == "__main__":
    main()
