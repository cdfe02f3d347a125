"""Which encoder and which text a stored vector stands for."""

from __future__ import annotations

import hashlib

ENCODER = "use-multilingual-3"
"""Name of the encoder behind `madang_matching.text.UniversalEncoder`; another name makes every vector anew."""


def vector_key(text: str) -> str:
    """Return the key to store beside the vector of `text`."""
    return f"{ENCODER}:{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"
