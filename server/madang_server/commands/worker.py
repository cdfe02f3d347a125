"""`madang worker`: the jobs."""

from __future__ import annotations


def worker() -> None:
    """Run queued jobs until Ctrl-C or SIGTERM; a job in hand is finished first, or taken up again later."""
    from madang_server.commands.steps import Steps
    from madang_server.jobs.worker import run_worker
    from madang_server.settings import read_settings

    with Steps().connected(read_settings()) as settings:
        run_worker(settings)
