"""The environment that the wrapper makes: renewed when what it is made from changes, otherwise left alone."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from madang_server.local import environment
from madang_server.settings import PROJECT_FOLDER


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """A project folder whose environments are only noted down."""
    done: list[tuple[Path, str]] = []
    for name in (environment.LOCK, environment.TEST_LOCK, "pyproject.toml"):
        (tmp_path / name).write_text(name)

    def make(project: Path, lock: str) -> None:
        (project / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (project / ".venv" / "bin" / "python").touch()
        done.append((project, lock))

    monkeypatch.setattr(environment, "_make", make)
    return done


def test_a_second_call_finds_it_made(tmp_path: Path, made: list[tuple[Path, str]]) -> None:
    assert environment.ensure(tmp_path, for_tests=False) > 0
    assert environment.ensure(tmp_path, for_tests=False) == 0
    assert made == [(tmp_path, environment.LOCK)]


def test_the_tests_environment_serves_every_command_but_not_the_other_way_round(
    tmp_path: Path, made: list[tuple[Path, str]]
) -> None:
    environment.ensure(tmp_path, for_tests=False)
    environment.ensure(tmp_path, for_tests=True)
    environment.ensure(tmp_path, for_tests=False)
    assert [lock for _, lock in made] == [environment.LOCK, environment.TEST_LOCK]


@pytest.mark.parametrize("changed", [environment.LOCK, "pyproject.toml"])
def test_a_change_of_what_it_is_made_from_renews_it(tmp_path: Path, made: list[tuple[Path, str]], changed: str) -> None:
    environment.ensure(tmp_path, for_tests=False)
    (tmp_path / changed).write_text("changed")
    environment.ensure(tmp_path, for_tests=False)
    assert len(made) == 2


def test_a_moved_clone_gets_a_new_one(tmp_path: Path, made: list[tuple[Path, str]]) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    for name in (environment.LOCK, environment.TEST_LOCK, "pyproject.toml"):
        shutil.copy(tmp_path / name, first)
    environment.ensure(first, for_tests=False)
    first.rename(second)
    environment.ensure(second, for_tests=False)
    assert [project.name for project, _ in made] == ["first", "second"]


def test_a_missing_venv_module_is_named_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(environment.SetupError, match=r"apt-get install python3\.\d+-venv"):
        environment._create(tmp_path, None)


def test_the_wrapper_says_so_when_there_is_no_python(tmp_path: Path) -> None:
    for name in ("sh", "dirname", "readlink"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    answer = subprocess.run(
        [tmp_path / "sh", PROJECT_FOLDER / "madang", "--help"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "Python 3.11 or later is needed" in answer.stderr


def test_the_wrapper_works_from_another_folder_through_a_link_with_spaces(tmp_path: Path) -> None:
    link = tmp_path / "my link"
    link.symlink_to(PROJECT_FOLDER / "madang")
    answer = subprocess.run([link, "check", "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "Check settings" in answer.stdout


def test_lock_files_have_hashes_and_no_addresses() -> None:
    for name in (environment.LOCK, environment.TEST_LOCK):
        lines = (PROJECT_FOLDER / name).read_text().splitlines()
        packages = [line for line in lines if line and line[0] not in " #"]
        assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []
        assert [line for line in lines if "://" in line] == []


def test_locks_and_dependencies_agree() -> None:
    """Each direct dependency is pinned in the lock; a new one without a new lock would never be installed."""
    import re
    import tomllib

    project = tomllib.loads((PROJECT_FOLDER / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = {environment.LOCK: project["dependencies"] + extras["build"]}
    wanted[environment.TEST_LOCK] = wanted[environment.LOCK] + extras["test"]
    for lock, requirements in wanted.items():
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (PROJECT_FOLDER / lock).read_text(), re.MULTILINE))
        names = {re.split(r"[\[<=>;! ]", requirement)[0].lower() for requirement in requirements}
        assert names - pinned == set()


def test_another_environment_that_is_active_does_not_get_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere/else")
    script = "import os, sys; sys.exit('VIRTUAL_ENV' in os.environ)"
    environment._run(tmp_path, [os.environ.get("PYTHON", "python3"), "-c", script], "")
