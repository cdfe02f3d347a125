"""What the local services leave in the data folder: lasting passwords, and where the running ones listen."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from madang_server.local.errors import DataFolderError
from madang_server.local.folders import write_secret


@dataclass(frozen=True, slots=True)
class Passwords:
    """Generated once per data folder."""

    neo4j: str = field(repr=False)
    valkey: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Running:
    """Ports and process ids of running services."""

    neo4j_port: int
    valkey_port: int
    supervisor_pid: int
    neo4j_pid: int
    valkey_pid: int


def passwords_of(folder: Path) -> Passwords:
    """Read the data folder's passwords; make them when the folder is new.

    Raises:
        DataFolderError: the file is missing or damaged although there is a graph that needs it.
    """
    path = folder / "passwords.json"
    try:
        return Passwords(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        if (folder / "neo4j" / "data").exists():
            raise _lost(path, "is missing") from None
    except (ValueError, TypeError):
        raise _lost(path, "is damaged") from None
    made = Passwords(secrets.token_hex(32), secrets.token_hex(32))  # no leading "-": it looks like an option
    write_secret(path, json.dumps(asdict(made)))
    return made


def _lost(path: Path, what: str) -> DataFolderError:
    remedy = "Put the file back from a backup of this folder, or begin anew with --fresh, which deletes its graph."
    return DataFolderError(path.parent, f"{path.name} {what}", remedy)


def running_in(folder: Path) -> Running | None:
    """Return what was last written about running services; None when there is nothing, or it is damaged."""
    try:
        return Running(**json.loads((folder / "running.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_running(folder: Path, running: Running) -> None:
    """Tell other processes where the services listen."""
    write_secret(folder / "running.json", json.dumps(asdict(running)))


def remove_running(folder: Path) -> None:
    """Say that nothing runs."""
    (folder / "running.json").unlink(missing_ok=True)
