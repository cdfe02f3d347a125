"""Notices on the command line: the key from the settings, and what an import says of itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from madang_graph.client import Graph

from madang_seeds.connectors.errors import MissingKeyError
from madang_seeds.connectors.files import preview
from madang_seeds.connectors.loading import Connector, NoticeReport, load_connector
from madang_seeds.importer import Progress, silent
from madang_seeds.records import Problem

_MOST_PROBLEMS_SHOWN = 50


async def load_notices(graph: Graph, connector: Connector, progress: Progress = silent) -> NoticeReport:
    """Take the notices of an open API in and print the report.

    Raises: MissingKeyError and the other kinds of ConnectorError; GraphError.
    """
    variable = f"MADANG_{connector.variable}_KEY"
    secret = os.environ.get(variable, "")
    if not secret:
        raise MissingKeyError(connector.name, variable)
    source = connector.source(os.environ.get(f"MADANG_{connector.variable}_URL", ""), secret)
    report = await load_connector(graph, connector, source, progress)
    tell(report)
    return report


def tell(report: NoticeReport) -> None:
    """Print what an import of notices did."""
    done = report.plan
    print(
        f"\n{done.new:,} new, {done.changed:,} changed, {done.unchanged:,} unchanged, {done.withdrawn:,} withdrawn; "
        f"{report.problem_count:,} left out."
    )
    if done.joined or done.doubtful:
        print(f"{done.joined:,} joined with a call of another source, {done.doubtful:,} pairs to be looked at: /review")
    if report.retries:
        print(f"The source had to be asked again {report.retries:,} times.")
    if report.incomplete:
        print(f"Not all that the source lists came ({report.incomplete}); nothing was withdrawn.")
    if done.kept_in_doubt:
        print(f"{done.kept_in_doubt:,} notices are missing at once. That many are not withdrawn; look at the source.")
    for problem in report.problems[:_MOST_PROBLEMS_SHOWN]:
        print(f"  left out: {problem}")
    if report.problem_count > _MOST_PROBLEMS_SHOWN:
        print(f"  … and {report.problem_count - _MOST_PROBLEMS_SHOWN:,} more")


def show_preview(path: Path, mapping: Mapping[str, str]) -> None:
    """Print what would be read of a table of calls. Raises FileError and its kinds."""
    seen = preview(path, mapping)
    print("Columns read: " + ", ".join(f"{head} as {field}" for field, head in seen.fields.items()))
    if seen.unused:
        print("Columns not read: " + ", ".join(seen.unused) + " (use --map HEADER=FIELD)")
    for row in seen.rows:
        if isinstance(row, Problem):
            print(f"  left out: {row}")
        else:
            days = (
                f"{row.period.opens_on or '?'} ~ {row.period.closes_on or ('rolling' if row.period.rolling else '?')}"
            )
            print(f"  {row.title} | {row.agency or '?'} | {days} | {len(row.rules)} conditions")
