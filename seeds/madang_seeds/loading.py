"""Load a data set by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from madang_graph.client import Graph
from madang_graph.writes.imports import read_checkpoints

from madang_seeds import horizon, landscape
from madang_seeds.importer import DataSet, Progress, Report, checksum, run_import, silent
from madang_seeds.seoul import data_set as seoul
from madang_seeds.synthetic import data_set as synthetic

DATA_SETS: dict[str, Callable[[date], DataSet]] = {
    seoul.NAME: seoul.data_set,
    landscape.NAME: landscape.data_set,
    horizon.NAME: horizon.data_set,
    synthetic.NAME: synthetic.data_set,
}
"""Data sets that ship with Madang, each made for the day from which its relative dates count."""


class UnknownDataSetError(Exception):
    """No data set has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no data set {name!r}. There are: {', '.join(DATA_SETS)}; or give a file.")


async def load_dataset(
    graph: Graph,
    name: str,
    progress: Progress = silent,
    *,
    again: bool = False,
    today: date | None = None,
    make: Callable[[date], DataSet] | None = None,
) -> Report:
    """Take in a data set that ships with Madang; what is in already is not written again.

    Args:    again: ignore the checkpoints, write every row once more and count relative dates from today.
             today: the day to count from; the UTC day when not given. A broken import goes on with the day it began.
             make: makes the data set in another size or from another seed than `DATA_SETS` does.
    Raises:  UnknownDataSetError; GraphError.
    """
    if name not in DATA_SETS:
        raise UnknownDataSetError(name)
    make = make or DATA_SETS[name]
    data_set = make(today or datetime.now(UTC).date())
    if not again:
        marks = (await read_checkpoints(graph, name)).values()
        begun = [mark.day for mark in marks if mark.day and mark.checksum == checksum(data_set)]
        if begun:
            data_set = make(date.fromisoformat(min(begun)))
    return await run_import(graph, data_set, progress, again=again)
