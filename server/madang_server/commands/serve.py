"""`madang serve`: the web."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: MADANG_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on. Default: MADANG_PORT.")] = None,
) -> None:
    """Serve pages and API until Ctrl-C or SIGTERM.

    Uses the servers that NEO4J_URI and REDIS_URL name; with both unset, local ones are started beside it.
    """
    from madang_server.commands.steps import Steps
    from madang_server.local.claim import require_free_port
    from madang_server.operations.serving import run_web
    from madang_server.settings import read_settings

    settings = read_settings(host=host, port=port)
    require_free_port(settings.host, settings.port)
    with Steps().connected(settings) as ready:
        run_web(ready)
