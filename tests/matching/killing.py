"""A moment to kill a worker of a Dask cluster: when it is in the middle of its work."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any


def while_a_worker_is_killed(cluster: Any, work: Callable[[], Any]) -> Any:
    """Return what the work gives, one worker of the cluster being killed meanwhile; AssertionError where it hangs."""
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(work()))
    asking.start()
    os.kill(_busy_in_the_middle(cluster), signal.SIGKILL)
    asking.join(60)
    assert not asking.is_alive()
    return answers[0]


def _busy_in_the_middle(cluster: Any) -> int:
    """Return the process of a worker that has a block in work, once some blocks are done and others are not."""
    scheduler = cluster.scheduler
    processes = {worker.worker_address: worker.pid for worker in cluster.workers.values()}
    for _ in range(3_000):
        states = [task.state for task in list(scheduler.tasks.values())]
        at_work = [address for address, worker in list(scheduler.workers.items()) if worker.processing]
        if "memory" in states and set(states) - {"memory"} and at_work and at_work[0] in processes:
            return processes[at_work[0]]
        time.sleep(0.005)
    raise AssertionError("The cluster was never seen in the middle of its work.")
