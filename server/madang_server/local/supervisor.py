"""The process that owns a data folder's Neo4j and Valkey: starts them, revives them, stops them when nobody uses them.

Every process that uses the services holds a shared lock on `lease.lock`; the kernel drops it however that process
ends. When the supervisor gets the lock alone, the last user is gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO

from madang_server.local.errors import DataFolderError, LocalServiceError, ServiceStartError
from madang_server.local.folders import cache_folder
from madang_server.local.jars import fetch_jars
from madang_server.local.neo4j import RunningNeo4j, can_log_in_apart, start_neo4j
from madang_server.local.processes import end, free_port
from madang_server.local.state import Passwords, Running, passwords_of, remove_running, write_running
from madang_server.local.valkey import RunningValkey, start_valkey

REVIVALS = 20
PORT_TRIES = 3
OWNER_WAIT_S = 40
PAUSE_S = 0.3


class Services:
    """The two servers of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._passwords: Passwords = passwords_of(folder)
        self._jars = fetch_jars(cache_folder())
        self._valkey: RunningValkey | None = None
        self._neo4j: RunningNeo4j | None = None

    def start(self) -> None:
        """Start what is not running, on the port it had before if it had one, and publish where it is."""
        if self._valkey is None or self._valkey.child.poll() is not None:
            self._valkey = self._start_valkey(self._valkey.port if self._valkey else None)
        if self._neo4j is None or self._neo4j.child.poll() is not None:
            self._neo4j = self._start_neo4j(self._neo4j.port if self._neo4j else None)
        pids = os.getpid(), self._neo4j.child.pid, self._valkey.child.pid
        write_running(self.folder, Running(self._neo4j.port, self._valkey.port, *pids))

    def _start_valkey(self, port: int | None) -> RunningValkey:
        for attempt in range(PORT_TRIES):
            with _last_try_raises(attempt):
                return start_valkey(self.folder / "valkey", port or free_port(), self._passwords.valkey)
        raise AssertionError("unreachable")

    def _start_neo4j(self, port: int | None) -> RunningNeo4j:
        for attempt in range(PORT_TRIES):
            with _last_try_raises(attempt):
                home = self.folder / "neo4j"
                place = home, self._jars, port or free_port(), self._passwords.neo4j
                return start_neo4j(*place, log_in=can_log_in_apart)
        raise AssertionError("unreachable")

    def all_alive(self) -> bool:
        """Whether both servers still run."""
        return all(server and server.child.poll() is None for server in (self._valkey, self._neo4j))

    def stop(self) -> None:
        """Stop both, the graph's store being closed in order."""
        remove_running(self.folder)
        end([server.child for server in (self._neo4j, self._valkey) if server])


@contextlib.contextmanager
def _last_try_raises(attempt: int) -> Iterator[None]:
    """Another program may take a free port before the server does; only that is worth another try."""
    try:
        yield
    except ServiceStartError as error:
        if attempt == PORT_TRIES - 1 or "in use" not in str(error):
            raise


def _own(folder: Path) -> IO[str]:
    """Become the only supervisor of the folder; a second Valkey on it would start without complaint."""
    lock = (folder / "owner.lock").open("a+")
    give_up = time.monotonic() + OWNER_WAIT_S
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if time.monotonic() > give_up:
                remedy = "Stop the other Madang processes that use this folder, then start again."
                raise DataFolderError(folder, "its services run, but cannot be entered", remedy) from None
            time.sleep(0.2)


def _is_unused(lease: IO[str]) -> bool:
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def supervise(folder: Path) -> None:
    """Run the services until nobody uses them or a signal arrives."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _own(folder), (folder / "lease.lock").open("a+") as lease:
        services = Services(folder)
        try:
            services.start()
            revivals = 0
            while not _is_unused(lease):
                time.sleep(PAUSE_S)
                if not services.all_alive():
                    if (revivals := revivals + 1) > REVIVALS:
                        return
                    services.start()
        finally:
            services.stop()


def main() -> int:
    """Entry point: the data folder is the only argument."""
    try:
        supervise(Path(sys.argv[1]))
    except (LocalServiceError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
