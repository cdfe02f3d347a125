"""The fit of every night, started by the worker: `python -m madang_server.commands.nightly_fit`.

A version that a person chose with `madang fit --use` stays; the new one is kept beside it.
"""

from __future__ import annotations

import asyncio
import os

from madang_server.local.jars import silent

NICENESS = 10
"""Pages and the lists of edits go first."""


def main() -> None:
    """Fit on the graph at the address of the environment's settings."""
    from madang_server.commands.fit import fit_graph
    from madang_server.operations.logs import configure_logs
    from madang_server.settings import read_settings

    settings = read_settings()
    configure_logs(settings.log_format, settings.log_level)
    os.nice(NICENESS)
    asyncio.run(fit_graph(settings, silent, unless_held=True))


if __name__ == "__main__":
    main()
