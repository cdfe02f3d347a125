"""Doubts: whether two notices announce one call, decided by an administrator, and taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import doubts
from madang_graph.writes.doubts import Doubt

from madang_server.services import sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import NotFoundError, Problem, StaleVersionError, ValidationError
from madang_server.services.fields import is_id
from madang_server.services.permissions import ensure_can_write

VERDICTS = ("same", "different")
Decision = Callable[[Transaction, Doubt], Awaitable[bool]]
"""Changes a doubt; false: it was so already."""


async def decide(
    graph: Graph,
    viewer: Viewer,
    doubt_id: str,
    verdict: str,
    *,
    version: int,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Merge the calls of the two notices into one (same), or part them (different). Returns the doubt's id.

    Args:    version: of the doubt as it was shown.
    Raises:  ValidationError, NotPermittedError, NotFoundError, StaleVersionError, KeyReusedError.
    """
    if verdict not in VERDICTS:
        raise ValidationError([Problem("verdict", sentences.not_a_word(VERDICTS))])
    given = {"id": doubt_id, "verdict": verdict, "version": version}
    deed = Deed(viewer, "doubts.decide", given, now, idempotency_key)

    async def change(transaction: Transaction, doubt: Doubt) -> bool:
        if doubt.state == verdict:
            return False
        await doubts.set_state(transaction, doubt.id, verdict, doubt.state, now)
        return True

    return await _perform(graph, deed, doubt_id, version, change)


async def undo(
    graph: Graph, viewer: Viewer, doubt_id: str, *, version: int, now: datetime, idempotency_key: str | None = None
) -> str:
    """Take the last decision on the doubt back: its notices announce what they did before. Returns the doubt's id.

    Raises:  NotPermittedError, NotFoundError, StaleVersionError, KeyReusedError.
    """
    deed = Deed(viewer, "doubts.undo", {"id": doubt_id, "version": version}, now, idempotency_key)

    async def change(transaction: Transaction, doubt: Doubt) -> bool:
        if doubt.earlier is None:
            return False
        await doubts.set_state(transaction, doubt.id, doubt.earlier, None, None)
        return True

    return await _perform(graph, deed, doubt_id, version, change)


async def _perform(graph: Graph, deed: Deed, doubt_id: str, version: int, change: Decision) -> str:
    ensure_can_write(deed.viewer)
    if not deed.viewer.admin or not is_id(doubt_id):
        raise NotFoundError("id")  # who may not see doubts is not told which there are

    async def work(transaction: Transaction) -> Outcome:
        doubt = await doubts.find_locked(transaction, doubt_id)
        if doubt is None:
            raise NotFoundError("id")
        if doubt.version != version:
            raise StaleVersionError(doubt.version)
        changed = await change(transaction, doubt)
        if changed:
            groups = [await doubts.group_of(transaction, notice_id) for notice_id in doubt.notice_ids]
            is_one = {member.id for member in groups[0]} == {member.id for member in groups[-1]}
            await doubts.regroup(transaction, groups[:1] if is_one else groups, deed.now)
        return Outcome(doubt.id, doubt.id, ("state",), changed=changed)

    return await perform(graph, deed, work)
