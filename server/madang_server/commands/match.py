"""`madang match`: all lists afresh."""

from __future__ import annotations

import asyncio

from madang_server.local.jars import Report
from madang_server.settings import Settings


def match() -> None:
    """Compute every organisation's programmes and partners, and the cluster graphs, and replace the lists."""
    from madang_server.commands.steps import Steps
    from madang_server.settings import read_settings

    steps = Steps()
    with steps.connected(read_settings()) as settings, steps.step("Matching") as note:
        asyncio.run(match_graph(settings, note.report))


async def match_graph(settings: Settings, report: Report) -> None:
    """Match everything in the graph at the settings' address."""
    from madang_server.matches.run import match_all
    from madang_server.wiring import open_services

    async with open_services(settings) as services:
        await match_all(services, report)
