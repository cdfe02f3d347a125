"""Whether the demo's data folder was filled by the code of today, so that a second start need not ask the graph."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

from madang_server.local.folders import write_secret

DATES_HOLD = timedelta(days=14)
"""The demo's calls open and close around the day of loading; after this it is loaded anew."""


def is_filled(folder: Path, uri: str, today: date | None = None) -> bool:
    """Whether the folder's mark was made for this graph, by this code, and not long ago."""
    return _mark_in(folder).get("made_of") == _fingerprint(uri) and not is_stale(folder, today)


def is_stale(folder: Path, today: date | None = None) -> bool:
    """Whether the folder was filled so long ago that its relative dates are over."""
    day = _mark_in(folder).get("day")
    return day is not None and (today or datetime.now(UTC).date()) - date.fromisoformat(day) > DATES_HOLD


def mark_filled(folder: Path, uri: str, accounts: str, *, anew: bool, today: date | None = None) -> None:
    """Leave the mark. The day stays that of the first loading unless everything was loaded anew.

    Args:    accounts: lines that name the demo accounts, shown at each start.
    """
    day = None if anew else _mark_in(folder).get("day")
    made_on = day or (today or datetime.now(UTC).date()).isoformat()
    mark = {"made_of": _fingerprint(uri), "day": made_on, "accounts": accounts}
    write_secret(folder / "filled.json", json.dumps(mark, ensure_ascii=False))


def accounts_in(folder: Path) -> str:
    """Return the lines that name the demo accounts."""
    return _mark_in(folder).get("accounts", "")


def _mark_in(folder: Path) -> dict[str, str]:
    try:
        mark = json.loads((folder / "filled.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return mark if isinstance(mark, dict) else {}


def _fingerprint(uri: str) -> str:
    """Hash what fills the graph: its schema, the demo's data, the matching; and which graph it is.

    Local ports change, so a local graph counts as the one of its folder.
    """
    digest = hashlib.sha256((uri if "127.0.0.1" not in uri else "local").encode())
    for package in ("madang_graph", "madang_seeds", "madang_matching"):
        top = Path(str(resources.files(package)))
        for path in sorted(top.rglob("*")):
            if path.suffix == ".py" or "data" in path.parts or path.suffix == ".cypher":
                digest.update(str(path.relative_to(top)).encode())
                digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()
