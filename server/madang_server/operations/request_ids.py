"""Request ids: one per request, taken from the caller when well-formed, sent back, and on every log line."""

from __future__ import annotations

import re
import secrets

# What proxies send: UUIDs, ULIDs, hex. Anything else could forge log lines, so it is replaced.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}")

HEADER = b"x-request-id"


def request_id(headers: list[tuple[bytes, bytes]]) -> str:
    """Return the caller's request id when it is 8 to 64 letters, digits, hyphens; else a fresh one of 16 hex digits."""
    for name, value in headers:
        if name == HEADER:
            text = value.decode("latin-1")
            if _WELL_FORMED.fullmatch(text):
                return text
    return secrets.token_hex(8)
