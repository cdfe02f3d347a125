"""Signed cursors: where a page ended, bound to the list and order they were given out for."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

import orjson

from madang_graph.errors import CursorError

_MAC_BYTES = 9
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class CursorSigner:
    """Makes and reads cursors. Two servers with the same secret understand each other's."""

    def __init__(self, secret: bytes) -> None:
        self._key = hashlib.blake2b(secret, digest_size=32, person=b"madang-cursor").digest()
        # One entry per list and order of the schema, so it stays small.
        self._keyed: dict[str, hashlib.blake2b] = {}

    def seal(self, place: str, value: Any, node_id: str) -> str:
        """Return the cursor after the row with this sort value and id. `place` names the list and its order."""
        body = orjson.dumps([value, node_id])
        raw = binascii.b2a_base64(self._mac(place, body) + body, newline=False)
        return raw.translate(_URL_SAFE, b"=").decode()

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
        keyed = self._keyed.get(place)
        if keyed is None:
            keyed = hashlib.blake2b(place.encode() + b"\0", digest_size=_MAC_BYTES, key=self._key)
            self._keyed[place] = keyed
        keyed = keyed.copy()
        keyed.update(body)
        return keyed.digest()
