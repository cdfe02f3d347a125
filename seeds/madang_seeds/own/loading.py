"""Load a user's table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from madang_graph.client import Graph

from madang_seeds.importer import DataSet, Progress, Report, Row, Table, check, run_import, silent
from madang_seeds.own.errors import RefusedFileError, UnknownFieldError, UnknownKindError
from madang_seeds.own.headers import FIELDS
from madang_seeds.own.organisations import OrganisationTable, Origin
from madang_seeds.own.places import read_vocabulary
from madang_seeds.own.sheets import open_sheet
from madang_seeds.seoul.sources import source_id, source_record

KINDS = ("organisations",)
CALLS = "calls"
"""Tables of notices, which `madang_seeds.connectors.files` takes in."""
VERSION = "1"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What loading a table did."""

    report: Report
    unused: Sequence[str]
    """Headers that no field takes."""
    fields: Mapping[str, str]
    """Header of each field that was read."""


async def load_file(
    graph: Graph,
    path: Path,
    kind: str = "organisations",
    *,
    mapping: Mapping[str, str] | None = None,
    strict: bool = False,
    source: str | None = None,
    progress: Progress = silent,
    again: bool = False,
    today: date | None = None,
) -> FileReport:
    """Take a table in; a row with a bad value is left out and reported, the others go in.

    Args:    mapping: header to field.  strict: with one bad row nothing is written.
             source: title of the source, by default the file's name; ids are derived from it.
    Raises:  FileError and its kinds; GraphError.
    """
    if kind not in KINDS:
        raise UnknownKindError(kind, (*KINDS, CALLS))
    mapping = mapping or {}
    for header, field in mapping.items():
        if field not in FIELDS:
            raise UnknownFieldError(f"{header}={field}", FIELDS)
    sheet = open_sheet(path)
    day = (today or datetime.now(UTC).date()).isoformat()
    title = source or path.stem
    origin = Origin(f"file/{title}", source_id(f"file/{title}"), day)
    table = OrganisationTable(sheet, mapping, await read_vocabulary(graph), origin)
    if strict:
        _refuse_bad_rows(table)
    data_set = DataSet(
        f"file/{title}",
        _fingerprint(path, mapping, title),
        (Table("source", lambda: _source(title, day)), Table(kind, table.rows)),
    )
    report = await run_import(graph, data_set, progress, again=again)
    return FileReport(report, table.unused, {column.field: column.header for column in table.columns})


def _refuse_bad_rows(table: OrganisationTable) -> None:
    report = Report()
    for row in table.rows():
        report.add_problems(check(row))
    if report.problem_count:
        raise RefusedFileError(report)


def _source(title: str, day: str) -> Iterator[Row]:
    key = f"file/{title}"
    yield Row(
        1, [source_record(key=key, title_ko=title, title_en=title, attribution=title, licence="own data", as_of=day)]
    )


def _fingerprint(path: Path, mapping: Mapping[str, str], title: str) -> str:
    with path.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").hexdigest()
    return hashlib.sha256(repr((VERSION, content, sorted(mapping.items()), title)).encode()).hexdigest()
