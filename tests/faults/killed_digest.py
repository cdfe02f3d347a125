"""Writes one digest in a process of its own for `test_digest_kills`, and waits to be killed before or after it stands.

Arguments: person, day, "before" or "after" the commit.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime

from madang_graph.client import GraphAddress, Transaction, open_graph
from madang_graph.writes.lists import Finish
from madang_server.jobs.once import once
from madang_server.jobs.ports import Job
from madang_server.services import digests
from madang_server.services.digests import Stationery
from madang_server.services.watching import Lookout

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
JOB = Job("job_digest", "digests.write", {})


async def main(person_id: str, day: str, wait: str) -> None:
    address = GraphAddress(os.environ["NEO4J_URI"], "neo4j", os.environ["NEO4J_PASSWORD"])
    stationery = Stationery.made("s" * 40, "https://madang.example", lambda: NOW, "Asia/Seoul")
    async with open_graph(address) as graph:

        async def work(finish: Finish) -> None:
            async def last(transaction: Transaction) -> None:
                await finish(transaction)
                if wait == "before":
                    await waiting()

            await digests.write(Lookout.over(graph), stationery, person_id, day, NOW, last)

        await once(graph, JOB, NOW, work)
        if wait == "after":
            await waiting()


async def waiting() -> None:
    print("waiting", flush=True)
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
