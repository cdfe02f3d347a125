"""`madang match`: all lists afresh."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from madang_server.local.jars import Report
from madang_server.settings import Settings


def match(
    if_older: Annotated[
        str | None, typer.Option(help="Only if no list was computed since this data set was loaded.", metavar="NAME")
    ] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Train a new model where the kept one is damaged or of another release.")
    ] = False,
) -> None:
    """Compute every organisation's programmes and partners, and the cluster graphs, and replace the lists."""
    from madang_server.commands.steps import Steps
    from madang_server.operations.logs import configure_logs
    from madang_server.settings import read_settings

    steps, settings = Steps(), read_settings()
    configure_logs(settings.log_format, "warning")
    with steps.connected(settings) as ready, steps.step("Matching") as note:
        note.remark = asyncio.run(match_graph(ready, note.report, if_older, mend=mend))


async def match_graph(settings: Settings, report: Report, if_older: str | None = None, *, mend: bool = False) -> str:
    """Match everything in the graph at the settings' address. Returns what was done, in words."""
    from madang_graph.writes.readiness import lists_are_older

    from madang_server.wiring import open_services

    async with open_services(settings) as services:
        if if_older and not await lists_are_older(services.graph, if_older):
            return "(lists are newer than the data)"
        from madang_server.matches.run import match_all

        done = await match_all(services, report, mend=mend)
    basic = "; basic matching, see the log" if done.basic else ""
    return (
        f"({done.organisations} organisations, {done.fits} programme fits, {done.partners} partner suggestions{basic})"
    )
