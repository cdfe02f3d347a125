"""`madang check`: settings, services and versions, each finding with its remedy."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from madang_server.commands.findings import Finding, service_findings, setup_findings


def check(
    memory: Annotated[bool, typer.Option("--memory", help="Print the running demo's memory by process.")] = False,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of graph, queue and secrets.")] = None,
) -> None:
    """Check settings, services and versions. Exit code 0: all is well, 1: something needs doing."""
    from madang_server.settings import SettingsError, read_settings

    try:
        settings = read_settings(data_dir=data_dir and data_dir.expanduser().absolute())
    except SettingsError as error:
        findings = [Finding(name, False, reason, f"Correct {name}.") for name, reason in error.findings]
        _print(findings)
        raise typer.Exit(1) from None
    if memory:
        from madang_server.local.memory import memory_of, table

        typer.echo(table(memory_of(settings.data_dir)))
        return
    findings = setup_findings(settings) + asyncio.run(service_findings(settings))
    _print(findings)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        print(f"{'ok ' if finding.good else 'BAD'}  {finding.subject:<20} {finding.state}")
        if not finding.good:
            print(f"     {'':<20} → {finding.remedy}")
    sys.stdout.flush()
