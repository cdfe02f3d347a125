"""The nearest of every row of a table, exactly: matrix products by tiles, and a selection that costs little beside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from madang_matching.blocks import ALONE, Workers, row_blocks, run_blocks
from madang_matching.errors import VectorTableError
from madang_matching.nearest.exact import Vectors, checked, rounding, unit_of
from madang_matching.nearest.selection import Selection
from madang_matching.nearest.threads import one_thread
from madang_matching.sparse import Floats, Ints

BLOCK_ROWS = 512
"""Rows of the left table per block: what a process takes at once."""

TILE_COLUMNS = 1_024
"""A tile of 512 x 1,024 scores is 2 MB and stays in the cache of a core between product and selection."""

Table = NDArray[Any] | Path
"""Vectors in memory, or the path of a .npy file of float32 that every worker can map."""


@dataclass(frozen=True, slots=True, eq=False)
class NearestRows:
    """The best k of each row, best first; ties stand in order of their row."""

    rows: Ints
    """Shape (m, k), rows of the right table; -1 behind the last one where fewer may be listed."""
    scores: Floats
    """Shape (m, k), inner products in float64; -inf where the row is -1."""


@dataclass(frozen=True, slots=True, eq=False)
class Excluded:
    """What must not be listed: of left row i the right rows `columns[starts[i]:starts[i + 1]]`."""

    starts: Ints
    """Shape (m + 1,), ascending from 0."""
    columns: Ints

    def of_rows(self, start: int, stop: int) -> Excluded:
        """Return the part of some left rows."""
        first, last = int(self.starts[start]), int(self.starts[stop])
        return Excluded(self.starts[start : stop + 1] - first, self.columns[first:last])


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    start: int
    stop: int
    excluded: Excluded | None


def itself_excluded(count: int) -> Excluded:
    """Return what keeps each row off its own list, for a table against itself."""
    return Excluded(np.arange(count + 1, dtype=np.int64), np.arange(count, dtype=np.int64))


def batch_top(
    left: Table, right: Table, limit: int, excluded: Excluded | None = None, workers: Workers = ALONE
) -> NearestRows:
    """Return the right rows of the greatest inner products for every left row.

    Holds one tile of scores per process, never all of them; each process computes with one thread. The answer is that
    of `Index.top` row by row, whatever the number of workers and wherever they run.

    Args:
        left: shape (m, d), finite.
        right: shape (n, d), finite. Tables in memory are written to a temporary folder where there are several
            workers; on a cluster of several machines give paths that all of them see.
        limit: k, at least 1.
        excluded: pairs to leave out.
        workers: who computes.

    Raises: VectorTableError: a table or `excluded` is of the wrong shape, a file is not float32, a value is not finite.
    """
    with tempfile.TemporaryDirectory(prefix="madang-nearest-") as folder:
        lefts = _opened(left, "left vectors")
        rights = _opened(right, "right vectors", lefts.shape[1])
        if excluded is not None and excluded.starts.shape != (len(lefts) + 1,):
            raise VectorTableError("excluded pairs", f"have {len(excluded.starts)} starts; expected {len(lefts) + 1}")
        sources: list[Vectors | Path] = [lefts, rights]
        if workers.several:
            sources = [
                given if isinstance(given, Path) else _saved(table, Path(folder) / name)
                for given, table, name in ((left, lefts, "left.npy"), (right, rights, "right.npy"))
            ]
        work = partial(_block, sources[0], sources[1], limit, unit_of(lefts), unit_of(rights))
        blocks = [
            _Block(start, stop, excluded.of_rows(start, stop) if excluded is not None else None)
            for start, stop in row_blocks(len(lefts), BLOCK_ROWS)
        ]
        parts = run_blocks(work, blocks, workers)
    nothing = (np.zeros((0, limit), dtype=np.int64), np.zeros((0, limit)))
    return NearestRows(
        np.concatenate([nothing[0], *(rows for rows, _ in parts)]),
        np.concatenate([nothing[1], *(scores for _, scores in parts)]),
    )


def _block(
    left: Vectors | Path, right: Vectors | Path, limit: int, left_unit: float, right_unit: float, block: _Block
) -> tuple[Ints, Floats]:
    """Return the nearest of one block of left rows; runs in any process."""
    lefts, rights = _mapped(left)[block.start : block.stop], _mapped(right)
    selection = Selection(lefts, rights, limit, rounding(lefts.shape[1]))
    empty = np.flatnonzero(~lefts.any(axis=1)).astype(np.int64)
    selection.skip(empty)
    scaled = (lefts.astype(np.float64) / (left_unit * right_unit)).astype(np.float32)
    with one_thread():
        for first, scores in _tiles(scaled, rights):
            if block.excluded is not None:
                _strike_out(scores, first, block.excluded)
            selection.add(scores, first)
    rows, scores = selection.result()
    for row in empty:
        barred = _columns_of(block.excluded, int(row))
        least = np.setdiff1d(np.arange(min(len(rights), limit + len(barred))), barred)[:limit]
        rows[row, : len(least)] = least
        scores[row, : len(least)] = 0.0
    return rows, scores


def _tiles(left: Vectors, right: Vectors) -> Iterator[tuple[int, Vectors]]:
    """Yield the first column and the scores of each tile; the next tile takes the same memory."""
    memory = np.empty(len(left) * TILE_COLUMNS, dtype=np.float32)
    for first in range(0, len(right), TILE_COLUMNS):
        columns = right[first : first + TILE_COLUMNS]
        scores = memory[: len(left) * len(columns)].reshape(len(left), len(columns))
        np.matmul(left, columns.T, out=scores)
        yield first, scores


def _strike_out(scores: Vectors, first: int, excluded: Excluded) -> None:
    inside = np.flatnonzero((excluded.columns >= first) & (excluded.columns < first + scores.shape[1]))
    rows = np.searchsorted(excluded.starts, inside, side="right") - 1
    scores[rows, excluded.columns[inside] - first] = -np.inf


def _columns_of(excluded: Excluded | None, row: int) -> Ints:
    if excluded is None:
        return np.zeros(0, dtype=np.int64)
    return np.unique(excluded.columns[excluded.starts[row] : excluded.starts[row + 1]])


def _opened(table: Table, name: str, dimensions: int | None = None) -> Vectors:
    if not isinstance(table, Path):
        return checked(table, name, dimensions)
    vectors = _mapped(table)
    if vectors.dtype != np.float32 or not vectors.flags.c_contiguous:
        raise VectorTableError(name, f"in {table.name} are {vectors.dtype}; expected float32 in rows")
    return checked(vectors, name, dimensions)


def _mapped(table: Vectors | Path) -> Vectors:
    if isinstance(table, Path):
        return cast("Vectors", np.asarray(np.load(table, mmap_mode="r", allow_pickle=False)))
    return table


def _saved(vectors: Vectors, path: Path) -> Path:
    np.save(path, vectors)
    return path
