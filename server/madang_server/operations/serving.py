"""Running the web process: uvicorn with its fast parts, our own logs, and one way to stop."""

from __future__ import annotations

import uvicorn

from madang_server.operations.logs import configure_logs
from madang_server.settings import Settings


def run_web(settings: Settings) -> None:
    """Serve the web until SIGINT or SIGTERM; open requests get ten seconds to end."""
    from madang_server.app import create_app
    from madang_server.wiring import open_web

    configure_logs(settings.log_format, settings.log_level)
    uvicorn.run(
        create_app(lambda: open_web(settings)),
        host=settings.host,
        port=settings.port,
        loop="auto",  # uvloop where it exists
        http="httptools",
        ws="none",
        access_log=False,  # the request's own line has its id and no address
        log_config=None,
        server_header=False,
        proxy_headers=False,  # nothing reads the caller's address
        timeout_graceful_shutdown=10,
    )
