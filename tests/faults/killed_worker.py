"""A worker of its own process for `test_jobs`: it does one kind of job and then waits to be killed.

Arguments: where to wait, "before" or "after" the commit of the job's effect, or "never".
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime

from madang_graph.client import GraphAddress, Transaction, open_graph
from madang_graph.writes.lists import Finish
from madang_server.jobs.arq_queue import ArqQueue
from madang_server.jobs.once import once
from madang_server.jobs.ports import Job

EFFECT = "MERGE (a:Audit {id: 'effect'}) SET a.changes = coalesce(a.changes, '') + 'x'"


async def main(wait: str) -> None:
    address = GraphAddress(os.environ["NEO4J_URI"], "neo4j", os.environ["NEO4J_PASSWORD"])
    async with open_graph(address) as graph:

        async def handle(job: Job) -> None:
            async def work(finish: Finish) -> None:
                async def effect(transaction: Transaction) -> None:
                    await transaction.run(EFFECT)
                    await finish(transaction)
                    if wait == "before":
                        await waiting()

                await graph.transact(effect, timeout_s=50)
                if wait == "after":
                    await waiting()

            await once(graph, job, datetime.now(UTC), work)

        await ArqQueue(os.environ["REDIS_URL"]).serve({"pets.wash": handle}, ())


async def waiting() -> None:
    print("waiting", flush=True)
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
