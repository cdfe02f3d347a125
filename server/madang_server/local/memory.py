"""Memory of a running demo, process by process: `python -m madang_server.local.memory [DATA_DIR]`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

from madang_server.local.claim import demo_in
from madang_server.local.state import running_in


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of one process and its children, in MB of 1,000,000 bytes."""

    process: str
    pid: int
    resident_mb: float


def memory_of(folder: Path) -> list[Memory]:
    """Measure every process of the folder's demo and services; those that are gone are left out."""
    demo, services = demo_in(folder), running_in(folder)
    pids: dict[str, int] = {}
    if demo:
        pids |= {"demo": demo.command_pid, "web": demo.web_pid, "worker": demo.worker_pid}
    if services:
        pids |= {"supervisor": services.supervisor_pid, "neo4j": services.neo4j_pid, "valkey": services.valkey_pid}
    found = [Memory(name, pid, _resident_mb(pid)) for name, pid in pids.items()]
    return [memory for memory in found if memory.resident_mb]


def _resident_mb(pid: int) -> float:
    try:
        return psutil.Process(pid).memory_info().rss / 1_000_000
    except psutil.Error:
        return 0.0


def table(rows: list[Memory]) -> str:
    """Write the rows and their sum, a line each."""
    lines = [f"{row.process:<12}{row.pid:>8}{row.resident_mb:>10.0f} MB" for row in rows]
    return "\n".join([*lines, f"{'all':<12}{'':>8}{sum(row.resident_mb for row in rows):>10.0f} MB"])


if __name__ == "__main__":
    from madang_server.settings import read_settings

    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else read_settings().data_dir
    print(table(memory_of(chosen)))
