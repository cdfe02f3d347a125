"""What signing in needs, made once per process."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from redis.asyncio import Redis

from madang_server.security.attempts import Attempts
from madang_server.security.forgery import Forgery
from madang_server.security.passwords import Passwords

_VALKEY_TIMEOUT_S = 0.5


@dataclass(frozen=True, slots=True)
class Identity:
    """Passwords, the counting of tries, and the check for forged requests."""

    passwords: Passwords
    attempts: Attempts
    forgery: Forgery


@asynccontextmanager
async def open_identity(
    valkey_url: str, secret: str, origin: str, clock: Callable[[], datetime]
) -> AsyncGenerator[Identity]:
    """Give the parts of signing in. Valkey is reached at the first try that is counted.

    Args:    secret: the signing key of the settings.  origin: scheme, host and port as browsers see them.
    """
    valkey = Redis.from_url(valkey_url, socket_timeout=_VALKEY_TIMEOUT_S, socket_connect_timeout=_VALKEY_TIMEOUT_S)
    try:
        yield Identity(Passwords(), Attempts(valkey, clock), Forgery(secret.encode(), origin))
    finally:
        await valkey.aclose()
