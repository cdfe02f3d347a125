"""Counting tries: in Valkey for all processes, here while it is away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from madang_server.local.processes import free_port
from madang_server.security.attempts import SIGN_IN_BY_EMAIL, Attempts, Limit, network_of
from redis.asyncio import Redis

from tests.server.builders import Clock

THREE = {SIGN_IN_BY_EMAIL: Limit(3, 900)}
WHO = "hana@example.kr"


@pytest_asyncio.fixture(loop_scope="session")
async def valkey(valkey_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(valkey_url) as client:
        await client.flushdb()
        yield client
        await client.flushdb()


async def outcomes(attempts: Attempts, tries: int = 4, who: str = WHO) -> list[bool]:
    return [await attempts.allows(SIGN_IN_BY_EMAIL, who) for _ in range(tries)]


async def test_the_fourth_of_three_tries_is_refused_by_every_process(valkey: Redis) -> None:
    clock = Clock()
    one, other = Attempts(valkey, clock, THREE), Attempts(valkey, clock, THREE)
    assert await outcomes(one, 2) == [True, True]
    assert await outcomes(other, 2) == [True, False]
    assert await outcomes(one, 1) == [False]


async def test_each_has_tries_of_its_own(valkey: Redis) -> None:
    attempts = Attempts(valkey, Clock(), THREE)
    await outcomes(attempts)
    assert await outcomes(attempts, 1, "other@example.kr") == [True]


async def test_the_next_window_is_free(valkey: Redis) -> None:
    clock = Clock()
    attempts = Attempts(valkey, clock, THREE)
    await outcomes(attempts)
    clock.wait(minutes=15)
    assert await outcomes(attempts, 1) == [True]


async def test_a_success_forgets_the_tries(valkey: Redis) -> None:
    attempts = Attempts(valkey, Clock(), THREE)
    await outcomes(attempts)
    await attempts.forgive(SIGN_IN_BY_EMAIL, WHO)
    assert await outcomes(attempts) == [True, True, True, False]


async def test_counters_hold_no_address_and_end_by_themselves(valkey: Redis) -> None:
    await outcomes(Attempts(valkey, Clock(), THREE), 1)
    (name,) = await valkey.keys("*")
    assert b"hana" not in name
    assert 0 < await valkey.ttl(name) <= 900


async def test_tries_are_counted_while_valkey_is_away() -> None:
    away = Redis.from_url(f"redis://127.0.0.1:{free_port()}", socket_connect_timeout=0.2)
    async with away:
        attempts = Attempts(away, Clock(), THREE)
        assert await outcomes(attempts) == [True, True, True, False]
        await attempts.forgive(SIGN_IN_BY_EMAIL, WHO)
        assert await outcomes(attempts, 1) == [True]


async def test_what_is_counted_here_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("madang_server.security.attempts._MOST_KEPT", 10)
    attempts = Attempts(None, Clock(), THREE)
    for number in range(50):
        await attempts.allows(SIGN_IN_BY_EMAIL, f"person{number}@example.kr")
    assert len(attempts._here) == 10


@pytest.mark.parametrize(
    ("address", "caller"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_one_caller_is_an_ipv4_address_or_an_ipv6_network(address: str, caller: str) -> None:
    assert network_of(address) == caller
