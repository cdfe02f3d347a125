"""Logs: JSON lines or readable ones, every line with the request or job it belongs to, none with personal data."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog

LogFormat = Literal["json", "pretty"]

# Errors of drivers and libraries quote what they were given: a constraint names the e-mail address, a URL its password.
_PRIVATE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=://)[^/\s@]*:[^/\s]*(?=@)"), "<credentials>"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "<e-mail>"),
    (re.compile(r"(?i)\b(bearer|cookie|set-cookie|authorization)\b[=: ]+\S+"), r"\1 <secret>"),
    # Session ids and tokens have 256 bits: 43 characters of base64url, 64 of hex. Public ids are shorter than 32.
    (re.compile(r"(?<![\w/.-])[A-Za-z0-9_-]{40,}(?![\w/.-])"), "<secret>"),
)
# Libraries that log arguments, addresses or each request are kept to what is wrong.
_QUIET = ("arq", "neo4j", "neo4j.notifications", "asyncio", "httpx", "httpcore", "uvicorn.access", "multipart")


def without_personal_data(text: str) -> str:
    """Return `text` with e-mail addresses, credentials, tokens and session ids replaced by a word."""
    for pattern, word in _PRIVATE:
        text = pattern.sub(word, text)
    return text


def configure_logs(log_format: LogFormat, level: str = "info", stream: TextIO | None = None) -> None:
    """Send structlog's and the standard library's lines to `stream` (standard error when None) in one form.

    Called once by each entry point; calling again replaces the form and the stream.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _clean,
                _renderer(log_format),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _renderer(log_format: LogFormat) -> Any:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)


def _clean(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = without_personal_data(value)
        elif not isinstance(value, bool | int | float | None):
            event[key] = without_personal_data(str(value))
    return event
