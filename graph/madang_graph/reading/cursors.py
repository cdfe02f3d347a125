"""Signed cursors: where a page ended, bound to the list and order they were given out for."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

import orjson

from madang_graph.errors import CursorError

_MAC_BYTES = 9


class CursorSigner:
    """Makes and reads cursors. Two servers with the same secret understand each other's."""

    def __init__(self, secret: bytes) -> None:
        self._key = hashlib.blake2b(secret, digest_size=32, person=b"madang-cursor").digest()

    def seal(self, place: str, value: Any, node_id: str) -> str:
        """Return the cursor after the row with this sort value and id. `place` names the list and its order."""
        body = orjson.dumps([value, node_id])
        return base64.urlsafe_b64encode(self._mac(place, body) + body).decode().rstrip("=")

    def open(self, place: str, cursor: str) -> tuple[Any, str]:
        """Return (sort value, id). Raises CursorError for anything that `seal` did not give out for this place."""
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise CursorError from None
        mac, body = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if mac != self._mac(place, body):
            raise CursorError
        value, node_id = orjson.loads(body)
        return value, node_id

    def _mac(self, place: str, body: bytes) -> bytes:
        return hashlib.blake2b(place.encode() + b"\0" + body, digest_size=_MAC_BYTES, key=self._key).digest()
