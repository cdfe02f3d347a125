"""Secrets that are given out once and kept as hashes only: session ids, API tokens."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_PREFIX = "mdg_"  # noqa: S105 — what every token begins with, so that leaked ones can be found by scanners


def new_session_id() -> str:
    """Return a fresh opaque session id: 256 random bits, 43 characters."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """Return a fresh API token: the prefix and 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, hex. Enough for 256 random bits; passwords need argon2id."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
