"""The command line: help, and clear words for what people can put right."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from madang_graph.client import Graph, GraphAddress
from madang_server.commands import command_line
from madang_server.security.digests import digest_of
from typer.main import get_command


def madang(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with only these variables of ours."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MADANG_", "NEO4J_", "REDIS_"))}
    command = [sys.executable, "-m", "madang_server.commands", *words]
    return subprocess.run(
        command, env=clean | variables, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def external(neo4j_address: GraphAddress, valkey_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "NEO4J_URI": neo4j_address.uri,
        "NEO4J_PASSWORD": neo4j_address.password,
        "REDIS_URL": valkey_url,
        "MADANG_DATA_DIR": str(tmp_path / "data"),
    }


def commands_under(command: Any, path: str = "madang") -> dict[str, Any]:
    """Return a command and all within it by path; typer carries a click of its own, so there is no type to name."""
    found = {path: command}
    for name, inner in getattr(command, "commands", {}).items():
        found |= commands_under(inner, f"{path} {name}")
    return found


def test_every_command_and_option_says_what_it_does() -> None:
    commands = commands_under(get_command(command_line()))
    assert {"madang demo", "madang test", "madang load", "madang user token"} <= set(commands)
    silent = {path for path, command in commands.items() if not command.help}
    silent |= {
        f"{path} {option.name}"
        for path, command in commands.items()
        for option in command.params
        if not getattr(option, "help", None)
    }
    assert silent == set()


def test_help_reads_without_any_setting() -> None:
    answer = madang("demo", "--help", MADANG_PORT="not a port")
    assert answer.returncode == 0
    assert "--fresh" in answer.stdout


def test_a_wrong_password_of_an_external_server_is_told_and_nothing_is_started(external: dict[str, str]) -> None:
    answer = madang("migrate", **external | {"NEO4J_PASSWORD": "wrong"})
    assert answer.returncode == 1
    assert "NEO4J_PASSWORD" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (Path(external["MADANG_DATA_DIR"]) / "neo4j").exists()


def test_check_names_each_finding_with_a_remedy(external: dict[str, str]) -> None:
    wrong_queue = external["REDIS_URL"].replace("redis://:", "redis://:wrong")
    answer = madang("check", **external | {"NEO4J_PASSWORD": "wrong", "REDIS_URL": wrong_queue})
    assert answer.returncode == 1
    lines = answer.stdout.splitlines()
    bad = {line.split()[1]: lines[at + 1] for at, line in enumerate(lines) if line.startswith("BAD")}
    assert {"NEO4J_URI", "REDIS_URL", "MADANG_SECRET_KEY"} <= set(bad)
    assert all("→ " in remedy for remedy in bad.values())
    assert not {line for line in lines if external["NEO4J_PASSWORD"] in line}


def test_check_names_a_wrong_variable() -> None:
    answer = madang("check", MADANG_PORT="http")
    assert answer.returncode == 1
    assert "MADANG_PORT" in answer.stdout


def test_migrating_external_servers_starts_nothing_locally(external: dict[str, str]) -> None:
    answer = madang("migrate", **external)
    assert answer.returncode == 0, answer.stderr
    assert not (Path(external["MADANG_DATA_DIR"]) / "neo4j").exists()


def test_a_port_in_use_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for command in ("serve", "demo"):
            answer = madang(command, "--port", port, MADANG_DATA_DIR=str(tmp_path / "data"))
            assert answer.returncode == 1
            assert f"Port {port} is in use" in answer.stderr
            assert "--port" in answer.stderr
    assert not (tmp_path / "data" / "neo4j").exists()


async def test_a_person_is_added_and_gets_a_token_that_is_shown_once(graph: Graph, external: dict[str, str]) -> None:
    added = madang("user", "add", "Kim@Example.kr", "--name", "Kim", "--password", "long enough secret", **external)
    assert added.returncode == 0, added.stderr
    given = madang("user", "token", "kim@example.kr", "--scope", "read", **external)
    assert given.returncode == 0, given.stderr
    token = given.stdout.strip()
    rows = await graph.read("MATCH (t:Token)-[:OF]->(p:Person) RETURN t.hash, t.scopes, p.email")
    assert rows == [[digest_of(token), ["read"], "kim@example.kr"]]


@pytest.mark.parametrize("words", [("token", "nobody@example.kr"), ("add", "no address", "--name", "K")])
def test_what_cannot_be_done_for_a_person_is_told_without_a_traceback(
    graph: Graph, external: dict[str, str], words: tuple[str, ...]
) -> None:
    password = ("--password", "long enough secret") if words[0] == "add" else ()
    answer = madang("user", *words, *password, **external)
    assert answer.returncode == 1
    assert "madang: " in answer.stderr
    assert "Traceback" not in answer.stderr
