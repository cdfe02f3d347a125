"""What a queue must be able to do: five methods, whatever stands behind them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Payload = Mapping[str, str | int | list[str]]
"""Arguments of a job: plain JSON, ids rather than contents, no personal data."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job to do. The id is that of its outbox row: the queue holds each id at most once."""

    id: str
    name: str
    """Subject and verb, as in suggestions.refresh."""
    payload: Payload


Handler = Callable[[Job], Awaitable[None]]
"""Does a job. It may be called twice for one id, also at the same time, and must then change nothing more."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job starts by itself, in Seoul's time. None means every."""

    name: str
    hour: int | None
    minute: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the queue knows about itself."""

    waiting: int
    """Jobs handed over and not done."""
    ended: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    """Jobs ended since the queue exists, by (job, outcome); outcome: done, failed."""


class Queue(Protocol):
    """The port. Its methods raise `redis.RedisError` or `OSError` when the queue's server is away."""

    async def push(self, jobs: Sequence[Job]) -> None:
        """Hand jobs over; one that waits or runs already is left as it is."""
        ...

    async def serve(self, handlers: Mapping[str, Handler], schedules: Sequence[Schedule]) -> None:
        """Do jobs until cancelled; come back by itself after the server was away."""
        ...

    async def figures(self) -> Figures:
        """Return what waits and what was done."""
        ...

    async def ping(self) -> None:
        """Reach the server once."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...
