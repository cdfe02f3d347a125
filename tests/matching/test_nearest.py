"""The nearest vectors are those that comparing with every row finds, whatever the bounds, tiles and processes."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.errors import VectorTableError
from madang_matching.nearest import Excluded, Index, batch_top, itself_excluded
from madang_matching.nearest.batch import BLOCK_ROWS, TILE_COLUMNS
from madang_matching.nearest.exact import Vectors, pair_scores


def brute_force(query: Vectors, vectors: Vectors, limit: int, rows: np.ndarray) -> list[tuple[float, int]]:
    """Return the best (score, row), each product summed alone, without a matrix product."""
    scored = [(float((query.astype(np.float64) * vectors[row].astype(np.float64)).sum()), int(row)) for row in rows]
    return sorted(scored, key=lambda one: (-one[0], one[1]))[:limit]


@st.composite
def tables(draw: st.DrawFn, least_rows: int = 1, most_rows: int = 400) -> Vectors:
    """Draw vectors as they come: without structure, of few directions, whole numbers full of ties, twins, zero rows."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, dimensions = draw(st.integers(least_rows, most_rows)), draw(st.integers(1, 160))
    kind = draw(st.sampled_from(["isotropic", "few directions", "whole numbers"]))
    if kind == "isotropic":
        made = chance.standard_normal((count, dimensions))
    elif kind == "few directions":
        made = chance.standard_normal((count, 3)) @ chance.standard_normal((3, dimensions))
        made += 0.01 * chance.standard_normal((count, dimensions))
    else:
        made = chance.integers(-2, 3, (count, dimensions)).astype(np.float64)
    if draw(st.booleans()):
        made = made[chance.integers(0, max(1, count // 8), count)]
    made[chance.random(count) < draw(st.sampled_from([0.0, 0.4, 1.0]))] = 0.0
    return (made * 10.0 ** draw(st.sampled_from([0, 0, 0, -30, -9, 12]))).astype(np.float32)


@settings(deadline=None, max_examples=150)
@given(tables(), st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([1.0, 0.5, 0.02]), st.booleans())
def test_an_index_finds_what_comparing_with_every_row_finds(
    vectors: Vectors, seed: int, limit: int, share: float, own: bool
) -> None:
    chance = np.random.default_rng(seed)
    count, dimensions = vectors.shape
    query = vectors[chance.integers(count)] if own else chance.standard_normal(dimensions).astype(np.float32)
    allowed = chance.random(count) < share
    excluded = chance.integers(0, count, 3).tolist()
    rows = np.setdiff1d(np.flatnonzero(allowed), excluded)
    found = Index.of(vectors).top(query, limit, allowed, excluded)
    assert list(zip(found.scores, found.rows, strict=True)) == brute_force(query, vectors, limit, rows)


@settings(deadline=None, max_examples=60)
@given(tables(), tables(least_rows=2), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_a_batch_finds_what_comparing_with_every_row_finds(
    left: Vectors, right: Vectors, limit: int, seed: int
) -> None:
    width = min(left.shape[1], right.shape[1])
    left, right = left[:12, :width].copy(), right[:, :width].copy()
    chance = np.random.default_rng(seed)
    barred = [np.unique(chance.integers(0, len(right), chance.integers(0, 4))) for _ in left]
    starts = np.concatenate([[0], np.cumsum([len(some) for some in barred])]).astype(np.int64)
    found = batch_top(left, right, limit, Excluded(starts, np.concatenate(barred).astype(np.int64)))
    for row, some in enumerate(barred):
        best = brute_force(left[row], right, limit, np.setdiff1d(np.arange(len(right)), some))
        assert list(zip(found.scores[row], found.rows[row], strict=True))[: len(best)] == best
        assert (found.rows[row, len(best) :] == -1).all()
        assert np.isneginf(found.scores[row, len(best) :]).all()


@pytest.mark.parametrize("kind", ["clustered", "equal", "isotropic", "growing"])
def test_a_batch_over_several_blocks_and_tiles_gives_what_the_index_gives(kind: str) -> None:
    chance = np.random.default_rng(5)
    count = 2 * TILE_COLUMNS + 700
    vectors = chance.standard_normal((count, 24)).astype(np.float32)
    if kind == "clustered":
        vectors = vectors[chance.integers(0, 40, count)] + 0.1 * vectors
    elif kind == "equal":
        vectors[:] = vectors[0]
    elif kind == "growing":
        vectors *= np.arange(1, count + 1, dtype=np.float32)[:, None]
    found = batch_top(vectors, vectors, 20, itself_excluded(count))
    index = Index.of(vectors)
    for row in (0, 1, BLOCK_ROWS - 1, BLOCK_ROWS, count - 1):
        alone = index.top(vectors[row], 20, excluded=(row,))
        np.testing.assert_array_equal(found.rows[row], alone.rows)
        np.testing.assert_array_equal(found.scores[row], alone.scores)


def test_the_score_of_a_pair_does_not_depend_on_those_beside_it() -> None:
    chance = np.random.default_rng(2)
    vectors = chance.standard_normal((9_000, 77)).astype(np.float32)
    rows = np.arange(9_000, dtype=np.int64)
    together = pair_scores(vectors, rows, vectors, rows[::-1].copy())
    alone = [pair_scores(vectors, rows[[row]], vectors, rows[[8_999 - row]])[0] for row in range(0, 9_000, 500)]
    assert together[::500].tolist() == alone


def test_structure_lets_the_index_read_less_and_its_absence_makes_it_read_all_at_once() -> None:
    chance = np.random.default_rng(3)
    plain = chance.standard_normal((4_000, 256)).astype(np.float32)
    low = (chance.standard_normal((4_000, 8)) @ chance.standard_normal((8, 256))).astype(np.float32) + 0.02 * plain
    assert Index.of(low).checks[0][0] == 32
    assert Index.of(plain).checks == ((), ())


def test_more_than_there_are_and_nothing_at_all() -> None:
    vectors = np.eye(3, dtype=np.float32)
    index = Index.of(vectors)
    assert index.top(vectors[1], 10).rows.tolist() == [1, 0, 2]
    assert index.top(vectors[1], 10, np.zeros(3, dtype=np.bool_)).rows.tolist() == []
    assert index.top(np.zeros(3), 2).rows.tolist() == [0, 1]
    assert index.top(vectors[1], 0).rows.tolist() == []
    assert Index.of(np.zeros((0, 3))).top(vectors[0], 5).rows.tolist() == []
    assert batch_top(vectors[:0], vectors, 4).rows.shape == (0, 4)
    assert batch_top(vectors, vectors[:0], 2).rows.tolist() == [[-1, -1]] * 3


def test_vectors_that_cannot_be_searched_are_refused_with_their_row() -> None:
    vectors = np.ones((6, 4), dtype=np.float32)
    broken = vectors.copy()
    broken[4, 1] = np.nan
    for bad in (broken, np.where(np.isnan(broken), np.inf, broken), np.where(np.isnan(broken), 1e30, broken)):
        with pytest.raises(VectorTableError, match="row 4"):
            Index.of(bad)
        with pytest.raises(VectorTableError, match=r"right vectors .* row 4"):
            batch_top(vectors, bad, 2)
    index = Index.of(vectors)
    with pytest.raises(VectorTableError, match="query"):
        index.top(np.array([1, np.nan, 0, 0]), 2)
    with pytest.raises(VectorTableError, match="query"):
        index.top(np.ones(5), 2)
    with pytest.raises(VectorTableError, match="mask"):
        index.top(np.ones(4), 2, np.ones(5, dtype=np.bool_))
    with pytest.raises(VectorTableError, match="shape"):
        Index.of(np.ones(4))
    with pytest.raises(VectorTableError, match="excluded"):
        batch_top(vectors, vectors, 2, itself_excluded(5))


def test_one_thread_computes_inside_and_all_again_behind() -> None:
    script = """
        import numpy
        from threadpoolctl import ThreadpoolController
        from madang_matching.nearest.threads import one_thread

        libraries = ThreadpoolController().select(user_api="blas").lib_controllers
        before = [library.num_threads for library in libraries]
        with one_thread():
            assert {library.num_threads for library in libraries} == {1}
        assert [library.num_threads for library in libraries] == before
    """
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2"}
    environment.pop("OMP_NUM_THREADS", None)
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=environment, check=True)
