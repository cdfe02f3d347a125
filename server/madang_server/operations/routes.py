"""The addresses of operations: health, metrics, reports of the browser's content policy."""

from __future__ import annotations

import structlog
from madang_graph.errors import GraphError
from madang_graph.writes.outbox import count_rows
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from madang_server.operations.health import live, ready
from madang_server.operations.metrics import hidden_response, may_read_metrics, metrics_response
from madang_server.operations.policy_reports import csp_report
from madang_server.wiring import Services, services_of

log = structlog.get_logger("madang.operations")


def operation_routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
        Route("/csp-report", csp_report, methods=["POST"]),
    ]


async def metrics(request: Request) -> Response:
    """Answer the figures of this process and of the queue; 404 to whoever may not read them."""
    services = services_of(request)
    if not may_read_metrics(request, services.settings.metrics_token.get_secret_value()):
        return hidden_response()
    services.metrics.statements.set(services.graph.statements_sent)
    await _note_queue(services)
    await _note_outbox(services)
    return metrics_response(services.metrics)


async def _note_queue(services: Services) -> None:
    try:
        services.metrics.note_queue(await services.queue.figures())
    except (RedisError, OSError):
        services.metrics.jobs_waiting.set(-1)


async def _note_outbox(services: Services) -> None:
    try:
        waiting, given_up = await count_rows(services.graph)
    except GraphError:
        waiting, given_up = -1, -1
    services.metrics.jobs_in_outbox.set(waiting)
    services.metrics.jobs_given_up.set(given_up)
