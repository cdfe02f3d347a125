"""What the caller sees when something is missing or broken: a table from error to status, as JSON or as a page."""

from __future__ import annotations

from html import escape

import structlog
from madang_graph.errors import GraphAuthError, GraphTimeoutError, GraphUnavailableError
from redis.exceptions import ConnectionError as ValkeyConnectionError
from redis.exceptions import TimeoutError as ValkeyTimeoutError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ExceptionHandler, Scope

log = structlog.get_logger("madang.failures")

RETRY_AFTER_S = 5

# error → (status, code). The wrong password is the operator's matter: callers see that the service is away.
_STATUS: dict[type[Exception], tuple[int, str]] = {
    GraphUnavailableError: (503, "SERVICE_UNAVAILABLE"),
    GraphAuthError: (503, "SERVICE_UNAVAILABLE"),
    GraphTimeoutError: (503, "TIMEOUT"),
    ValkeyConnectionError: (503, "SERVICE_UNAVAILABLE"),
    ValkeyTimeoutError: (503, "SERVICE_UNAVAILABLE"),
}

_WORDS: dict[str, tuple[str, str]] = {
    "SERVICE_UNAVAILABLE": (
        "지금은 마당에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "Madang cannot be reached right now. Please try again in a moment.",
    ),
    "TIMEOUT": (
        "답을 준비하는 데 너무 오래 걸렸습니다. 조건을 줄이거나 잠시 후 다시 시도해 주세요.",
        "The answer took too long. Please ask for less, or try again in a moment.",
    ),
    "INTERNAL_SERVER_ERROR": (
        "예상하지 못한 오류가 발생했습니다. 아래 번호를 알려 주시면 원인을 찾을 수 있습니다.",
        "Something unexpected went wrong. With the number below we can find out what.",
    ),
}


def failure_handlers() -> dict[type[Exception], ExceptionHandler]:
    """Return the handlers for Starlette: every error of the table gets its answer, logged once in a line."""
    return dict.fromkeys(_STATUS, _answer_failure)


async def _answer_failure(request: Request, error: Exception) -> Response:
    status, code = status_of(error)
    log.warning("service missing", code=code, cause=str(error))
    return failure_response(request.scope, status, code)


def status_of(error: Exception) -> tuple[int, str]:
    """Return (status, code) of an error; (500, "INTERNAL_SERVER_ERROR") when it is not in the table."""
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 500, "INTERNAL_SERVER_ERROR"


def failure_response(scope: Scope, status: int, code: str, error_id: str | None = None) -> Response:
    """Return the answer for a failure: JSON for programs, a page that needs nothing else for browsers."""
    headers = {"cache-control": "no-store"}
    if status == 503:
        headers["retry-after"] = str(RETRY_AFTER_S)
    if wants_page(scope):
        return _page(scope, status, code, error_id, headers)
    extensions = {"code": code} | ({"id": error_id} if error_id else {})
    korean, english = _WORDS.get(code, _WORDS["INTERNAL_SERVER_ERROR"])
    message = korean if _speaks_korean(scope) else english
    return JSONResponse({"errors": [{"message": message, "extensions": extensions}]}, status, headers)


def _page(scope: Scope, status: int, code: str, error_id: str | None, headers: dict[str, str]) -> Response:
    """The page in the frame of the site, where it can be made; else one that stands alone."""
    in_frame = getattr(scope["app"].state, "failure_in_frame", None) if "app" in scope else None
    if in_frame is not None:
        try:
            response = in_frame(scope, status, code, error_id)
        except Exception:
            log.exception("failure page failed", code=code, error_id=error_id)
        else:
            response.headers.update(headers)
            return response
    return HTMLResponse(failure_page(code, error_id), status, headers)


def wants_page(scope: Scope) -> bool:
    """Tell whether the caller is a browser that shows a page, not a program that reads JSON."""
    if scope["path"].startswith(("/graphql", "/health", "/metrics")):
        return False
    return "text/html" in _header(scope, b"accept")


def failure_page(code: str, error_id: str | None = None) -> str:
    """Return a whole page in both languages, without style, script or any other file: nothing else may be there."""
    korean, english = _WORDS.get(code, _WORDS["INTERNAL_SERVER_ERROR"])
    number = f'<p><code lang="en">{escape(error_id)}</code></p>' if error_id else ""
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>마당 Madang</title></head>'
        f'<body><main><h1>마당 Madang</h1><p>{korean}</p><p lang="en">{english}</p>{number}'
        '<p><a href="">다시 시도 <span lang="en">Try again</span></a></p></main></body></html>\n'
    )


def _speaks_korean(scope: Scope) -> bool:
    return "ko" in _header(scope, b"accept-language").lower()


def _header(scope: Scope, wanted: bytes) -> str:
    return ",".join(value.decode("latin-1") for name, value in scope["headers"] if name == wanted)
