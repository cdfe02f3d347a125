"""Passwords: what fits, what does not, and that the loop stays free."""

from __future__ import annotations

import asyncio

import pytest
from argon2 import PasswordHasher
from madang_server.security.passwords import Passwords

from tests.server.builders import QUICK


async def test_a_password_fits_its_own_hash_only() -> None:
    passwords = Passwords(QUICK)
    kept = await passwords.hash("열쇠는 마당에 있다")
    assert kept.startswith("$argon2id$")
    assert await passwords.verify("열쇠는 마당에 있다", kept)
    assert not await passwords.verify("열쇠는 마당에 없다", kept)


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA"])
async def test_nothing_fits_a_hash_that_is_missing_or_broken(kept: str | None) -> None:
    assert not await Passwords(QUICK).verify("", kept)
    assert not await Passwords(QUICK).verify("\x00" * 32, kept)


async def test_the_hash_of_nobody_costs_what_a_real_one_costs() -> None:
    hasher = PasswordHasher()
    assert not hasher.check_needs_rehash(Passwords(hasher)._nobody)


async def test_the_loop_stays_free_while_a_hash_is_made() -> None:
    passwords = Passwords(PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1))
    work = asyncio.create_task(passwords.hash("a slow one"))
    turns = 0
    while not work.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10
