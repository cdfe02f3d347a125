"""The demo command: one per data folder, nothing left behind, and back where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from madang_server.local.claim import demo_in
from madang_server.local.memory import memory_of
from madang_server.local.processes import free_port

FIRST_START_S = 600  # a busy machine; an idle one needs a tenth


class DemoProcess:
    """`madang demo` on a folder, as a person starts it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder.parent / "demo.log"
        self.port = free_port()
        with self.log.open("w") as stream:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, env=without_ours()
            )

    def command(self, *more: str) -> list[str]:
        words = ["demo", "--port", str(self.port), "--data-dir", str(self.folder), *more]
        return [sys.executable, "-m", "madang_server.commands", *words]

    def wait_until_ready(self) -> None:
        ready = eventually(lambda: "Madang is ready" in self.log.read_text() or self.process.poll() is not None)
        assert ready, self.log.read_text()
        assert self.process.poll() is None, self.log.read_text()

    def answers(self) -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
            return answer.status == 200


def without_ours() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("MADANG_", "NEO4J_", "REDIS_"))}


def eventually(holds: Callable[[], bool], seconds: float = FIRST_START_S) -> bool:
    give_up = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.2)
    return True


def pids_of(folder: Path) -> dict[str, int]:
    return {memory.process: memory.pid for memory in memory_of(folder)}


def all_gone(pids: dict[str, int]) -> bool:
    return not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids.values())


@pytest.fixture
def demo(demo_folder: Path) -> Iterator[DemoProcess]:
    started = DemoProcess(demo_folder)
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.process.kill()
        started.process.wait()


def test_a_second_demo_on_the_folder_says_where_the_first_one_is(demo: DemoProcess) -> None:
    assert demo.answers()
    second = subprocess.run(demo.command(), capture_output=True, text=True, check=False, env=without_ours())
    assert second.returncode == 0
    assert f"http://127.0.0.1:{demo.port}" in second.stdout
    fresh = subprocess.run(demo.command("--fresh"), capture_output=True, text=True, check=False, env=without_ours())
    assert fresh.returncode == 1
    assert demo.answers()


def test_a_killed_demo_leaves_no_orphan(demo: DemoProcess) -> None:
    pids = pids_of(demo.folder)
    assert set(pids) == {"demo", "web", "worker", "supervisor", "neo4j", "valkey"}
    demo.process.kill()
    demo.process.wait()
    assert eventually(lambda: all_gone(pids), 40), pids


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_every_child_in_order(demo: DemoProcess, number: signal.Signals) -> None:
    pids = pids_of(demo.folder)
    demo.process.send_signal(number)
    demo.process.wait(30)
    assert eventually(lambda: all_gone(pids), 40), pids
    assert "Traceback" not in demo.log.read_text()
    assert demo_in(demo.folder) is None


def test_a_web_that_ends_by_itself_ends_the_demo_with_its_log(demo: DemoProcess) -> None:
    pids = pids_of(demo.folder)
    os.kill(pids["web"], signal.SIGKILL)
    assert demo.process.wait(30) == 1
    assert "serve.log" in demo.log.read_text()
    assert eventually(lambda: all_gone(pids), 40), pids
