"""The demo accounts, a line each: `python -m madang_server.commands.demo_accounts`, as the demo runs it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from madang_server.settings import Settings

TRIES = 5


async def demo_accounts(settings: Settings) -> list[tuple[str, str]]:
    """Return name and role of each demo account, oldest first; none when the graph is too busy to say."""
    from madang_graph.client import open_graph
    from madang_graph.errors import GraphTimeoutError
    from madang_graph.writes.demo_people import demo_people

    async with open_graph(settings.graph_address) as graph:
        for _ in range(TRIES):  # just started, a server on a busy machine may take longer than a read may
            with suppress(GraphTimeoutError):
                return [(name, _role(*rest)) for _, name, *rest in await demo_people(graph)]
    return []


def _role(admin: bool, district: str | None, acts_for: list[str] | None) -> str:
    if admin:
        return "administrator"
    if district is not None:
        return f"manages {district}"
    return " · ".join(acts_for or [])


if __name__ == "__main__":
    from madang_server.settings import read_settings

    for name, role in asyncio.run(demo_accounts(read_settings())):
        print(f"  {name}  ({role})")
