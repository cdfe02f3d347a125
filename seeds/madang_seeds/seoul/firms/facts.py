"""What an invented organisation answers to rules of calls, as the graph keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, cast

from madang_seeds.seoul.firms.firm import Firm

SOURCE = "demo"
_ANSWERED, _SAID = 0.6, 0.85
"""Shares of firms that answered anything, and of answers among these."""
_ALONE, _INDEPENDENT, _TROUBLED = 0.9, 0.95, 0.04
"""Shares of firms without affiliates, of those that no large group owns, and of those with arrears or in default."""
_AGO, _AHEAD = "days_ago", "in_days"


def stored_facts(facts: Mapping[str, Any] | None, day: date) -> str | None:
    """Return the facts as JSON, each with its source and day; None where nothing is said.

    A name that ends in `days_ago` or `in_days` becomes a day: `born_days_ago` is `born_on`, `in_days` alone is `on`.
    """
    if not facts:
        return None
    dated = cast("dict[str, Any]", _dated(facts, day))
    return json.dumps(
        {name: {"value": value, "source": SOURCE, "on": day.isoformat()} for name, value in dated.items()},
        ensure_ascii=False,
    )


def _dated(value: object, day: date) -> object:
    if isinstance(value, Mapping):
        return dict(_entry(name, each, day) for name, each in cast("Mapping[str, object]", value).items())
    if isinstance(value, list):
        return [_dated(each, day) for each in cast("list[object]", value)]
    return value


def _entry(name: str, value: object, day: date) -> tuple[str, object]:
    for ending, sign in ((_AGO, -1), (_AHEAD, 1)):
        if name.endswith(ending) and isinstance(value, int):
            return f"{name.removesuffix(ending)}on", (day + timedelta(days=sign * value)).isoformat()
    return name, _dated(value, day)


def drawn_facts(firm: Firm) -> Mapping[str, Any] | None:
    """Return what an invented startup or SME has answered; about two in five have answered nothing.

    Its figures go with those of its profile; each answer may be missing.
    """
    random = Random(f"facts/{firm.key}")
    if firm.kind not in ("startup", "sme") or random.random() > _ANSWERED:
        return None
    revenue = firm.revenue_won or 0
    mean = round(revenue * random.uniform(0.7, 1.0), -7)
    total = mean if random.random() < _ALONE else round(mean * random.uniform(1.5, 4), -7)
    facts: dict[str, Any] = {
        "registered": True,
        "legal_form": random.choices(("corporation", "sole_trader", "cooperative"), (85, 13, 2))[0],
        "founder_born_days_ago": random.randint(26 * 365, 62 * 365),
        "assets_won": int(round(max(revenue, 10**8) * random.uniform(0.5, 1.6), -7)),
        "independent": random.random() < _INDEPENDENT,
        "tax_arrears": random.random() < _TROUBLED,
        "in_default": random.random() < _TROUBLED,
        "own_share": random.choice((0.1, 0.2, 0.3, 0.3, 0.4, 0.5)),
        **({"revenue_average_won": int(mean), "group_revenue_won": int(total)} if firm.revenue_won else {}),
    }
    return {name: value for name, value in facts.items() if random.random() < _SAID}
