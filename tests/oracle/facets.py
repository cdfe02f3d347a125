"""Counts of calls by value, over records in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.oracle.resolvers import Oracle

_LIMITS = (10**7, 3 * 10**7, 5 * 10**7, 10**8, 3 * 10**8, 5 * 10**8, 10**9)


def call_counts(oracle: Oracle, calls: list[str], by: str) -> list[dict[str, Any]]:
    """How many of the calls have each value, in the order of the values as texts."""
    found = Counter(value for call in calls for value in _values(oracle, call, by))
    return [{"value": value, "count": number} for value, number in sorted(found.items())]


def _values(oracle: Oracle, call: str, by: str) -> list[str]:
    if by == "CLOSING":
        left = oracle.stored("Call", call, "daysLeft")
        return [str(days) for days in (7, 31) if left is not None and left <= days]
    if by.startswith("AMOUNT"):
        most = oracle.properties(call).get("amount_max_won")
        inside = [won for won in _LIMITS if most is not None and (most >= won if by == "AMOUNT_FROM" else most <= won)]
        return [str(won) for won in inside]
    if by == "REGION":
        return oracle.stored("Call", call, "regionCodes")
    if by == "STATE":
        return [oracle.stored("Call", call, "state").upper()]
    return [word.upper() for word in oracle.properties(call).get("purposes") or []]
