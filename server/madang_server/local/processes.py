"""Starting child processes that cannot outlive their parent, waiting for them, ending them."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from madang_server.local.errors import ServiceStartError

_PR_SET_PDEATHSIG = 1
Child = subprocess.Popen[bytes]


def spawn(
    command: Sequence[str | Path],
    log: Path,
    environment: Mapping[str, str] | None = None,
    at_parents_death: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start a child in its own process group, output to `log`; the kernel signals it when this thread ends.

    Its own group keeps a Ctrl-C in the terminal from reaching it before we stop things in order. Output goes to a
    file because a full pipe stops a server.
    """

    def die_with_parent() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, at_parents_death)

    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        return subprocess.Popen(  # noqa: S603 - our own commands
            [os.fspath(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            process_group=0,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - called from single-threaded starters
        )


def wait_until(child: Child, service: str, log: Path, is_ready: Callable[[], bool], timeout_s: float) -> None:
    """Wait until `is_ready` says so.

    Raises:
        ServiceStartError: the child ended, or `timeout_s` passed.
    """
    give_up = time.monotonic() + timeout_s
    while not is_ready():
        if child.poll() is not None or time.monotonic() > give_up:
            end([child])
            raise ServiceStartError(service, log, tail(log))
        time.sleep(0.05)


def end(children: Sequence[Child], timeout_s: float = 30) -> None:
    """Ask the children to stop, wait, and kill what stays."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    give_up = time.monotonic() + timeout_s
    for child in children:
        try:
            child.wait(max(0.1, give_up - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log, or say that it is empty."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return "(no log)"
    return "\n".join(text.splitlines()[-lines:]) or "(empty)"


def free_port() -> int:
    """Return a loopback port that is free now; the caller retries if another program takes it first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something accepts connections on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
