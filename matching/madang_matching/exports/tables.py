"""CSV tables of an export: cells as text, columns by name, errors that name file, row and column."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Container, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from madang_matching.errors import ExportError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organisations": ("id", "name", "kind", "country", "place", "text", "tags"),
    "programmes": ("id", "name", "text", "tags", "country", "place", "open_from", "open_until"),
    "activities": ("id", "name", "kind", "programme", "tags", "started_on", "ended_on", "size_eur"),
    "participations": ("organisation", "activity", "programme", "role", "started_on", "amount_eur"),
    "queries": ("query_id", "candidate_group", "as_of"),
    "candidates": ("candidate_id", "candidate_group"),
    "exclude": ("query_id", "candidate_id"),
}
"""Columns that each file must have; others are not read."""

LONGEST_CELL = 2**31 - 1
"""Characters of a cell; Python's own limit is 131,072."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One file, by column. Row i of a column stands in row i + 2 of the file, counting records."""

    file: str
    columns: Mapping[str, list[str]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def error(self, problem: str, index: int, column: str) -> ExportError:
        """Return the error of one cell."""
        return ExportError(self.file, problem, index + 2, column)

    def ids(self, column: str) -> dict[str, int]:
        """Return the row of each id.

        Raises: ExportError: an id is empty or stands twice.
        """
        rows: dict[str, int] = {}
        for index, identity in enumerate(self.columns[column]):
            if not identity:
                raise self.error("is empty; every row needs an id", index, column)
            if rows.setdefault(identity, index) != index:
                raise self.error(f"{shortened(identity)} stands in row {rows[identity] + 2} already", index, column)
        return rows

    def check_known(self, column: str, known: Container[str], file: str, may_be_empty: bool = False) -> None:
        """Raise ExportError at the first id that is not in `known`, the ids of `file`."""
        for index, identity in enumerate(self.columns[column]):
            if identity not in known and not (may_be_empty and not identity):
                raise self.error(f"{shortened(identity)} is not in {file}", index, column)

    def check_dates(self, *columns: str) -> None:
        """Raise ExportError at the first cell that is neither empty nor an ISO day, month or year."""
        good = {""}
        for column in columns:
            for index, text in enumerate(self.columns[column]):
                if text in good:
                    continue
                if not is_date(text):
                    raise self.error(
                        f"{shortened(text)} is not a date; write 2025-06-30, 2025-06 or 2025", index, column
                    )
                good.add(text)

    def numbers(self, column: str) -> list[float | None]:
        """Return the numbers of a column, None for an empty cell.

        Raises: ExportError: a cell is not a finite number.
        """
        numbers: list[float | None] = []
        for index, text in enumerate(self.columns[column]):
            try:
                number = float(text) if text else None
            except ValueError:
                number = math.nan
            if number is not None and not math.isfinite(number):
                raise self.error(f"{shortened(text)} is not a number", index, column)
            numbers.append(number)
        return numbers

    def tags(self) -> list[tuple[str, ...]]:
        """Return the labels of each row, each once."""
        return [tags_of(text) for text in self.columns["tags"]]


def read_table(folder: Path, name: str) -> Table:
    """Return one table.

    Raises: ExportError: the file is missing, is not UTF-8 or not CSV, lacks a column, or a row has another number of
        cells than the header.
    """
    file = f"{name}.csv"
    with _long_cells():
        try:
            with (folder / file).open(encoding="utf-8-sig", newline="") as stream:
                header, rows = _rows(file, csv.reader(stream, strict=True))
        except FileNotFoundError:
            raise ExportError(file, f"is not in {folder}") from None
        except UnicodeDecodeError:
            raise ExportError(file, f"is not UTF-8 (line {_foreign_line(folder / file)})") from None
        except OSError as error:
            raise ExportError(file, f"cannot be read: {error.strerror}") from None
    for column in COLUMNS[name]:
        if header.count(column) != 1:
            raise ExportError(file, "is missing" if column not in header else "stands twice", 1, column)
    cells: list[list[str]] = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
    return Table(file, {column: cells[header.index(column)] for column in COLUMNS[name]})


def is_date(text: str) -> bool:
    """Return whether a text is an ISO day, month or year that exists."""
    match = _ISO.fullmatch(text)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def first_day(text: str) -> str:
    """Return YYYY-MM-DD of the first day of an ISO day, month or year; empty stays empty."""
    return text + "-01" * (2 - text.count("-")) if text else ""


def tags_of(text: str) -> tuple[str, ...]:
    """Return the labels of a cell, joined by `|`, each once, in order."""
    return tuple(dict.fromkeys(tag for part in text.split("|") if (tag := part.strip()))) if text else ()


def shortened(text: str) -> str:
    """Return a text as Python writes it, at most 60 characters of it."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _rows(file: str, reader: Iterator[list[str]]) -> tuple[list[str], list[list[str]]]:
    rows: list[list[str]] = []
    try:
        header = next(reader, None)
        if header is None:
            raise ExportError(file, "is empty; a table without rows keeps its header")
        for row in reader:
            if len(row) != len(header) and row:
                raise ExportError(file, f"has {len(row)} cells, the header {len(header)}", len(rows) + 2)
            if row:
                rows.append(row)
    except csv.Error as error:
        raise ExportError(file, f"is not CSV: {error}", len(rows) + 2) from None
    return header, rows


def _foreign_line(path: Path) -> int:
    """Return the line of the first byte that is not UTF-8."""
    lines = path.read_bytes().split(b"\n")
    return next(number for number, line in enumerate(lines, 1) if line.decode("utf-8", "replace").encode() != line)


@contextmanager
def _long_cells() -> Generator[None]:
    """Let cells be as long as they are; the limit belongs to the process, so it is put back."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
