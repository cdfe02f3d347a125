"""The data files that ship in the package, plain or gzipped."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

_FOLDER = files("madang_seeds") / "data"


def read_bytes(name: str) -> bytes:
    """Return the content of the file, unpacked when its name ends in `.gz`."""
    raw = (_FOLDER / name).read_bytes()
    return gzip.decompress(raw) if name.endswith(".gz") else raw


def read_rows(*names: str) -> Iterator[dict[str, str]]:
    """Yield the rows of CSV files one after the other, as {column: text}."""
    for name in names:
        yield from csv.DictReader(io.StringIO(read_bytes(name).decode("utf-8"), newline=""))


def read_json(name: str) -> Any:
    return json.loads(read_bytes(name))


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(read_bytes(name).decode("utf-8"))


def fingerprint(version: str, *names: str) -> str:
    """Return the SHA-256 over the version and the files as they lie in the package."""
    digest = hashlib.sha256(version.encode())
    for name in names:
        digest.update(hashlib.sha256((_FOLDER / name).read_bytes()).digest())
    return digest.hexdigest()
