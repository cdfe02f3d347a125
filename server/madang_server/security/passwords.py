"""Passwords: argon2id in a thread, with the same work whether or not there is an account."""

from __future__ import annotations

import asyncio
import base64

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and verifies. Two at a time, because each takes 64 MiB for a tenth of a second."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = _hash_of_nobody(self._hasher)
        self._room = asyncio.Semaphore(2)

    async def hash(self, password: str) -> str:
        """Return the PHC string of a password."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Say whether the password belongs to the hash. None, for no account, takes as long and is never true."""
        async with self._room:
            fits = await asyncio.to_thread(self._fits, password, password_hash or self._nobody)
        return fits and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Say whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def _fits(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """A PHC string that no password fits and that costs as much to verify as a real one."""
    salt = base64.b64encode(bytes(hasher.salt_len)).decode().rstrip("=")
    digest = base64.b64encode(bytes(hasher.hash_len)).decode().rstrip("=")
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
