"""Doubts: the mutations that decide whether two notices announce one call, and take that back."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.api.context import RequestContext
from madang_server.api.names import DoubtState
from madang_server.api.verbs import Success, Verb, key, said, word
from madang_server.services import doubts
from strawberry import ID


@dataclass(kw_only=True)
class DecideDoubtInput:
    """What two notices are to each other."""

    id: ID = said("The doubt.")
    verdict: DoubtState = said("SAME: one call; DIFFERENT: two calls.")
    version: int = said("Version of the doubt as it was read.")
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class UndoDoubtInput:
    """Which decision is taken back."""

    id: ID = said("The doubt.")
    version: int = said("Version of the doubt as it was read.")
    idempotency_key: str | None = key()


async def _decide(context: RequestContext, asked: DecideDoubtInput) -> str:
    return await doubts.decide(
        context.graph,
        context.viewer,
        asked.id,
        word(asked.verdict),
        version=asked.version,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


async def _undo(context: RequestContext, asked: UndoDoubtInput) -> str:
    return await doubts.undo(
        context.graph,
        context.viewer,
        asked.id,
        version=asked.version,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


VERBS = (
    Verb(
        "decideDoubt",
        "Say whether two notices announce one call: their calls are merged or parted. For administrators.",
        DecideDoubtInput,
        Success("DoubtDecided", "doubt", "Doubt", "It was decided."),
        _decide,
    ),
    Verb(
        "undoDoubt",
        "Take the last decision on two notices back; calls stand as before. For administrators.",
        UndoDoubtInput,
        Success("DoubtUndone", "doubt", "Doubt", "The decision was taken back."),
        _undo,
    ),
)
