"""Blocks give the same answer in one process, in several, and on a cluster that loses a worker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from madang_matching import blocks
from madang_matching.blocks import Workers, row_blocks, run_blocks
from madang_matching.errors import ClusterError
from madang_matching.nearest import NearestRows, batch_top, itself_excluded
from madang_matching.nearest.exact import Vectors

from tests.matching.killing import while_a_worker_is_killed

ROWS = 12_000


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    chance = np.random.default_rng(8)
    spread = chance.standard_normal((60, 64))[chance.integers(0, 60, ROWS)]
    made = (spread + 0.5 * chance.standard_normal((ROWS, 64))).astype(np.float32)
    made[::97] = made[5]
    return made


@pytest.fixture(scope="module")
def expected(vectors: Vectors) -> NearestRows:
    return batch_top(vectors, vectors, 20, itself_excluded(ROWS))


def same(one: NearestRows, other: NearestRows) -> bool:
    return one.rows.tobytes() == other.rows.tobytes() and one.scores.tobytes() == other.scores.tobytes()


def test_row_blocks_cover_all_rows_once() -> None:
    assert list(row_blocks(10, 4)) == [(0, 4), (4, 8), (8, 10)]
    assert list(row_blocks(0, 4)) == []


def test_results_come_in_the_order_of_the_blocks() -> None:
    assert run_blocks(abs, [-3, 2, -1]) == [3, 2, 1]
    assert run_blocks(abs, [-3, 2, -1], Workers(processes=2)) == [3, 2, 1]
    assert run_blocks(abs, [], Workers(processes=2)) == []


def test_two_processes_give_the_bytes_of_one(vectors: Vectors, expected: NearestRows) -> None:
    assert same(batch_top(vectors, vectors, 20, itself_excluded(ROWS), Workers(processes=2)), expected)


def test_a_cluster_gives_the_bytes_of_one_process_though_a_worker_is_killed(
    vectors: Vectors, expected: NearestRows, cluster: Any, tmp_path: Path
) -> None:
    path = tmp_path / "vectors.npy"
    np.save(path, vectors)
    workers = Workers(scheduler=cluster.scheduler_address)
    given = while_a_worker_is_killed(cluster, lambda: batch_top(path, path, 20, itself_excluded(ROWS), workers))
    assert same(given, expected)


def test_an_error_in_a_block_reaches_the_caller(cluster: Any) -> None:
    with pytest.raises(ValueError, match="math domain"):
        run_blocks(_root, [4.0, -1.0], Workers(scheduler=cluster.scheduler_address))


def _root(value: float) -> float:
    import math

    return math.sqrt(value)


def test_a_scheduler_that_does_not_answer_is_said_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "CONNECT_S", 0.5)
    with pytest.raises(ClusterError, match=r"127\.0\.0\.1:9: the scheduler does not answer"):
        run_blocks(abs, [1], Workers(scheduler="tcp://127.0.0.1:9"))
