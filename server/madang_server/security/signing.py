"""Signed words in addresses: what one was given out for, and by whom it may be used, cannot be changed."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

MOST = 400
"""Characters; longer ones are not looked at."""


class Signer:
    """Made of the site's secret; the same in all its processes."""

    def __init__(self, secret: str) -> None:
        self._secret = hmac.digest(secret.encode(), b"madang addresses", "sha256")

    def sign(self, purpose: str, *words: str | int) -> str:
        """Return the words as one signed word of letters, digits, `-`, `_` and one dot. It does not hide them."""
        said = _packed(json.dumps(words, separators=(",", ":")).encode())
        return f"{said}.{self._seal(purpose, said)}"

    def read(self, purpose: str, signed: str) -> Sequence[str | int] | None:
        """Return the words; None for what was not signed here for this purpose."""
        said, _, seal = signed[: MOST + 1].partition(".")
        if len(signed) > MOST or not hmac.compare_digest(
            seal.encode("utf-8", "replace"), self._seal(purpose, said).encode()
        ):
            return None
        return json.loads(urlsafe_b64decode(said + "=" * (-len(said) % 4)))

    def _seal(self, purpose: str, said: str) -> str:
        text = f"{purpose}\n{said}".encode("utf-8", "replace")
        return _packed(hmac.new(self._secret, text, hashlib.sha256).digest())


def _packed(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
