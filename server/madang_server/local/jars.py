"""Neo4j's jars: the pinned list, fetched through jgo, verified by hash, shared between clones."""

from __future__ import annotations

import fcntl
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from madang_server.local.errors import JarFetchError

LOCK_NAME = "neo4j-2026.08.1.lock"
ATTEMPTS = 3
DOWNLOAD_THREADS = 16

Report = Callable[[str, float], None]
"""Told what goes on and how far it is, 0 to 1."""


def silent(_message: str, _fraction: float) -> None:
    """A report that nobody reads."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One pinned jar: Maven coordinate and the SHA-256 it must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def coordinate(self) -> str:
        """The coordinate as Maven writes it."""
        return ":".join(part for part in (self.group, self.artifact, self.version, self.classifier) if part)

    @property
    def file_name(self) -> str:
        """Name of the file in our folder; the group keeps equal artifact names apart."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.group}.{self.artifact}-{self.version}{tail}.jar"


def pinned_jars(text: str | None = None) -> list[Jar]:
    """Read the lock file, one `group:artifact:version:classifier sha256` a line, sorted by file name.

    The order is part of the class path: an ahead-of-time cache is only valid for the same order.
    """
    text = text if text is not None else (files("madang_server.local") / LOCK_NAME).read_text()
    jars = []
    for line in filter(None, map(str.strip, text.splitlines())):
        coordinate, sha256 = line.split()
        group, artifact, version, classifier = (*coordinate.rstrip(":").split(":"), "")[:4]
        jars.append(Jar(group, artifact, version, classifier, sha256))
    return sorted(jars, key=lambda jar: jar.file_name)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_sound(path: Path, jar: Jar) -> bool:
    return path.is_file() and _sha256(path) == jar.sha256


@contextmanager
def _only_one_fetches(folder: Path) -> Iterator[None]:
    with (folder / "fetch.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(jar: Jar, scratch: Path, lib: Path) -> None:
    """Fetch one jar. jgo only warns on a bad checksum and keeps truncated files, so each attempt starts afresh."""
    from jgo.maven import MavenContext, PythonResolver  # slow to import, and rarely needed

    reason = "no answer"
    for attempt in range(ATTEMPTS):
        context = MavenContext(resolver=PythonResolver(), repo_cache=scratch / str(attempt), timeout=60)
        component = context.project(jar.group, jar.artifact).at_version(jar.version)
        try:
            path = component.artifact(classifier=jar.classifier, packaging="jar").resolve()
        except (OSError, RuntimeError, ValueError, AssertionError) as error:
            reason = str(error)
            continue
        if path is not None and _sha256(path) == jar.sha256:
            path.replace(lib / jar.file_name)
            return
        reason = "its hash differs from the pinned one"
    raise JarFetchError(jar.coordinate, reason)


def _fetch_all(missing: list[Jar], cache: Path, report: Report) -> None:
    with (
        tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as scratch,
        ThreadPoolExecutor(DOWNLOAD_THREADS) as pool,
    ):
        waiting = [pool.submit(_fetch, jar, Path(scratch), _lib(cache)) for jar in missing]
        for done, future in enumerate(as_completed(waiting), 1):
            future.result()
            report(f"Neo4j: {done} of {len(missing)} jars fetched", done / len(missing))


def sound_jars(cache: Path, jars: list[Jar]) -> list[Jar]:
    """Return the jars that are in the cache with the right hash."""
    lib = _lib(cache)
    with ThreadPoolExecutor(DOWNLOAD_THREADS) as pool:
        sound = list(pool.map(lambda jar: _is_sound(lib / jar.file_name, jar), jars))
    return [jar for jar, ok in zip(jars, sound, strict=True) if ok]


def _lib(cache: Path) -> Path:
    return cache / LOCK_NAME.removesuffix(".lock")


def fetch_jars(cache: Path, report: Report = silent, jars: list[Jar] | None = None) -> list[Path]:
    """Make every pinned jar present and sound; a damaged or missing one is fetched (again).

    Args:
        cache: the user's cache folder; two clones may call this at once.
        report: progress.
        jars: instead of the pinned ones.

    Returns:
        The jars' paths in class-path order.

    Raises:
        JarFetchError: a jar is not to be had, or has another hash than the pinned one.
    """
    jars = pinned_jars() if jars is None else jars
    lib = _lib(cache)
    lib.mkdir(parents=True, exist_ok=True)
    with _only_one_fetches(lib):
        sound = set(sound_jars(cache, jars))
        missing = [jar for jar in jars if jar not in sound]
        if missing:
            _fetch_all(missing, cache, report)
    return [lib / jar.file_name for jar in jars]
