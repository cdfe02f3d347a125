"""The days of a call in order: which are past, which is next."""

from __future__ import annotations

from collections.abc import Mapping
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


def _instant(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text) if "T" in text else datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
