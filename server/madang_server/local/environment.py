"""Makes `.venv` from a lock file with hashes, then becomes the command line.

Standard library only: nothing else exists yet. The wrapper `madang` runs `environment.py PROJECT_FOLDER [COMMAND ...]`.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

LOCK, TEST_LOCK = "requirements.lock", "requirements-test.lock"


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def main(arguments: list[str]) -> int:
    """Make the environment that the command needs and run the command in it."""
    project, command = Path(arguments[0]), arguments[1:]
    try:
        seconds = ensure(project, for_tests=command[:1] == ["test"])
    except SetupError as error:
        print(f"madang: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if seconds:
        os.environ["MADANG_SETUP_S"] = f"{seconds:.1f}"
    python = str(_python(project))
    os.execv(python, [python, "-m", "madang_server.commands", *command])  # noqa: S606 - ourselves


def ensure(project: Path, *, for_tests: bool) -> float:
    """Make or renew `.venv` unless it is as the lock file wants it.

    Returns: seconds that it took; 0 when there was nothing to do.
    Raises:  SetupError.
    """
    lock = TEST_LOCK if for_tests else LOCK
    if _is_made(project, lock):
        return 0.0
    with (project / ".venv.lock").open("a+") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if _is_made(project, lock):  # by the process that we waited for
            return 0.0
        began = time.monotonic()
        print(f"madang: installing Python packages from {lock} ...", file=sys.stderr, flush=True)
        _make(project, lock)
        _stamp(project).write_text(_fingerprint(project, lock))
        return max(0.1, time.monotonic() - began)


def _make(project: Path, lock: str) -> None:
    uv = _uv()
    if not _works(project):
        _create(project, uv)
    _stamp(project).unlink(missing_ok=True)
    if uv:
        quiet = [] if sys.stderr.isatty() else ["--quiet"]  # its progress bars need a terminal
        install = [uv, "pip", "install", *quiet, "--python", str(_python(project))]
    else:
        install = [str(_python(project)), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-q"]
    retry = "Check the connection to the package registry and start again; what has arrived is kept."
    _run(project, [*install, "--require-hashes", "-r", str(project / lock)], retry)
    # hatchling is in the lock, so this fetches nothing.
    _run(project, [*install, "--no-index", "--no-deps", "--no-build-isolation", "-e", str(project)], "See above.")


def _create(project: Path, uv: str | None) -> None:
    folder = project / ".venv"
    if uv:
        _run(project, [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], "See above.")
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise SetupError(
            f"this Python ({sys.executable}) lacks the modules venv or ensurepip. Debian, Ubuntu: "
            f"`sudo apt-get install python{version}-venv`. Or install uv, which needs neither. Then start again."
        )
    _run(project, [sys.executable, "-m", "venv", "--clear", str(folder)], f"Try: apt-get install python{version}-venv")


def _run(project: Path, command: list[str], remedy: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(command, cwd=project, env=environment, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        raise SetupError(f"`{' '.join(command[:4])} ...` failed. {remedy}")


def _uv() -> str | None:
    """Return uv's path, if it is there and runs; a version manager may leave a name that does nothing."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        return found
    return None


def _works(project: Path) -> bool:
    """Whether `.venv` has a Python that is new enough; the one it was made from may be gone."""
    script = "import sys; sys.exit(sys.version_info < (3, 11))"
    python = _python(project)
    return python.exists() and subprocess.run([python, "-c", script], check=False).returncode == 0  # noqa: S603


def _is_made(project: Path, lock: str) -> bool:
    """Whether `.venv` was made from the lock, or from the one of the tests, which holds the other."""
    try:
        stamp = _stamp(project).read_text()
    except OSError:
        return False
    wanted = {_fingerprint(project, lock), _fingerprint(project, TEST_LOCK)}
    return stamp in wanted and _python(project).exists()


def _fingerprint(project: Path, lock: str) -> str:
    """Hash what the environment is made from. The folder counts: a moved clone has paths that lead nowhere."""
    digest = hashlib.sha256(os.fsencode(project))
    for name in (lock, "pyproject.toml"):
        digest.update((project / name).read_bytes())
    return digest.hexdigest()


def _python(project: Path) -> Path:
    return project / ".venv" / "bin" / "python"


def _stamp(project: Path) -> Path:
    return project / ".venv" / "madang-stamp"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
