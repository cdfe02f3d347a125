"""Take a table of notices in, or look at what would be read of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from madang_graph.client import Graph

from madang_seeds.connectors.loading import NoticeReport, take_in
from madang_seeds.connectors.notices import BadNoticeError, Notice
from madang_seeds.connectors.planning import Plan
from madang_seeds.connectors.tables import NoticeTable, open_table
from madang_seeds.importer import Progress, Row, silent
from madang_seeds.own.errors import RefusedFileError
from madang_seeds.records import Problem
from madang_seeds.seoul.sources import source_record


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be read of a table; nothing is written."""

    fields: Mapping[str, str]
    """Header of each field that is read."""
    unused: Sequence[str]
    rows: Sequence[Notice | Problem]
    """The first rows, as they would be taken in or why not."""


def preview(path: Path, mapping: Mapping[str, str], rows: int = 5) -> Preview:
    """Read the first rows of a table. Raises FileError and its kinds."""
    table = open_table(path, mapping)
    shown: list[Notice | Problem] = []
    for row, cells in islice(table.rows(), rows):
        try:
            shown.append(table.read(row, cells))
        except BadNoticeError as error:
            shown.append(Problem(row.number, error.column, error.value, error.reason))
    return Preview({column.field: column.header for column in table.columns}, table.unused, shown)


async def load_table(
    graph: Graph,
    path: Path,
    mapping: Mapping[str, str],
    *,
    strict: bool = False,
    source: str | None = None,
    progress: Progress = silent,
    today: date | None = None,
) -> NoticeReport:
    """Take a table of notices in; a bad row is left out and reported, the others go in.

    A table tells what there is, not what there is not any more: rows that an earlier version of it had stay.
    Args:   strict: with one bad row nothing is written.
            source: title of the source, by default the file's name; the same title is the same source.
    Raises: FileError and its kinds; GraphError.
    """
    table = open_table(path, mapping)
    report = NoticeReport(Plan())
    notices = _read(table, report)
    if strict and report.problem_count:
        raise RefusedFileError(report)
    title = source or path.stem
    key = f"file/{title}"
    day = today or datetime.now(UTC).date()
    stated = source_record(key=key, title_ko=title, title_en=title, attribution=title, licence="own data")
    await take_in(graph, key, Row(1, [stated]), notices, report, progress, day, complete=False)
    return report


def _read(table: NoticeTable, report: NoticeReport) -> dict[str, Notice]:
    found: dict[str, Notice] = {}
    for row, cells in table.rows():
        try:
            notice = table.read(row, cells)
        except BadNoticeError as error:
            report.add_problem(Problem(row.number, error.column, error.value, error.reason))
            continue
        if notice.key in found:
            report.add_problem(Problem(row.number, "key", notice.key[:80], "stands in an earlier row already"))
            continue
        found[notice.key] = notice
    return found
