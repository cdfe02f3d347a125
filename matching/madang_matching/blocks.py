"""Work that falls into blocks: in this process, in several of this machine, or on a Dask cluster; always the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from madang_matching.errors import ClusterError

Block = TypeVar("Block")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Workers:
    """Who computes the blocks."""

    processes: int = 1
    """Processes on this machine, at least 1; several have one thread each for matrix products."""
    scheduler: str | None = None
    """Address of a Dask scheduler, as in tcp://10.0.0.5:8786; then its workers compute."""

    @classmethod
    def of_machine(cls, scheduler: str | None = None) -> Workers:
        """Return the Dask cluster where an address is given, else a process per core."""
        return cls(os.cpu_count() or 1, scheduler or None)

    @property
    def several(self) -> bool:
        """Whether blocks leave this process."""
        return self.scheduler is not None or self.processes > 1


ALONE = Workers()

CONNECT_S = 30
"""How long a scheduler may take to answer."""


def row_blocks(count: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each block of at most `size` rows, in order."""
    for start in range(0, count, size):
        yield start, min(start + size, count)


def run_blocks(function: Callable[[Block], Result], blocks: Sequence[Block], workers: Workers = ALONE) -> list[Result]:
    """Return what the function gives for each block, in order of the blocks.

    The answer does not depend on the workers as long as the function's does not: a block lost with its worker is
    computed again elsewhere.

    Args:
        function: of a module that workers can import, or a `functools.partial` of one; without side effects. Bind
            large arrays by path and map them inside.
        blocks: small; each is sent to a worker.
        workers: who computes.

    Raises: ClusterError: Dask is not installed, its scheduler does not answer, or workers were lost again and again.
    """
    if workers.scheduler is not None:
        return _on_cluster(function, blocks, workers.scheduler)
    if workers.processes > 1 and len(blocks) > 1:
        return _in_processes(function, blocks, workers.processes)
    return [function(block) for block in blocks]


def _in_processes(function: Callable[[Block], Result], blocks: Sequence[Block], processes: int) -> list[Result]:
    import joblib  # pyright: ignore[reportMissingTypeStubs]  # the processes are not needed for one list

    library = cast("Any", joblib)
    with library.parallel_config(backend="loky", inner_max_num_threads=1):
        return cast(
            "list[Result]",
            library.Parallel(n_jobs=min(processes, len(blocks)))(library.delayed(function)(block) for block in blocks),
        )


def _on_cluster(function: Callable[[Block], Result], blocks: Sequence[Block], scheduler: str) -> list[Result]:
    try:
        import distributed  # pyright: ignore[reportMissingImports]
    except ImportError as missing:
        raise ClusterError(scheduler, "Dask is not installed; install madang[dask]") from missing
    library = cast("Any", distributed)
    try:
        client = library.Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError) as silent:
        raise ClusterError(scheduler, "the scheduler does not answer") from silent
    with client:
        try:
            return cast("list[Result]", client.gather(client.map(function, blocks, pure=False)))
        except library.KilledWorker as lost:
            raise ClusterError(scheduler, "a block ended several workers; see their memory and logs") from lost
