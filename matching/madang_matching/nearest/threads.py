"""One thread for matrix products: beside other work, threads that wait for each other cost more than they bring."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which matrix products use one thread, some microseconds to enter.

    threadpoolctl lets one thread of a process set the number; in the others nothing changes, but the time.
    """
    return _controller().limit(limits=1)


@cache
def _controller() -> Any:
    """Return the control of the BLAS libraries, found once: looking for them takes milliseconds."""
    import threadpoolctl  # pyright: ignore[reportMissingTypeStubs]

    library: Any = threadpoolctl
    return library.ThreadpoolController().select(user_api="blas")
