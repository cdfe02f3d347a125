"""`madang migrate`: schema and migrations."""

from __future__ import annotations

import asyncio

from madang_server.settings import Settings


def migrate() -> None:
    """Bring the graph's schema up to date: migrations in order, then constraints and indexes. Safe to repeat."""
    from madang_server.commands.steps import Steps
    from madang_server.settings import read_settings

    steps = Steps()
    with steps.connected(read_settings()) as settings, steps.step("Schema and migrations"):
        asyncio.run(migrate_graph(settings))


async def migrate_graph(settings: Settings) -> None:
    """Migrate the graph at the settings' address."""
    from madang_graph.client import open_graph
    from madang_graph.migrations import migrate as apply_migrations
    from madang_graph.writes.name_starts import fill_name_starts

    async with open_graph(settings.graph_address) as graph:
        await apply_migrations(graph)
        await fill_name_starts(graph)
