"""The days of a call in order: which are past, which is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_STEPS = (("announced", "noticedOn"), ("opens", "opensAt"), ("closes", "closesAt"))


@dataclass(frozen=True, slots=True)
class Step:
    """One day: `kind` is a word of the list "call step", `at` a date or an instant, `state` past, next or later."""

    kind: str
    at: str
    state: str


def call_steps(call: Mapping[str, Any], now: datetime, zone: str) -> list[Step]:
    """Return the days that are known of a call, in the order of time.

    Args: call: noticedOn, opensAt, closesAt, each may be None.
    """
    known = [(kind, call[name]) for kind, name in _STEPS if call[name]]
    known.sort(key=lambda step: _instant(step[1], zone))
    coming = [at for _, at in known if _instant(at, zone) > now]
    return [
        Step(kind, at, "past" if at not in coming else "next" if at == coming[0] else "later") for kind, at in known
    ]


def next_call(calls: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the call of a programme that matters now: open and first to close, else the next to open, else the last.

    Args: calls: state, closesAt, in the order of closing.
    """
    for state in ("OPEN", "UPCOMING"):
        for call in calls:
            if call["state"] == state:
                return call
    closed = [call for call in calls if call["closesAt"]]
    return closed[-1] if closed else calls[0] if calls else None


def _instant(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text) if "T" in text else datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
