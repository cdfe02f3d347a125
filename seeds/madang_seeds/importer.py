"""The one importer: rows, checked, in batches of 1,000, each with its checkpoint in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from madang_graph.client import Graph
from madang_graph.writes.imports import Batch, Checkpoint, forget_checkpoints, read_checkpoints, write_batch

from madang_seeds.records import NodeRecord, Problem, Record, problems

BATCH_ROWS = 1_000
VERSION = "1"
"""Part of every checksum: raise it when the importer writes the same rows differently."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the source: the records that it becomes, or why it is left out."""

    line: int
    records: Sequence[Record] = ()
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a data set. `rows` starts anew at each call and always gives the same rows in the same order."""

    name: str
    rows: Callable[[], Iterable[Row]]
    size: int | None = None
    """Number of rows, where it is known beforehand."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """Tables in the order in which they must be taken in."""

    name: str
    fingerprint: str
    """Changes when the input changes; the day of loading is not part of it."""
    tables: Sequence[Table]
    day: str | None = None
    """YYYY-MM-DD that relative dates count from."""


@dataclass(slots=True)
class Report:
    """What an import did."""

    rows: int = 0
    """Rows taken in by this run."""
    batches: int = 0
    """Transactions written by this run."""
    skipped_tables: int = 0
    """Tables that were already in."""
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    """The first 1,000 of them."""

    def add_problems(self, found: Iterable[Problem]) -> None:
        for problem in found:
            self.problem_count += 1
            if len(self.problems) < 1_000:
                self.problems.append(problem)


Progress = Callable[[str, int, int | None], None]
"""Called with (table, rows so far, rows in all or None)."""


def silent(table: str, rows: int, size: int | None) -> None:
    """Report nothing."""


async def run_import(graph: Graph, data_set: DataSet, progress: Progress = silent, *, again: bool = False) -> Report:
    """Take the data set in, from its checkpoints on; what is already in is not written again.

    Args:    again: ignore the checkpoints and write every row once more, which leaves an unchanged graph equal.
    """
    report = Report()
    if again:  # forgotten first, so that a broken repetition goes on as one, not as a mixture of two days
        await forget_checkpoints(graph, data_set.name)
    known = await read_checkpoints(graph, data_set.name)
    for table in data_set.tables:
        key = f"{data_set.name}/{table.name}"
        start = known.get(key)
        if start is None or start.checksum != checksum(data_set):
            start = Checkpoint(key, checksum(data_set), 0, 0, False, data_set.day)
        if start.done:
            report.skipped_tables += 1
            progress(table.name, start.rows, start.rows)
            continue
        await _take_in(graph, table, start, report, progress)
    return report


def checksum(data_set: DataSet) -> str:
    """Return what a checkpoint must carry to count for this input."""
    return f"{VERSION}:{data_set.fingerprint}"


async def _take_in(graph: Graph, table: Table, start: Checkpoint, report: Report, progress: Progress) -> None:
    checkpoint = start
    for number, rows, is_last in _batches(table):
        if number < start.batches_done:
            continue
        batch, count, found = _gather(rows)
        report.add_problems(found)
        checkpoint = replace(checkpoint, batches_done=number + 1, rows=checkpoint.rows + count, done=is_last)
        await write_batch(graph, batch, checkpoint, at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        report.rows += count
        report.batches += 1
        progress(table.name, checkpoint.rows, table.size)


def _batches(table: Table) -> Iterator[tuple[int, list[Row], bool]]:
    """Yield (number, rows, whether it is the last); an empty table is one empty batch, to have its checkpoint."""
    rows = iter(table.rows())
    current = list(islice(rows, BATCH_ROWS))
    number = 0
    while True:
        following = list(islice(rows, BATCH_ROWS))
        yield number, current, not following
        if not following:
            return
        number, current = number + 1, following


def _gather(rows: Iterable[Row]) -> tuple[Batch, int, list[Problem]]:
    nodes: dict[str, list[list[object]]] = {}
    edges: dict[str, list[list[object]]] = {}
    count = 0
    found: list[Problem] = []
    for row in rows:
        wrong = check(row)
        if wrong:
            found.extend(wrong)
            continue
        count += 1
        for record in row.records:
            wanted = nodes if isinstance(record, NodeRecord) else edges
            wanted.setdefault(record.target, []).append(record.row())
    return Batch(nodes, edges), count, found


def check(row: Row) -> list[Problem]:
    """Return why the row cannot be taken in; empty when it can."""
    return [*row.problems, *(problem for record in row.records for problem in problems(record, row.line))]
