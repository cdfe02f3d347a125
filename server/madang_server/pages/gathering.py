"""Fields of a form whose names are not those of the input: `facts.assets_won` becomes an entry of the list `facts`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

Typed = Mapping[str, Sequence[str]]
_PLACE = re.compile(r"[A-Za-z0-9_:-]{1,100}(?:\.[A-Za-z0-9_]{1,40})?")
_ROW = re.compile(r"([A-Za-z0-9_]{1,40}(?:\.[A-Za-z_]{1,40})?)\.(\d{1,3})\.([a-z_]{1,40})")


def gather(typed: Typed, stem: str) -> list[dict[str, object]]:
    """Return {name, value} of every field whose name begins with the stem and a dot.

    `stem.NAME` is a value, several texts of it parted by commas. `stem.NAME.0.part` is a part of a row of a list; rows
    without their first part, `name` or any other text, are left out, and the list is written as JSON. `stem.NAME.none`
    says that the list is empty; without rows and without it nothing is said. NAME may have a part of its own, as in
    `when.max_years`.
    """
    values: dict[str, str] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    empty: set[str] = set()
    for field, texts in typed.items():
        head, _, rest = field.partition(".")
        if head != stem or not texts:
            continue
        row = _ROW.fullmatch(rest)
        if row is not None:
            name, nth, part = row.groups()
            rows.setdefault(name, {}).setdefault(int(nth), {})[part] = texts[-1].strip()
        elif rest.endswith(".none"):
            empty.add(rest.removesuffix(".none"))
        elif _PLACE.fullmatch(rest):
            values[rest] = ", ".join(text.strip() for text in texts if text.strip())
    for name in {*rows, *empty}:
        kept = [row for _, row in sorted(rows.get(name, {}).items()) if _is_said(row)]
        values[name] = json.dumps(kept, ensure_ascii=False) if kept or name in empty else ""
    return [{"name": name, "value": value} for name, value in values.items()]


def _is_said(row: Mapping[str, str]) -> bool:
    """A row of a named thing counts when it is ticked; another one when anything is written in it."""
    if "name" in row or "expires_on" in row:
        return bool(row.get("name"))
    return any(row.values())
