"""Using a data folder's local services: attach to the running ones, or start them; they stop with their last user."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from madang_server.local.errors import DataFolderError, ServiceStartError
from madang_server.local.folders import cache_folder, prepare_data_folder
from madang_server.local.jars import Report, fetch_jars, silent
from madang_server.local.neo4j import can_log_in
from madang_server.local.processes import tail
from madang_server.local.state import Passwords, Running, passwords_of, remove_running, running_in
from madang_server.local.valkey import can_ping

START_WAIT_S = 400


@dataclass(frozen=True, slots=True)
class LocalAddresses:
    """Where the local services listen."""

    neo4j_uri: str
    neo4j_password: str = field(repr=False)
    redis_url: str = field(repr=False)


@contextmanager
def lease_services(folder: Path, report: Report = silent) -> Iterator[LocalAddresses]:
    """Give addresses of running services for as long as the block lasts.

    Several processes may do this at once on one folder: the first starts the services, the others attach.

    Raises:
        LocalServiceError: with what to do.
    """
    folder = prepare_data_folder(folder)
    fetch_jars(cache_folder(), report)
    with (folder / "lease.lock").open("a+") as lease:
        report("Waiting for services that are stopping", 0.0)
        fcntl.flock(lease, fcntl.LOCK_SH)  # waits while a supervisor shuts down
        with (folder / "start.lock").open("a+") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            passwords = passwords_of(folder)
            running = running_in(folder)
            if running is None or not _can_enter(running, passwords):
                report("Starting Neo4j and Valkey", 0.0)
                running = _start(folder, report)
        yield LocalAddresses(
            f"bolt://127.0.0.1:{running.neo4j_port}",
            passwords.neo4j,
            f"redis://:{passwords.valkey}@127.0.0.1:{running.valkey_port}/0",
        )


def _can_enter(running: Running, passwords: Passwords) -> bool:
    return can_ping(running.valkey_port, passwords.valkey) and can_log_in(running.neo4j_port, passwords.neo4j)


def _start(folder: Path, report: Report) -> Running:
    """Start a supervisor in its own session, so that no signal to this process's group reaches it."""
    remove_running(folder)
    log = folder / "supervisor.log"
    with log.open("wb") as stream:
        supervisor = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "madang_server.local.supervisor", os.fspath(folder)],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    began = time.monotonic()
    while (running := running_in(folder)) is None:
        waited = time.monotonic() - began
        if supervisor.poll() is not None or waited > START_WAIT_S:
            raise ServiceStartError("The local Neo4j or Valkey", log, tail(log))
        report("Starting Neo4j and Valkey", min(0.95, waited / 20))
        time.sleep(0.1)
    supervisor.returncode = 0  # it is meant to outlive its object, of which subprocess would warn
    return running


def clear(folder: Path) -> None:
    """Delete what local services keep in the folder: graph, queue, passwords, marks. Nothing else is touched.

    Raises:
        DataFolderError: some process still uses the services.
    """
    import shutil

    with (folder / "lease.lock").open("a+") as lease:
        give_up = time.monotonic() + 40
        while True:
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > give_up:
                    remedy = "Stop the Madang processes that use it, then start again."
                    raise DataFolderError(folder, "its services are in use", remedy) from None
                time.sleep(0.2)
        for name in ("neo4j", "valkey"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for name in ("passwords.json", "running.json", "filled.json"):
            (folder / name).unlink(missing_ok=True)
