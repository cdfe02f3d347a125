"""`madang test`: everything that must pass before a change is taken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from madang_server.settings import PROJECT_FOLDER

CODE = ("server", "graph", "matching", "frontend", "seeds", "tests")


def run_tests(
    context: typer.Context,
    only: Annotated[str | None, typer.Option("-k", help="Run only tests whose names match; skip the checks.")] = None,
    checks: Annotated[bool, typer.Option(help="Run formatter, linter, types and import contracts too.")] = True,
) -> None:
    """Run formatter, linter, types, import contracts, and all tests on a real Neo4j, Valkey and browser.

    Words after `--` go to pytest: `madang test -- tests/graph -x`. The exit code is not 0 when anything failed.
    """
    _require_checkout()
    words = [word for word in context.args if word != "--"] + (["-k", only] if only else [])
    results: list[tuple[str, float, bool]] = []
    _section(results, "Chromium", _chromium)
    _section(results, "Page assets", _assets)
    if checks and not words:
        for name, command in _checks():
            _section(results, name, lambda command=command: _runs(command))
    summary = f"\n{'':=<20} sections\n" + _summary(results) + f"\n\n{'':=<20} pytest"
    print(summary, flush=True)
    passed = _runs([sys.executable, "-m", "pytest", *(words or ["tests", "--ignore=tests/benchmarks"])])
    if not (passed and all(ok for _, _, ok in results)):
        failed = [name for name, _, ok in results if not ok] + ([] if passed else ["pytest"])
        print(f"failed: {', '.join(failed)}", file=sys.stderr, flush=True)
        raise typer.Exit(1)


def _require_checkout() -> None:
    if not (PROJECT_FOLDER / "tests").is_dir():
        print("madang: `test` runs in a checkout of the project only.", file=sys.stderr)
        raise typer.Exit(2)


def _checks() -> list[tuple[str, list[str]]]:
    binaries = Path(sys.executable).parent
    return [
        ("Format", [sys.executable, "-m", "ruff", "format", "--check", "--quiet", *CODE]),
        ("Lint", [sys.executable, "-m", "ruff", "check", "--quiet", *CODE]),
        ("Types", [sys.executable, "-m", "pyright"]),
        ("Import contracts", [str(binaries / "lint-imports")]),
    ]


def _section(results: list[tuple[str, float, bool]], name: str, work: Callable[[], bool]) -> None:
    print(f"\n{'':=<20} {name}", flush=True)
    began = time.monotonic()
    passed = work()
    results.append((name, time.monotonic() - began, passed))


def _summary(results: Sequence[tuple[str, float, bool]]) -> str:
    return "\n".join(f"{'ok' if ok else 'FAILED':<8}{seconds:7.1f} s  {name}" for name, seconds, ok in results)


def _runs(command: Sequence[str]) -> bool:
    # The wrapper of pyright warns about newer versions on a pipe that tests do not read.
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    done = subprocess.run(command, cwd=PROJECT_FOLDER, env=environment, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
    return done.returncode == 0


def _assets() -> bool:
    from madang_server.local.assets import build_assets
    from madang_server.local.errors import AssetBuildError

    try:
        built = build_assets(report=lambda text, _share: print(text, flush=True))
    except AssetBuildError as error:
        print(error, flush=True)
        return False
    print("built" if built else "already built", flush=True)
    return True


def _chromium() -> bool:
    """Find Debian's Chromium, or install it where we may."""
    if found := shutil.which("chromium"):
        print(found, flush=True)
        return True
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print("Chromium is missing. Install it (Debian, Ubuntu: `sudo apt-get install chromium`), then run again.")
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-nanum"]):
        done = subprocess.run([apt, *words], env=environment, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
        if done.returncode:
            print(f"`apt-get {words[0]}` failed. Install Chromium by hand, then run again.", flush=True)
            return False
    return shutil.which("chromium") is not None
