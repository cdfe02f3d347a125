"""Work beside the serving of requests: asked to stop, it ends after the step it is at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress

_GRACE_S = 10.0
"""Longer than a step usually takes; then it is cancelled all the same."""


class Stop:
    """Told to background work when the process is about to end."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """Ask to stop."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        """Whether to stop before the next step."""
        return self._event.is_set()

    async def pause(self, seconds: float) -> bool:
        """Wait, at most so long; return whether to stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
        return self._event.is_set()


@asynccontextmanager
async def beside(
    work: Callable[[Stop], Coroutine[object, object, None]], name: str, nudge: Callable[[], None] | None = None
) -> AsyncIterator[None]:
    """Run `work` beside the body, and have it end when the body ends.

    Args: nudge: wakes work that waits for something else than its pause.
    """
    stop = Stop()
    task = asyncio.create_task(work(stop), name=name)
    try:
        yield
    finally:
        # Not cancelled at once: the driver leaves a socket behind when that happens while it connects.
        stop.set()
        if nudge is not None:
            nudge()
        await asyncio.wait([task], timeout=_GRACE_S)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
