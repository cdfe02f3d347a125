"""What an invented organisation answers to rules of calls, as the graph keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

SOURCE = "demo"
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
