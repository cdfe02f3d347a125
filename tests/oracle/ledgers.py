"""De minimis aid of three years, summed a second time: three years to a day, by the day's text alone."""

from __future__ import annotations

from typing import Any

from madang_server.api.de_minimis import de_minimis


def de_minimis_of(held: list[dict[str, Any]], now: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the product's sum over the awards that stand, checked against a sum of its own.

    No award of the small district was received on a 29 February.
    """
    asked = arguments.get("on")
    on = asked if asked and asked[:2] in ("19", "20", "21") else now[:10]
    before = f"{int(on[:4]) - 3}{on[4:]}"
    standing = [one for one in held if "removed_at" not in one]
    within = [one["de_minimis_eur"] for one in standing if before < one["received_on"] <= on]
    new = arguments.get("newEur") or 0
    made = de_minimis([now, [[one["received_on"], one["de_minimis_eur"]] for one in standing]], arguments) or {}
    assert (made["used_eur"], made["awards"], made["new_eur"]) == (sum(within), len(within), new)
    assert made["total_eur"] == sum(within) + new
    assert made["left_eur"] - made["over_eur"] == 300_000 - sum(within) - new
    return made
