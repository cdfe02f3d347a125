"""`madang load`: take in a data set that ships with Madang, or a table of your own."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from madang_graph.client import Graph, GraphAddress, open_graph
from madang_graph.errors import GraphError
from madang_graph.migrations import migrate
from madang_graph.writes.checksum import graph_checksum

from madang_seeds.connectors.errors import ConnectorError
from madang_seeds.connectors.files import load_table
from madang_seeds.connectors.loading import CONNECTORS
from madang_seeds.connectors.telling import load_notices, show_preview, tell
from madang_seeds.importer import Report
from madang_seeds.loading import DATA_SETS, UnknownDataSetError, load_dataset
from madang_seeds.own.errors import FileError, Problems, RefusedFileError
from madang_seeds.own.loading import CALLS, load_file
from madang_seeds.synthetic import data_set as synthetic

_MOST_PROBLEMS_SHOWN = 50


def load(
    what: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE", help="seoul, landscape, horizon, synthetic, k-startup, bizinfo, or a CSV or XLSX file."
        ),
    ],
    kind: Annotated[str, typer.Option(help="What the rows of the file are: organisations or calls.")] = "organisations",
    mapping: Annotated[
        list[str] | None, typer.Option("--map", metavar="HEADER=FIELD", help="Which field a column is; repeatable.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Of a file of calls: show what would be read, write nothing.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing when one row is bad.")] = False,
    source: Annotated[str | None, typer.Option(help="Title of the source; the file's name when not given.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Write every row once more; dates count from today.")] = False,
    checksum: Annotated[bool, typer.Option("--checksum", help="Print a checksum over the graph afterwards.")] = False,
    organisations: Annotated[
        int, typer.Option(min=2, help="How many organisations the synthetic district has.")
    ] = synthetic.ORGANISATIONS,
    seed: Annotated[int, typer.Option(min=0, help="Which synthetic district; each seed gives another.")] = (
        synthetic.SEED
    ),
) -> None:
    """Take in a data set or a table of yours. A second run writes nothing; a broken one goes on where it stopped.

    A row with a bad value is left out and reported with line, column, value and reason; the others go in.
    """
    try:
        if preview:
            show_preview(Path(what), _pairs(mapping or []))
            return
        size = _Size(organisations, seed)
        chosen = _Choices(kind, _pairs(mapping or []), strict, source, again, checksum, size)
        report = asyncio.run(_load(what, chosen))
    except RefusedFileError as error:
        _tell_problems(error.report)
        _stop(error)
    except (UnknownDataSetError, FileError, ConnectorError, GraphError) as error:
        _stop(error)
    else:
        if report is not None:
            _tell(report)


def _stop(error: Exception) -> None:
    print(f"madang: {error}", file=sys.stderr)
    raise typer.Exit(1) from error


def _pairs(mapping: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in mapping:
        header, _, field = text.rpartition("=")
        pairs[header.strip()] = field.strip()
    return pairs


@dataclass(frozen=True, slots=True)
class _Size:
    """Which synthetic district."""

    organisations: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Choices:
    """The options of the command."""

    kind: str
    mapping: dict[str, str]
    strict: bool
    source: str | None
    again: bool
    checksum: bool
    size: _Size


async def _load(what: str, chosen: _Choices) -> Report | None:
    async with open_graph(address()) as graph:
        await migrate(graph)
        report: Report | None = None
        if what in CONNECTORS:
            await load_notices(graph, CONNECTORS[what], show)
        elif chosen.kind == CALLS:
            tell(
                await load_table(
                    graph, Path(what), chosen.mapping, strict=chosen.strict, source=chosen.source, progress=show
                )
            )
        elif what in DATA_SETS or not _is_file(what):
            make = None
            if what == synthetic.NAME:
                make = partial(synthetic.data_set, organisations=chosen.size.organisations, seed=chosen.size.seed)
            report = await load_dataset(graph, what, show, again=chosen.again, make=make)
        else:
            report = await _load_table(graph, Path(what), chosen)
        if chosen.checksum:
            found = await graph_checksum(graph)
            print(f"\nchecksum {found.digest} over {found.nodes:,} nodes and {found.relationships:,} relationships")
        return report


def _is_file(what: str) -> bool:
    return Path(what).exists() or Path(what).suffix != "" or os.sep in what


async def _load_table(graph: Graph, path: Path, chosen: _Choices) -> Report:
    done = await load_file(
        graph,
        path,
        chosen.kind,
        mapping=chosen.mapping,
        strict=chosen.strict,
        source=chosen.source,
        progress=show,
        again=chosen.again,
    )
    print("\nColumns read: " + ", ".join(f"{head} as {field}" for field, head in done.fields.items()))
    if done.unused:
        print("Columns not read: " + ", ".join(done.unused) + " (use --map HEADER=FIELD)")
    return done.report


def address() -> GraphAddress:
    """Return the address of the graph from NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE."""
    return GraphAddress(
        os.environ["NEO4J_URI"],
        os.environ.get("NEO4J_USERNAME") or "neo4j",
        os.environ["NEO4J_PASSWORD"],
        os.environ.get("NEO4J_DATABASE") or "neo4j",
    )


def show(table: str, rows: int, size: int | None) -> None:
    """Print the progress of a table, on one line where the output is a terminal."""
    share = f" of {size:,}" if size and size != rows else ""
    text = f"  {table}: {rows:,}{share} rows"
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)
    elif not share:
        print(text, flush=True)


def _tell(report: Report) -> None:
    print(f"\n{report.rows:,} rows written in {report.batches} batches.")
    if report.skipped_tables:
        print(f"{report.skipped_tables} tables were in already.")
    _tell_problems(report)


def _tell_problems(report: Problems) -> None:
    for problem in report.problems[:_MOST_PROBLEMS_SHOWN]:
        print(f"  left out: {problem}")
    if report.problem_count > _MOST_PROBLEMS_SHOWN:
        print(f"  … and {report.problem_count - _MOST_PROBLEMS_SHOWN:,} more")
