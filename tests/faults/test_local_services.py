"""Local services: what is killed, damaged or in the way, and what must follow."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from madang_server.local.errors import DataFolderError, DiskFullError
from madang_server.local.folders import prepare_data_folder
from madang_server.local.lease import clear, lease_services
from madang_server.local.state import running_in
from neo4j import GraphDatabase

HOLD = """
import sys, time
from pathlib import Path
from madang_server.local.lease import lease_services
with lease_services(Path(sys.argv[1])) as addresses:
    print(addresses.neo4j_uri, flush=True)
    time.sleep(600)
"""


class Holder:
    """A process that uses a folder's services until it is killed."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", HOLD, str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.uri = self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def eventually(holds: Callable[[], bool], seconds: float = 40) -> bool:
    give_up = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.1)
    return True


def processes_on(folder: Path) -> set[str]:
    """Names of the processes that have the folder in their command line or as their own."""
    found = set()
    for process in psutil.process_iter(["name", "cmdline"]):
        if any(str(folder) in word for word in process.info["cmdline"] or []):
            found.add(process.info["name"])
    return found


@pytest.fixture
def folder(tmp_path: Path, neo4j_jars: list[Path]) -> Iterator[Path]:
    yield tmp_path / "data"
    assert eventually(lambda: not processes_on(tmp_path / "data"))


def write_and_count(folder: Path) -> int:
    """Write one node over the services' address and count all of them."""
    with lease_services(folder) as addresses:
        auth = ("neo4j", addresses.neo4j_password)
        with GraphDatabase.driver(addresses.neo4j_uri, auth=auth) as driver:
            driver.execute_query("CREATE (:Organisation)", database_="neo4j")
            return driver.execute_query("MATCH (o) RETURN count(o)", database_="neo4j").records[0][0]


def test_processes_share_the_services_and_the_last_one_killed_leaves_no_orphan(folder: Path) -> None:
    first, second = Holder(folder), Holder(folder)
    try:
        assert first.uri == second.uri != ""
        first.kill()
        assert write_and_count(folder) == 1
    finally:
        first.kill()
        second.kill()
    assert eventually(lambda: not processes_on(folder))
    assert write_and_count(folder) == 2


def test_a_killed_neo4j_comes_back_on_its_port_with_what_it_acknowledged(folder: Path) -> None:
    holder = Holder(folder)
    try:
        assert write_and_count(folder) == 1
        before = running_in(folder)
        assert before
        os.kill(before.neo4j_pid, signal.SIGKILL)
        assert eventually(lambda: (now := running_in(folder)) is not None and now.neo4j_pid != before.neo4j_pid)
        after = running_in(folder)
        assert after
        assert after.neo4j_port == before.neo4j_port
        assert write_and_count(folder) == 2
    finally:
        holder.kill()


def test_a_killed_supervisor_takes_its_servers_along_and_the_next_process_starts_anew(folder: Path) -> None:
    holder = Holder(folder)
    try:
        before = running_in(folder)
        assert before
        os.kill(before.supervisor_pid, signal.SIGKILL)
        assert eventually(lambda: not psutil.pid_exists(before.neo4j_pid) and not psutil.pid_exists(before.valkey_pid))
        assert write_and_count(folder) == 1
    finally:
        holder.kill()


def test_lost_passwords_are_told_and_a_fresh_start_helps(folder: Path) -> None:
    write_and_count(folder)
    assert eventually(lambda: not processes_on(folder))
    (folder / "passwords.json").write_text('{"neo4j": ')
    with pytest.raises(DataFolderError, match=r"passwords\.json is damaged.*--fresh"), lease_services(folder):
        pass
    clear(folder)
    assert write_and_count(folder) == 1


def test_a_damaged_state_file_only_costs_a_new_start(folder: Path) -> None:
    folder.mkdir()
    (folder / "running.json").write_text(json.dumps({"neo4j_port": "nowhere"}))
    assert write_and_count(folder) == 1


def test_files_with_secrets_are_their_owners_alone(folder: Path) -> None:
    with lease_services(folder):
        secret = ("passwords.json", "running.json", "valkey/valkey.conf", ".")
        assert {name: oct((folder / name).stat().st_mode & 0o077) for name in secret} == dict.fromkeys(secret, "0o0")


def test_too_little_room_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError, match=r"MB are free where .* 10000000000 MB are needed.*--data-dir"):
        prepare_data_folder(tmp_path / "data", needed_mb=10_000_000_000)


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataFolderError, match="--data-dir"):
        prepare_data_folder(tmp_path / "file" / "data")
