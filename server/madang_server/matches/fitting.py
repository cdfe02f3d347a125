"""The nightly fit in a process of its own: it takes longer than a job may, and more of a core than edits can spare."""

from __future__ import annotations

import os
import subprocess
import sys

import structlog

from madang_server.local.processes import Child, end
from madang_server.settings import Settings

log = structlog.get_logger("madang.matches")

STOP_S = 5


class Fitting:
    """At most one fit of this process; ends with it, or after it where the process is killed, which harms nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: Child | None = None

    def start(self) -> bool:
        """Start a fit unless one runs; return whether it was started. What it says goes to `fit.log`."""
        if self._child is not None and self._child.poll() is None:
            log.warning("a fit runs already")
            return False
        command = [sys.executable, "-m", "madang_server.commands.nightly_fit"]
        environment = {**os.environ, **self._settings.as_environment()}
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        with (self._settings.data_dir / "fit.log").open("wb") as said:
            self._child = subprocess.Popen(  # noqa: S603 - our own command
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env=environment
            )
        log.info("fit started")
        return True

    def ended(self) -> int | None:
        """Return the exit code of the latest fit; None while it runs, or before the first."""
        return None if self._child is None else self._child.poll()

    def stop(self) -> None:
        """End a fit that runs; what it has not kept is lost."""
        if self._child is not None:
            end([self._child], STOP_S)
