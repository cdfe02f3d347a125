"""How fast the exact nearest are found: `python -m tests.benchmarks.nearest [--size 100000] [--only one batch full]`.

`one`: one query against all vectors, beside scikit-learn's brute force, which must find the same 20. `batch`: blocks
of rows against all, beside the plain matrix product of the same tiles and beside numpy's argpartition. `full`: all
against all, with as many processes as cores, beside the greatest rate of the plain product on all cores.

What is compared runs in turn, so that noise meets both. Ratios are given for time on the clock and for CPU time: on a
busy machine only the second says much. Vectors: a mixture of 48 directions with noise; texts of the seeds with noise;
no structure at all.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import madang_seeds
import numpy as np
import psutil
from madang_matching.blocks import Workers
from madang_matching.nearest import Index, batch_top
from madang_matching.nearest.batch import BLOCK_ROWS, TILE_COLUMNS
from madang_matching.nearest.exact import Vectors, best_of
from madang_matching.nearest.threads import one_thread
from madang_matching.text import UniversalEncoder
from madang_seeds.seoul.data_set import data_set
from sklearn.neighbors import NearestNeighbors

LIMIT, LARGE_LIMIT = 20, 200
DIMENSIONS = 256
"""Of the batch."""
_TEXT_CHARACTERS = 200
_TILES_OF_BASELINE = 8


def unit(rows: Any) -> Vectors:
    return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)).astype(np.float32)


def mixture(count: int, dimensions: int) -> Vectors:
    """Return 200 groups in 48 directions, with noise of .35 of their length in all."""
    chance = np.random.default_rng(0)
    axes = chance.standard_normal((48, dimensions))
    centres = chance.standard_normal((200, 48))[chance.integers(0, 200, count)]
    points = unit((centres + 0.6 * chance.standard_normal((count, 48))) @ axes)
    return unit(points + 0.35 * unit(chance.standard_normal((count, dimensions))))


def without_structure(count: int, dimensions: int) -> Vectors:
    return unit(np.random.default_rng(1).standard_normal((count, dimensions)))


def of_texts(count: int, noise: float) -> Vectors:
    """Return the sentence vectors of the seeds, each as often as needed, with noise of a share of their length."""
    chance = np.random.default_rng(2)
    known = text_vectors()
    return unit(known[chance.integers(0, len(known), count)] + noise * unit(chance.standard_normal((count, 512))))


@cache
def text_vectors() -> Vectors:
    started = time.perf_counter()
    texts = sorted(set(seed_texts()))
    vectors = UniversalEncoder().encode(texts)
    print(f"{len(texts):,} texts of the seeds encoded in {time.perf_counter() - started:.0f} s", flush=True)
    return vectors


def seed_texts() -> Iterator[str]:
    for table in data_set(date(2026, 11, 1)).tables:
        for row in table.rows():
            for record in row.records:
                properties: dict[str, Any] = dict(getattr(record, "properties", None) or {})
                yield from (str(properties[key]) for key in ("summary_ko", "text", "text_ko") if properties.get(key))
    path = Path(madang_seeds.__file__).parent / "data/landscape_organisations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            if row["description"]:
                yield row["description"][:_TEXT_CHARACTERS]


class Watch:
    """Milliseconds on the clock and of CPU of what runs, by name."""

    def __init__(self) -> None:
        self.clock: dict[str, list[float]] = {}
        self.cpu: dict[str, list[float]] = {}

    def run(self, name: str, work: Callable[..., Any], *given: Any) -> Any:
        clock, cpu = time.perf_counter(), time.process_time()
        result = work(*given)
        self.clock.setdefault(name, []).append((time.perf_counter() - clock) * 1_000)
        self.cpu.setdefault(name, []).append((time.process_time() - cpu) * 1_000)
        return result

    def times(self, name: str) -> str:
        took = self.clock[name]
        cpu = statistics.median(self.cpu[name])
        return f"{statistics.median(took):7.2f} ms, p95 {np.quantile(took, 0.95):7.2f}, CPU {cpu:7.2f}"

    def ratio(self, slow: str, fast: str) -> str:
        """Return how many times the second is faster: median of the pairs and the range of their middle 90 %."""
        said = [
            f"{np.median(each):.2f} x on the {name} ({np.quantile(each, 0.05):.2f} to {np.quantile(each, 0.95):.2f})"
            for name, took in (("clock", self.clock), ("CPU", self.cpu))
            for each in [np.array(took[slow]) / np.maximum(np.array(took[fast]), 1e-6)]
        ]
        return ", ".join(said)


def one(size: int, queries: int) -> None:
    kinds: dict[str, Callable[[], Vectors]] = {
        "mixture of 256": lambda: mixture(size, 256),
        "mixture of 512": lambda: mixture(size, 512),
        "texts of 512, noise .3": lambda: of_texts(size, 0.3),
        "texts of 512, noise .6": lambda: of_texts(size, 0.6),
        "no structure, 256": lambda: without_structure(size, 256),
        "no structure, 512": lambda: without_structure(size, 512),
    }
    print(f"\none query against {size:,}, {queries} queries")
    for name, make in kinds.items():
        vectors = make()
        started = time.perf_counter()
        index = Index.of(vectors)
        built = time.perf_counter() - started
        brute = NearestNeighbors(n_neighbors=LIMIT, algorithm="brute", metric="cosine").fit(vectors)
        watch, same, gap = Watch(), 0, 0.0
        for row in np.random.default_rng(3).integers(0, size, queries + 3)[:queries]:
            query = vectors[row]
            theirs = watch.run("sklearn", brute.kneighbors, query[None, :], LIMIT, False)
            ours = watch.run("index", index.top, query, LIMIT)
            watch.run("index 200", index.top, query, LARGE_LIMIT)
            same += int(np.array_equal(theirs[0], ours.rows))
            gap = max(gap, float(ours.scores[-1] - best_of(query, vectors, np.sort(theirs[0]), LIMIT).scores[-1]))
        print(f"\n{name}: index built in {built:.1f} s, looks at depths {index.checks[0][:3] or 'none'} first")
        print(f"  scikit-learn brute force  {watch.times('sklearn')}")
        print(f"  index, best {LIMIT}            {watch.times('index')}")
        print(f"  index, best {LARGE_LIMIT}           {watch.times('index 200')}")
        print(f"  faster                    {watch.ratio('sklearn', 'index')}")
        print(f"  the same {LIMIT} in the same order {same} of {queries}; least score apart by {gap:.1e}", flush=True)


def product(left: Vectors, right: Vectors, memory: Vectors) -> None:
    """Compute the tiles as the batch does, with one thread, and keep none."""
    for first in range(0, len(right) - TILE_COLUMNS + 1, TILE_COLUMNS):
        np.matmul(left, right[first : first + TILE_COLUMNS].T, out=memory)


def by_argpartition(left: Vectors, right: Vectors) -> None:
    """Select from blocks of columns as numpy offers it, then from what they gave."""
    found: list[Any] = []
    width = TILE_COLUMNS * _TILES_OF_BASELINE
    for first in range(0, len(right), width):
        scores = left @ right[first : first + width].T
        best = min(LIMIT, scores.shape[1])
        places = np.argpartition(scores, scores.shape[1] - best, axis=1)[:, scores.shape[1] - best :]
        found.append(np.take_along_axis(scores, places, axis=1))
    np.sort(np.concatenate(found, axis=1), axis=1)


def alone(work: Callable[..., Any]) -> Callable[..., Any]:
    def with_one_thread(*given: Any) -> Any:
        with one_thread():
            return work(*given)

    return with_one_thread


def batch(size: int, rounds: int) -> None:
    for name, vectors in (
        ("mixture", mixture(size, DIMENSIONS)),
        ("no structure", without_structure(size, DIMENSIONS)),
    ):
        watch = Watch()
        memory = np.empty((BLOCK_ROWS, TILE_COLUMNS), dtype=np.float32)
        rows = 4 * BLOCK_ROWS
        for turn in range(rounds):
            left = vectors[(turn * rows) % max(1, size - rows) :][:rows]
            for start in range(0, len(left) - BLOCK_ROWS + 1, BLOCK_ROWS):
                watch.run("product", alone(product), left[start : start + BLOCK_ROWS], vectors, memory)
            watch.run("argpartition", alone(by_argpartition), left[:BLOCK_ROWS], vectors)
            watch.run("batch", batch_top, left, vectors, LIMIT)
        for took in (watch.clock, watch.cpu):
            took["product"] = [sum(took["product"][at : at + 4]) for at in range(0, len(took["product"]), 4)]
            took["argpartition"] = [4 * each for each in took["argpartition"]]
        print(f"\n{rows:,} rows against {size:,} of {DIMENSIONS}, {name}, {rounds} rounds")
        print(f"  plain product of the tiles {watch.times('product')}")
        print(f"  batch, best {LIMIT}             {watch.times('batch')}")
        print(f"  share of the product's rate: {watch.ratio('product', 'batch')}")
        print(f"  faster than argpartition by blocks: {watch.ratio('argpartition', 'batch')}", flush=True)


def greatest_rates(vectors: Vectors) -> tuple[float, float]:
    """Return the greatest rate of plain products, over shapes and turns, in 1e9 operations a second: on all cores by
    the clock, and of one core by CPU time."""
    clock: list[float] = []
    cpu: list[float] = []
    for rows, columns in ((BLOCK_ROWS, TILE_COLUMNS), (1_024, 4_096), (2_048, 8_192)):
        left, right = vectors[:rows], vectors[:columns]
        memory = np.empty((len(left), len(right)), dtype=np.float32)
        operations = 2e-9 * memory.size * vectors.shape[1]
        for _ in range(12):
            started = time.perf_counter()
            np.matmul(left, right.T, out=memory)
            clock.append(operations / (time.perf_counter() - started))
            with one_thread():
                begun = time.process_time()
                np.matmul(left, right.T, out=memory)
                cpu.append(operations / (time.process_time() - begun))
    return statistics.quantiles(clock, n=20)[-1], statistics.quantiles(cpu, n=20)[-1]


def cpu_of_children() -> float:
    return sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children(recursive=True))


def full(size: int) -> None:
    vectors = mixture(size, DIMENSIONS)
    workers = Workers.of_machine()
    batch_top(vectors[: 2 * BLOCK_ROWS], vectors[:TILE_COLUMNS], LIMIT, workers=workers)
    clock_before, cpu_before = greatest_rates(vectors)
    started, begun = time.perf_counter(), cpu_of_children()
    batch_top(vectors, vectors, LIMIT, workers=workers)
    took, computed = time.perf_counter() - started, cpu_of_children() - begun
    clock_behind, cpu_behind = greatest_rates(vectors)
    clock, cpu = max(clock_before, clock_behind), max(cpu_before, cpu_behind)
    operations = 2e-9 * size * size * DIMENSIONS
    print(f"\n{size:,} x {size:,} x {DIMENSIONS}, best {LIMIT}, {workers.processes} processes: {took:.1f} s")
    print(f"  {operations / took / clock:.0%} of the product's greatest rate on all cores, {clock:.0f} GFLOP/s")
    print(f"  by CPU time, {computed:.1f} s, {operations / computed / cpu:.0%} of that of one core, {cpu:.0f} GFLOP/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", nargs="+", choices=("one", "batch", "full"), default=("one", "batch", "full"))
    given = parser.parse_args()
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if "batch" in given.only:
        batch(given.size, given.rounds)
    if "full" in given.only:
        full(given.size)
    if "one" in given.only:
        one(given.size, given.queries)


if __name__ == "__main__":
    main()
