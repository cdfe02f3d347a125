"""How often something may be tried: counted in Valkey for all processes, in this process while Valkey is away."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger("madang.attempts")

_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries in each window of `window_s` seconds."""

    most: int
    window_s: int


SIGN_IN_BY_ADDRESS = "sign_in.address"
SIGN_IN_BY_EMAIL = "sign_in.email"
REGISTER_BY_ADDRESS = "register.address"
CHECK_BY_ADDRESS = "check.address"

LIMITS: Mapping[str, Limit] = {
    SIGN_IN_BY_ADDRESS: Limit(100, 900),
    SIGN_IN_BY_EMAIL: Limit(10, 900),
    REGISTER_BY_ADDRESS: Limit(50, 3_600),
    CHECK_BY_ADDRESS: Limit(200, 900),
}
"""An office of many people shares one address; one e-mail address belongs to one person."""


def network_of(address: str) -> str:
    """Return what counts as one caller: an IPv4 address, or the /64 that an IPv6 user has to themselves."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


class Attempts:
    """Counts tries per kind and subject in fixed windows. Subjects are kept as hashes only."""

    def __init__(
        self, valkey: Redis | None, clock: Callable[[], datetime], limits: Mapping[str, Limit] = LIMITS
    ) -> None:
        self._valkey = valkey
        self._clock = clock
        self._limits = limits
        self._here: dict[str, int] = {}

    async def allows(self, kind: str, subject: str) -> bool:
        """Count a try and say whether it is within the limit of its kind."""
        key, limit = self._key(kind, subject)
        return await self._count(key, limit.window_s) <= limit.most

    async def forgive(self, kind: str, subject: str) -> None:
        """Forget the tries, after one that succeeded."""
        key, _ = self._key(kind, subject)
        self._here.pop(key, None)
        if self._valkey is not None:
            try:
                await self._valkey.delete(key)
            except (RedisError, OSError) as error:
                log.warning("tries are counted in this process", cause=type(error).__name__)

    def wait_minutes(self, kind: str) -> int:
        """Return after how many minutes, at most, tries are free again."""
        return -(-self._limits[kind].window_s // 60)

    def _key(self, kind: str, subject: str) -> tuple[str, Limit]:
        limit = self._limits[kind]
        window = int(self._clock().timestamp()) // limit.window_s
        digest = hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return f"madang:tries:{kind}:{digest}:{window}", limit

    async def _count(self, key: str, window_s: int) -> int:
        if self._valkey is not None:
            try:
                async with self._valkey.pipeline(transaction=True) as pipeline:
                    pipeline.incr(key)
                    pipeline.expire(key, window_s)
                    count, _ = await pipeline.execute()
                return int(count)
            except (RedisError, OSError) as error:
                log.warning("tries are counted in this process", cause=type(error).__name__)
        return self._count_here(key)

    def _count_here(self, key: str) -> int:
        if key not in self._here and len(self._here) >= _MOST_KEPT:
            del self._here[next(iter(self._here))]
        self._here[key] = self._here.get(key, 0) + 1
        return self._here[key]
