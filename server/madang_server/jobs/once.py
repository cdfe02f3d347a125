"""Jobs run at least once; their effects happen once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from madang_graph.client import Graph, Transaction
from madang_graph.errors import ConstraintViolatedError
from madang_graph.writes.lists import Finish
from madang_graph.writes.outbox import has_happened, is_first_time, remove_job

from madang_server.jobs.ports import Job

log = structlog.get_logger("madang.jobs")


class AlreadyDoneError(Exception):
    """The effect has happened meanwhile; raised in the transaction, so that it leaves nothing behind."""


async def once(graph: Graph, job: Job, now: datetime, work: Callable[[Finish], Awaitable[object]]) -> None:
    """Do the work of a job from the outbox unless its effect has happened.

    Args: work: is given what it must do last in the transaction that writes its effect: mark it, and take the job
          out of the outbox.
    """
    key = f"{job.id}:{job.name}"

    async def finish(transaction: Transaction) -> None:
        if not await is_first_time(transaction, key, now):
            raise AlreadyDoneError
        await remove_job(transaction, job.id)

    try:
        if await has_happened(graph, key):
            raise AlreadyDoneError
        await work(finish)
    except (AlreadyDoneError, ConstraintViolatedError):
        # A unique key can only be violated by the mark: another worker has just done the same job.
        if not await has_happened(graph, key):
            raise
        log.info("job was done before")
        await graph.transact(lambda transaction: remove_job(transaction, job.id))
