"""Steps of a long command: what goes on is shown, and each step's time is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from madang_server.commands.connected import connected
from madang_server.local.jars import Report
from madang_server.settings import Settings


class Steps:
    """Shows steps on standard error, so that a command's output stays clean."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self.times: list[tuple[str, float, str]] = []
        """Name, seconds and remark of each finished step."""

    @contextmanager
    def step(self, name: str) -> Iterator[StepNote]:
        """Show a step while the block runs. The block may report how far it is, and leave a remark."""
        note = StepNote()
        began = time.monotonic()
        if self.console.is_terminal:
            columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
            with Progress(*columns, console=self.console, transient=True) as progress:
                task = progress.add_task(name, total=None)
                note.report = lambda text, share: progress.update(
                    task, description=text, completed=share, total=1.0 if share else None
                )
                yield note
        else:
            note.report = _Lines(self.console)
            yield note
        self.add(name, time.monotonic() - began, note.remark)

    def add(self, name: str, seconds: float, remark: str = "") -> None:
        """Keep and show a finished step."""
        self.times.append((name, seconds, remark))
        tail = f"  {remark}" if remark else ""
        self.console.print(f"  {seconds:7.1f} s  {name}{tail}", markup=False, soft_wrap=True)

    @contextmanager
    def connected(self, settings: Settings) -> Iterator[Settings]:
        """Enter `connected` with its progress shown, and stay inside for the block."""
        with ExitStack() as stack:
            if settings.is_local:
                with self.step("Neo4j and Valkey") as note:
                    ready = stack.enter_context(connected(settings, note.report))
            else:
                ready = stack.enter_context(connected(settings))
            yield ready


class StepNote:
    """What a running step says: progress through `report`, and in the end a remark."""

    def __init__(self) -> None:
        self.report: Report = lambda _text, _share: None
        self.remark = ""


class _Lines:
    """Progress for logs and pipes: a line when the text changes, at most one a second."""

    def __init__(self, console: Console) -> None:
        self._console, self._last, self._at = console, "", time.monotonic()

    def __call__(self, text: str, _share: float) -> None:
        if text != self._last and time.monotonic() - self._at > 1:
            self._console.print(f"    {text}", markup=False, soft_wrap=True)
            self._last, self._at = text, time.monotonic()
