"""`madang demo`: from an empty data folder to a district one can look at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from madang_server.commands.filled import accounts_in, is_filled, is_stale, mark_filled
from madang_server.commands.steps import Steps
from madang_server.local.claim import Claim, Demo, claim_demo, require_free_port
from madang_server.local.errors import AlreadyRunningError, ServiceStartError
from madang_server.local.processes import Child, end, spawn, tail, wait_until
from madang_server.settings import Settings, read_settings

READY_WAIT_S = 90


def demo(
    port: Annotated[int | None, typer.Option(help="Port of the pages. Default: MADANG_PORT, 8000.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of graph, queue and secrets.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Delete the folder's graph and queue first.")] = False,
) -> None:
    """Show Madang with the Seoul demo: set up what is missing, start everything, print the address.

    What is already done is skipped. Ctrl-C stops everything; what was entered stays in the data folder.
    """
    settings = read_settings(port=port, data_dir=data_dir and data_dir.expanduser().absolute(), demo=True)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started us with it ignored
    try:
        _run(settings, fresh)
    except AlreadyRunningError as running:
        typer.echo(str(running))
        raise typer.Exit(1 if fresh else 0) from None
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)


def _run(settings: Settings, fresh: bool) -> None:
    from madang_server.local.folders import prepare_data_folder

    began, steps = time.monotonic(), Steps()
    setup_s = float(os.environ.get("MADANG_SETUP_S") or 0)
    folder = prepare_data_folder(settings.data_dir)
    with ExitStack() as stack:
        claim = stack.enter_context(claim_demo(folder))
        require_free_port(settings.host, settings.port)
        if setup_s:
            steps.add("Python packages", setup_s)
        _prepare(steps, settings, folder, fresh)
        ready = stack.enter_context(steps.connected(settings))
        _fill(steps, ready, folder)
        children = _start(steps, ready, folder, claim)
        stack.callback(end, list(children.values()), 15)
        _announce(ready, folder, time.monotonic() - began + setup_s)
        _watch(children, folder)


def _prepare(steps: Steps, settings: Settings, folder: Path, fresh: bool) -> None:
    """What needs no server: jars, page assets, an empty folder if wished."""
    from madang_server.local.assets import build_assets
    from madang_server.local.folders import cache_folder
    from madang_server.local.jars import fetch_jars
    from madang_server.local.lease import clear

    if fresh and settings.is_local:
        with steps.step("Deleting the old graph and queue"):
            clear(folder)
    if settings.is_local:
        with steps.step("Neo4j's jars") as note:
            fetch_jars(cache_folder(), note.report)
    with steps.step("Page assets") as note:
        note.remark = "" if build_assets(report=note.report) else "(already built)"


def _fill(steps: Steps, settings: Settings, folder: Path) -> None:
    """Schema, the Seoul demo and its first matching; commands of their own, so that their memory is given back."""
    uri = settings.neo4j_uri or ""
    if is_filled(folder, uri):
        steps.add("Schema, data and matches", 0.0, "(already done)")
        return
    stale = is_stale(folder)
    again = ["--again"] if stale else []
    for words in (["migrate"], ["load", "seoul", *again], ["match", "--if-older", "seoul", "--mend"]):
        began = time.monotonic()
        if _madang(settings, "madang_server.commands", *words).returncode:
            raise SystemExit(1)  # it has said why
        steps.add(" ".join(["madang", *words]), time.monotonic() - began)
    accounts = _madang(settings, "madang_server.commands.demo_accounts", stdout=subprocess.PIPE).stdout
    mark_filled(folder, uri, accounts, anew=stale)


def _madang(
    settings: Settings, module: str, *words: str, stdout: int | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings.as_environment()}
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env=environment, stdout=stdout, text=True, check=False)  # noqa: S603


def _start(steps: Steps, settings: Settings, folder: Path, claim: Claim) -> dict[str, Child]:
    """Start web and worker, wait until the web says that it is ready, and tell others where it is."""
    children: dict[str, Child] = {}
    with steps.step("Web and worker"):
        try:
            for name in ("worker", "serve"):
                command = [sys.executable, "-m", "madang_server.commands", name]
                log = folder / f"{name}.log"
                log.unlink(missing_ok=True)
                # Both bear a kill, and the services that they would wait for while stopping go at the same moment.
                children[name] = spawn(command, log, settings.as_environment(), signal.SIGKILL)
            web_log = folder / "serve.log"
            wait_until(children["serve"], "The web", web_log, lambda: _is_ready(settings), READY_WAIT_S)
        except BaseException:
            end(list(children.values()), 15)
            raise
    claim.publish(Demo(settings.origin, os.getpid(), children["serve"].pid, children["worker"].pid))
    return children


def _is_ready(settings: Settings) -> bool:
    import urllib.request

    try:
        with urllib.request.urlopen(f"http://{settings.host}:{settings.port}/health/ready", timeout=3) as answer:
            return answer.status == 200
    except OSError:
        return False


def _announce(settings: Settings, folder: Path, seconds: float) -> None:
    typer.echo(f"\nMadang is ready after {seconds:.1f} s: {settings.origin}")
    if accounts := accounts_in(folder):
        typer.echo(f"Demo accounts, each a button on the sign-in page:\n{accounts.rstrip()}")
    typer.echo("Ctrl-C stops everything.\n")
    sys.stdout.flush()


def _watch(children: dict[str, Child], folder: Path) -> None:
    """Stay until a signal, or until a child ends by itself."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                log = folder / f"{name}.log"
                raise ServiceStartError(f"`{name}` stopped; it", log, tail(log))
        time.sleep(0.5)
