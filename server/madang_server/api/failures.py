"""Error → what a reader of the API is told: a code, a message that says what to do, and never an inside detail."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from graphql import GraphQLError
from madang_graph.errors import CursorError, GraphAuthError, GraphTimeoutError, GraphUnavailableError
from madang_graph.reading.writer import ArgumentError
from madang_server.api.guard import GuardError
from madang_server.api.plans import InvalidDocumentError

_log = structlog.get_logger()

# error → (extensions.code, HTTP status with application/graphql-response+json, whether its own message is shown)
_TABLE: tuple[tuple[type[Exception], str, int], ...] = (
    (GuardError, "QUERY_TOO_LARGE", 400),
    (CursorError, "BAD_USER_INPUT", 400),
    (ArgumentError, "BAD_USER_INPUT", 400),
    (GraphTimeoutError, "TIMEOUT", 503),
)
_AWAY = "The data cannot be reached at the moment. Try again in a minute."


def failure(error: Exception) -> tuple[int, list[dict[str, Any]]]:
    """Return (HTTP status, GraphQL errors) of an exception. The unexpected is logged; only its log id is shown."""
    if isinstance(error, InvalidDocumentError):
        return 400, [_formatted(one, error.code) for one in error.errors]
    for kind, code, status in _TABLE:
        if isinstance(error, kind):
            return status, [{"message": str(error), "extensions": {"code": code}}]
    if isinstance(error, GraphUnavailableError | GraphAuthError):
        _log.warning("graph.unavailable", cause=type(error).__name__)
        return 503, [{"message": _AWAY, "extensions": {"code": "SERVICE_UNAVAILABLE"}}]
    return 500, [unexpected(error)]


def unexpected(error: BaseException) -> dict[str, Any]:
    """Log a bug with a fresh id and return the GraphQL error that names the id."""
    error_id = secrets.token_hex(6)
    _log.error("api.unexpected", error_id=error_id, exc_info=error)
    return {
        "message": f"Something went wrong on our side. If you report it, give the number {error_id}.",
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "id": error_id},
    }


def _formatted(error: GraphQLError, code: str) -> dict[str, Any]:
    formatted: dict[str, Any] = {"message": error.message[:500]}
    if error.locations:
        formatted["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    formatted["extensions"] = {"code": code}
    return formatted


def of_execution(errors: list[GraphQLError]) -> list[dict[str, Any]]:
    """Return the errors of Strawberry's executor: those made by GraphQL itself as they are, others by the table."""
    shown: list[dict[str, Any]] = []
    for error in errors:
        cause = error.original_error
        if cause is None or isinstance(cause, GraphQLError):
            shown.append(_formatted(error, "BAD_USER_INPUT"))
        elif isinstance(cause, Exception):
            shown += failure(cause)[1]
    return shown
