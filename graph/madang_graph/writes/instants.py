"""Instants as they are stored: ISO text whose order is the order in time."""

from __future__ import annotations

from datetime import UTC, datetime


def instant(moment: datetime) -> str:
    """Return `moment` as stored, `YYYY-MM-DDTHH:MM:SSZ`.

    Raises:  ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("An instant needs a time zone; use datetime.now(UTC).")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
