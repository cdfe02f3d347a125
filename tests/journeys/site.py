"""A whole Madang with the Seoul demo, started as a person starts it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from madang_server.local.processes import Child, end, free_port, spawn, tail

START_S = 600
"""For a busy machine; an idle one needs about a tenth."""


@contextmanager
def running_site(folder: Path, log: Path) -> Iterator[str]:
    """Give the origin of a `madang demo` on a data folder; it ends with the body, and with this process.

    Raises: AssertionError: it did not come up; with the end of its log.
    """
    port = free_port()
    words = ["demo", "--port", str(port), "--data-dir", str(folder)]
    demo = spawn([sys.executable, "-m", "madang_server.commands", *words], log, _blank())
    try:
        _wait(demo, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        end([demo])


def _wait(demo: Child, log: Path) -> None:
    give_up = time.monotonic() + START_S
    while "Madang is ready" not in log.read_text("utf-8"):
        assert demo.poll() is None, tail(log, 40)
        assert time.monotonic() < give_up, tail(log, 40)
        time.sleep(0.2)


def _blank() -> dict[str, str]:
    """Settings of the person who runs the tests must not reach it; an empty address is an unset one."""
    ours = {name: "" for name in os.environ if name.startswith(("NEO4J_", "MADANG_PUBLIC_ORIGIN"))}
    return ours | {"NEO4J_URI": "", "REDIS_URL": ""}
