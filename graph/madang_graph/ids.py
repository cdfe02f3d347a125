"""Public ids: typed, stable, and for imported records derived from where they came from."""

from __future__ import annotations

import base64
import hashlib
import secrets


def stable_id(prefix: str, source: str, source_id: str) -> str:
    """Return the id of an imported record, the same for the same (source, source_id), as in `org_k3v…`.

    Args:    prefix: with its underscore, as declared on the node.  source, source_id: any text.
    Returns: prefix + 16 characters of a-z2-7 (80 bits of BLAKE2b).
    """
    digest = hashlib.blake2b(f"{source}\x1f{source_id}".encode(), digest_size=10).digest()
    return prefix + base64.b32encode(digest).decode().lower()


def new_id(prefix: str) -> str:
    """Return a fresh random id of the same form."""
    return prefix + base64.b32encode(secrets.token_bytes(10)).decode().lower()
