"""What browsers report when the content policy stopped something: counted and logged, without what the page held."""

from __future__ import annotations

import contextlib
from typing import Any
from urllib.parse import urlsplit

import orjson
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

log = structlog.get_logger("madang.csp")

_MOST_BYTES = 16_384


async def csp_report(request: Request) -> Response:
    """Take a report of either form (`report-uri`, Reporting API); always 204, so that nobody learns anything."""
    body = b""
    with contextlib.suppress(ClientDisconnect):
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_BYTES:
                return Response(status_code=204)
    for report in _reports(body)[:5]:
        log.warning("content policy", directive=_directive(report), blocked=_origin(report))
    return Response(status_code=204)


def _reports(body: bytes) -> list[dict[str, Any]]:
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        return []
    entries: list[Any] = parsed if isinstance(parsed, list) else [parsed]
    found = [entry.get("csp-report", entry.get("body")) for entry in entries if isinstance(entry, dict)]
    return [report for report in found if isinstance(report, dict)]


def _directive(report: dict[str, Any]) -> str:
    name = report.get("effective-directive") or report.get("effectiveDirective") or report.get("violated-directive")
    return str(name or "unknown")[:40]


def _origin(report: dict[str, Any]) -> str:
    """Scheme and host only: paths and queries can hold what people typed."""
    address = str(report.get("blocked-uri") or report.get("blockedURL") or "unknown")[:2000]
    try:
        parts = urlsplit(address)
    except ValueError:
        return "malformed"
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else address.split(":")[0][:20]
