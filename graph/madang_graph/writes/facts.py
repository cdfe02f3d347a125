"""Answers of an organisation to what rules of calls ask beyond its profile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, LiteralString

from madang_graph.client import Transaction

_FIND: LiteralString = """
MATCH (o:Organisation {id: $id})
RETURN o.facts
"""

_SET: LiteralString = """
MATCH (o:Organisation {id: $id})
SET o.facts = $facts
"""

Facts = dict[str, dict[str, Any]]
"""Name to {value, source, on}."""


def read_facts(stored: str | None) -> Facts:
    """Return what the property holds; what is no fact is left out, so that damage gives "not known"."""
    try:
        found: object = json.loads(stored) if stored else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    facts: Facts = {}
    for name, entry in found.items():  # pyright: ignore[reportUnknownVariableType]
        if isinstance(entry, dict) and "value" in entry:
            facts[str(name)] = entry  # pyright: ignore[reportUnknownArgumentType]
    return facts


async def find_facts(transaction: Transaction, organisation_id: str) -> Facts:
    """Return the facts of an organisation. Lock it first when something is decided on them."""
    rows = await transaction.run(_FIND, {"id": organisation_id})
    return read_facts(rows[0][0]) if rows else {}


async def set_facts(transaction: Transaction, organisation_id: str, facts: Mapping[str, Mapping[str, Any]]) -> None:
    """Put these facts in the place of all earlier ones; none removes the property."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else None
    await transaction.run(_SET, {"id": organisation_id, "facts": text})
