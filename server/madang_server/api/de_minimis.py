"""What de minimis aid adds up to over three years, and with a new award."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from madang_graph.writes.facts import read_facts
from madang_server.matches.affiliates import FACT, group_state, keeps_ledger

CEILING_EUR = 300_000
"""Per Member State and single undertaking. Source: Regulation (EU) 2023/2831, article 3(2)."""
YEARS = 3
"""Rolling: with each new award the three years that end on its day are summed. Source: the same, recital 11."""
_ZONE = ZoneInfo("Asia/Seoul")


def de_minimis(value: list[Any] | None, arguments: dict[str, Any]) -> dict[str, Any] | None:
    """Return the sum for a day, over the single undertaking.

    Args:    value: [now as a UTC instant, [[received on, euros], …], facts as JSON text, the group as in
             `madang_graph.affiliates.GROUP`, [id or None, names] of its members]; None for whom it does not concern.
             arguments: `newEur`, and `on` as an ISO date or None for today in Seoul.
    """
    if value is None:
        return None
    now, awards, facts, group, named = value
    on = _day(arguments.get("on")) or datetime.fromisoformat(now).astimezone(_ZONE).date()
    own = _dated(awards)
    others = [_dated(member[2]) for member in group[2]]
    parts = [
        {
            "id": who[0],
            "name_ko": who[1],
            "name_en": who[2],
            "used_eur": sum(_within(aid, on)),
            "kept": keeps_ledger(row),
        }
        for who, row, aid in zip(named, group[2], others, strict=True)
    ]
    entries = [*own, *(each for aid in others for each in aid)]
    new = arguments.get("newEur") or 0
    used = sum(_within(entries, on))
    total = used + new
    return {
        "on_day": on.isoformat(),
        "since": first_day(on).isoformat(),
        "used_eur": used,
        "own_eur": sum(_within(own, on)),
        "affiliates": parts,
        "group": group_state(group, FACT in read_facts(facts)),
        "new_eur": new,
        "total_eur": total,
        "ceiling_eur": CEILING_EUR,
        "left_eur": max(0, CEILING_EUR - total),
        "over_eur": max(0, total - CEILING_EUR),
        "awards": len(_within(own, on)),
        "next_on": None if total <= CEILING_EUR else _fits_from(entries, new, on),
    }


def _dated(rows: list[list[Any]]) -> list[tuple[date, int]]:
    return [(date.fromisoformat(day), eur) for day, eur in rows if day is not None and eur is not None]


def _within(entries: list[tuple[date, int]], on: date) -> list[int]:
    return [eur for day, eur in entries if first_day(on) <= day <= on]


def first_day(last: date) -> date:
    """Return the first day of the three years that end with a day: the day after the same day three years before."""
    try:
        return last.replace(year=last.year - YEARS) + timedelta(days=1)
    except ValueError:
        # 29 February has no such day three years before: the years begin on 1 March.
        return date(last.year - YEARS, 3, 1)


def _fits_from(entries: list[tuple[date, int]], new: int, on: date) -> str | None:
    """Return the first day after `on` on which enough has left the three years, or None where the award alone is too
    much. What the ledger holds for later days is counted from its day on."""
    if new > CEILING_EUR:
        return None
    days = sorted(_leaves_on(day) for day, _ in entries if _leaves_on(day) > on)
    for day in days:
        if sum(_within(entries, day)) + new <= CEILING_EUR:
            return day.isoformat()
    return None


def _leaves_on(received: date) -> date:
    """Return the first day whose three years no longer hold the day."""
    try:
        return received.replace(year=received.year + YEARS)
    except ValueError:
        return date(received.year + YEARS, 3, 1)


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day is not None and 1900 <= day.year < 2200 else None
