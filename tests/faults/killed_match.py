"""A match run of its own process for `test_match_kills`: it replaces lists and waits to be killed in the middle.

Arguments: version of the lists, at which transaction of the run to wait, "before" or "after" its commit.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from madang_graph.client import Graph, GraphAddress, Transaction, open_graph
from madang_graph.writes.lists import FitRow, Lists, PartnerRow, replace_lists

SIZE = 12
PARTS = 4
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def lists(organisation: int, version: str, at: datetime = NOW) -> Lists:
    """A list of every other organisation and of every call."""
    fits = [FitRow(f"call_{rank}", rank, 0.5, "check", "[]", "[]") for rank in range(1, SIZE)]
    others = [number for number in range(SIZE) if number != organisation]
    partners = [PartnerRow(f"org_{number}", rank, 0.5, "[]") for rank, number in enumerate(others, 1)]
    return Lists(f"org_{organisation}", version, at, fits, partners, "20260302-0123456789ab")


async def run(graph: Graph, version: str, at: datetime = NOW) -> int:
    """Replace all lists in parts, as a match run does; return how many organisations show them."""
    shown = 0
    for part in range(PARTS):
        own = range(part * SIZE // PARTS, (part + 1) * SIZE // PARTS)
        shown += await replace_lists(graph, [lists(number, version, at) for number in own])
    return shown


async def main(version: str, wait_at: int, moment: str) -> None:
    address = GraphAddress(os.environ["NEO4J_URI"], "neo4j", os.environ["NEO4J_PASSWORD"])
    async with open_graph(address) as graph:
        transact, count = graph.transact, 0

        async def counted(work: Callable[[Transaction], Awaitable[Any]], **settings: Any) -> Any:
            nonlocal count
            count += 1
            here = count == wait_at

            async def waited(transaction: Transaction) -> Any:
                done = await work(transaction)
                if here and moment == "before":
                    await waiting()
                return done

            done = await transact(waited, **settings)
            if here and moment == "after":
                await waiting()
            return done

        graph.transact = counted  # type: ignore[method-assign]
        await run(graph, version)


async def waiting() -> None:
    print("waiting", flush=True)
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
