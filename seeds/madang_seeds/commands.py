"""`madang load`: take in a data set that ships with Madang, or a table of your own."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Annotated

import typer
from madang_graph.client import GraphAddress, open_graph
from madang_graph.errors import GraphError
from madang_graph.migrations import migrate

from madang_seeds.importer import Report
from madang_seeds.loading import UnknownDataSetError, load_dataset


def load(
    what: Annotated[str, typer.Argument(help="seoul, landscape or horizon.")],
    again: Annotated[bool, typer.Option(help="Write every row once more; relative dates count from today.")] = False,
) -> None:
    """Take in a data set. A second run writes nothing; a broken one goes on where it stopped."""
    try:
        report = asyncio.run(_load(what, again))
    except (UnknownDataSetError, GraphError) as error:
        print(f"madang: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    _tell(report)


async def _load(what: str, again: bool) -> Report:
    async with open_graph(address()) as graph:
        await migrate(graph)
        return await load_dataset(graph, what, show, again=again)


def address() -> GraphAddress:
    """Return the address of the graph from NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE."""
    return GraphAddress(
        os.environ["NEO4J_URI"],
        os.environ.get("NEO4J_USERNAME", "neo4j"),
        os.environ["NEO4J_PASSWORD"],
        os.environ.get("NEO4J_DATABASE", "neo4j"),
    )


def show(table: str, rows: int, size: int | None) -> None:
    """Print the progress of a table, on one line where the output is a terminal."""
    share = f" of {size:,}" if size and size != rows else ""
    end = "\r" if sys.stdout.isatty() else "\n"
    print(f"  {table}: {rows:,}{share} rows", end=end, flush=True)


def _tell(report: Report) -> None:
    print(
        f"\n{report.rows:,} rows written in {report.batches} batches; {report.skipped_tables} tables were in already."
    )
    for problem in report.problems[:20]:
        print(f"  left out: {problem}")
    if report.problem_count > 20:
        print(f"  … and {report.problem_count - 20:,} more")
