"""Versions of the model in the data folder: written whole or not at all, checked when read, the latest five kept.

models/20260302-1f3a…/model.json   everything that scores, with a SHA-256 over it and over the card
models/20260302-1f3a…/card.md      what it is, for people
models/serving.json                which version serves, and whether a person chose it

Nothing in it is executed on reading: JSON, no pickle.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from madang_server.matches.models import ModelFileError, Models, digest, read_models, text_of

KEPT = 5
"""Versions that stay, beside the one that serves."""
LARGEST_BYTES = 64_000_000
_VERSION = re.compile(r"[0-9]{8}-[0-9a-f]{12}")
_DRAFT = ".draft-"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version serves."""

    version: str
    held: bool
    """True: a person chose it, so the nightly fit does not replace it."""


class ModelShelf:
    """The folder of kept models. Several processes may read and write it at once."""

    def __init__(self, folder: Path) -> None:
        """Store the folder; it need not exist."""
        self.folder = folder

    def add(self, models: Models, card: str) -> str:
        """Keep a version and return its name; one that is there already stays as it is.

        Raises: OSError: the folder cannot be written; nothing is left behind.
        """
        version, body = models.version, models.body()
        if self._is_sound(version):
            return version
        sums = {"sha256": digest(body), "card_sha256": _sha256(card.encode())}
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{_DRAFT}{secrets.token_hex(6)}"
        draft.mkdir()
        try:
            _write(draft / "card.md", card)
            _write(draft / "model.json", text_of(body | sums))
            shutil.rmtree(self.folder / version, ignore_errors=True)
            draft.rename(self.folder / version)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return version

    def serve(self, version: str, *, held: bool = False) -> None:
        """Make a version serve.

        Raises: ModelFileError: it is not kept, or not sound. OSError: the folder cannot be written.
        """
        self.read(version)
        draft = self.folder / f"{_DRAFT}{secrets.token_hex(6)}"
        _write(draft, text_of({"version": version, "held": held}))
        draft.replace(self.folder / "serving.json")

    def pointer(self) -> Pointer:
        """Return which version serves.

        Raises: ModelFileError: none was ever made to, or the file cannot be read.
        """
        content = _json(self.folder / "serving.json", 10_000)
        version, held = content.get("version"), content.get("held")
        if not isinstance(version, str) or not _VERSION.fullmatch(version) or not isinstance(held, bool):
            raise ModelFileError("does not name a version")
        return Pointer(version, held)

    def read(self, version: str) -> Models:
        """Return a kept version.

        Raises: ModelFileError: there is none, or it was cut, changed, or made for other features.
        """
        if not _VERSION.fullmatch(version):
            raise ModelFileError("is no name of a version")
        content = _json(self.folder / version / "model.json", LARGEST_BYTES)
        body = {name: value for name, value in content.items() if name not in ("sha256", "card_sha256")}
        card = _bytes(self.folder / version / "card.md", LARGEST_BYTES)
        if content.get("sha256") != _digest(body) or not version.endswith(_digest(body)[:12]):
            raise ModelFileError("was changed or cut, its digest does not fit")
        if content.get("card_sha256") != _sha256(card):
            raise ModelFileError("has a card that was changed or cut")
        return read_models(body)

    def card(self, version: str) -> str:
        """Return the card of a version that `read` finds sound."""
        return _bytes(self.folder / version / "card.md", LARGEST_BYTES).decode()

    def versions(self) -> list[str]:
        """Return the kept versions, latest first."""
        if not self.folder.is_dir():
            return []
        found = [each for each in self.folder.iterdir() if _VERSION.fullmatch(each.name) and each.is_dir()]
        return [each.name for each in sorted(found, key=lambda each: (-each.stat().st_mtime_ns, each.name))]

    def prune(self, kept: int = KEPT) -> list[str]:
        """Remove all but the latest versions and the one that serves; return what was removed."""
        try:
            serving = self.pointer().version
        except ModelFileError:
            serving = ""
        old = [version for version in self.versions()[kept:] if version != serving]
        for version in old:
            shutil.rmtree(self.folder / version, ignore_errors=True)
        return old

    def _is_sound(self, version: str) -> bool:
        try:
            self.read(version)
        except ModelFileError:
            return False
        return True


def _json(path: Path, most: int) -> dict[str, Any]:
    try:
        content: Any = json.loads(_bytes(path, most).decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ModelFileError("is not JSON, or was cut") from None
    if not isinstance(content, dict):
        raise ModelFileError("is not a JSON object")
    return cast("dict[str, Any]", content)


def _digest(body: dict[str, Any]) -> str:
    try:
        return digest(body)
    except (ValueError, RecursionError):  # numbers or texts that no fit writes
        return ""


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise ModelFileError("is missing") from None
    except OSError as error:
        raise ModelFileError(f"cannot be read: {error.strerror}") from None
    if len(content) > most:
        raise ModelFileError("is larger than any model")
    return content


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
