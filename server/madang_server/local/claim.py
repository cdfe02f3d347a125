"""One demo per data folder: the first claims it and says where it is, a second one is told."""

from __future__ import annotations

import fcntl
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from madang_server.local.errors import AlreadyRunningError, PortInUseError
from madang_server.local.folders import write_secret


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: its address and the ids of its own processes."""

    address: str
    command_pid: int
    web_pid: int
    worker_pid: int


class Claim:
    """The right to run the demo of a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "demo.json"

    def publish(self, demo: Demo) -> None:
        """Tell others where the demo is."""
        write_secret(self._path, json.dumps(asdict(demo)))

    def withdraw(self) -> None:
        """Say that no demo runs."""
        self._path.unlink(missing_ok=True)


@contextmanager
def claim_demo(folder: Path) -> Iterator[Claim]:
    """Hold the folder's claim for the block; the kernel drops it however this process ends.

    Raises:
        AlreadyRunningError: another process holds it; carries its address when known.
    """
    with (folder / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = demo_in(folder)
            raise AlreadyRunningError(folder, running.address if running else None) from None
        claim = Claim(folder)
        claim.withdraw()
        try:
            yield claim
        finally:
            claim.withdraw()


def demo_in(folder: Path) -> Demo | None:
    """Return what the folder's demo published; None when none runs, or it is still starting."""
    try:
        return Demo(**json.loads((folder / "demo.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def require_free_port(host: str, port: int) -> None:
    """Check that the web can listen.

    Raises:
        PortInUseError: another program listens there.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortInUseError(port) from None
