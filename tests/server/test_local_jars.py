"""Jars: pinned by hash, repaired when damaged, refused when they are not what was pinned."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from madang_server.local.errors import JarFetchError
from madang_server.local.jars import Jar, fetch_jars, pinned_jars, sound_jars


@pytest.fixture(scope="module")
def small_jar() -> Jar:
    """One of the smallest pinned jars."""
    return next(jar for jar in pinned_jars() if jar.artifact == "annotations" and jar.group == "org.neo4j")


def test_every_pinned_jar_has_a_hash_and_a_name_of_its_own() -> None:
    jars = pinned_jars()
    assert len({jar.file_name for jar in jars}) == len(jars) > 200
    assert {len(jar.sha256) for jar in jars} == {64}
    assert [jar.file_name for jar in jars] == sorted(jar.file_name for jar in jars)


def test_a_classifier_is_part_of_coordinate_and_name() -> None:
    plain, native = pinned_jars("g:a:1: 00\ng:a:1:linux-x86_64 11\n")[::-1]
    assert (plain.coordinate, native.coordinate) == ("g:a:1", "g:a:1:linux-x86_64")
    assert plain.file_name != native.file_name


def test_a_truncated_jar_is_fetched_again(tmp_path: Path, small_jar: Jar) -> None:
    (path,) = fetch_jars(tmp_path, jars=[small_jar])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert sound_jars(tmp_path, [small_jar]) == []
    fetch_jars(tmp_path, jars=[small_jar])
    assert path.read_bytes() == whole
    assert [left.name for left in tmp_path.iterdir() if left.name.startswith("fetching-")] == []


def test_a_jar_with_another_hash_is_refused_and_not_kept(tmp_path: Path, small_jar: Jar) -> None:
    other = dataclasses.replace(small_jar, sha256="0" * 64)
    with pytest.raises(JarFetchError, match=r"org\.neo4j:annotations.*hash"):
        fetch_jars(tmp_path, jars=[other])
    assert list(tmp_path.rglob("*.jar")) == []
