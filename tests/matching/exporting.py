"""Writes small exports for tests."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from madang_matching.exports.tables import COLUMNS

Tables = Mapping[str, Sequence[Mapping[str, str]]]

FACTS: dict[str, object] = {
    "task": "any",
    "known_before": "2025-07",
    "candidates": "programmes",
    "ranks_read": 10,
    "queries": 1,
}

SMALL: Tables = {
    "organisations": [
        {"id": "a", "name": "Alpha", "kind": "company", "country": "NA", "place": "Windhoek",
         "text": "Robots", "tags": "x|y"},
        {"id": "b", "name": "Beta", "kind": "university", "text": "Open source clouds"},
        {"id": "c"},
    ],
    "programmes": [
        {"id": "p", "name": "Pi", "text": "Robot makers", "tags": "x", "open_from": "2024-03", "open_until": "2025"},
        {"id": "q", "name": "Qu"},
    ],
    "activities": [{"id": "j", "kind": "project", "programme": "q", "tags": "z", "size_eur": "10.5"}],
    "participations": [
        {"organisation": "a", "programme": "p", "role": "member", "started_on": "2025-06"},
        {"organisation": "a", "activity": "j", "started_on": "2024-02-01", "amount_eur": "3"},
        {"organisation": "b", "activity": "j", "started_on": "2024"},
    ],
    "queries": [{"query_id": "b", "candidate_group": "all", "as_of": "2025-08"}],
    "candidates": [{"candidate_id": "p", "candidate_group": "all"}, {"candidate_id": "q", "candidate_group": "all"}],
    "exclude": [{"query_id": "b", "candidate_id": "q"}],
}  # fmt: skip


def write_export(folder: Path, tables: Tables = SMALL, **facts: object) -> Path:
    """Write an export; cells and tables that are not given are empty."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "task.json").write_text(json.dumps(FACTS | facts), "utf-8")
    for name, columns in COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows(tables.get(name, ()))
    return folder


def changed(table: str, row: int, **cells: str) -> Tables:
    """Return the small export with some cells of one row replaced; a row beyond the last is a new one."""
    rows = [dict(each) for each in SMALL[table]]
    rows[row : row + 1] = [{**(rows[row] if row < len(rows) else {}), **cells}]
    return {**SMALL, table: rows}
