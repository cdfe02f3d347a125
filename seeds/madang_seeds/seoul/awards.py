"""Names under which an earlier award of a programme may stand in an organisation's ledger."""

from __future__ import annotations

from madang_graph.ids import stable_id

from madang_seeds.packed import read_json, read_toml

_PARTS = {"scaleup_package": ("scaleup_package_general", "scaleup_package_corporate")}
"""Programmes of the reference file that a name stands for, where that is not its own key."""


def programme_id(key: str) -> str:
    """Return the id of a reference programme."""
    return stable_id("prg_", "seoul-reference", key)


def award_names(key: str) -> list[str]:
    """Return the ids of its programmes that are known here, and its names."""
    known = {facts["key"] for facts in read_json("seoul_programmes.json")["programmes"]}
    ids = [programme_id(part) for part in _PARTS.get(key, (key,)) if part in known]
    return [*ids, *read_toml("seoul_statements.toml")["awards"][key]]


def award_words(keys: list[str]) -> tuple[str, str]:
    """Return the programmes in Korean and English."""
    names = [read_toml("seoul_statements.toml")["awards"][key] for key in keys]
    return ", ".join(name[0] for name in names), ", ".join(name[1] for name in names)
