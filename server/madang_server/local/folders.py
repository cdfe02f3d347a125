"""Where downloads are cached and where a demo keeps its data; checks that both can be used."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from madang_server.local.errors import DataFolderError, DiskFullError

NEEDED_MB = 500  # store, its log (kept at 256 MB), the append-only file and some air


def cache_folder() -> Path:
    """Return the user's cache folder for downloads, shared between clones: $MADANG_CACHE, else XDG's."""
    chosen = os.environ.get("MADANG_CACHE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "madang"


def prepare_data_folder(folder: Path, needed_mb: int = NEEDED_MB) -> Path:
    """Create the folder, readable by its owner only, and check that it has room.

    Args:
        folder: where a demo keeps graph, queue and secrets.
        needed_mb: room that must be free.

    Returns:
        The absolute folder.

    Raises:
        DataFolderError: it cannot be created or written.
        DiskFullError: less than `needed_mb` are free.
    """
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        probe = folder / ".probe"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        remedy = "Choose another with --data-dir, or make it writable for you."
        raise DataFolderError(folder, error.strerror or str(error), remedy) from error
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < needed_mb:
        raise DiskFullError(folder, free_mb, needed_mb)
    return folder


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read, at once or not at all."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
