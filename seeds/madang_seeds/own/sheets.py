"""Rows of a user's file: CSV in UTF-8 or CP949, or a spreadsheet; read in a stream, with line numbers."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from madang_seeds.own.errors import EmptyFileError, EncodingError, MissingFileError, NotATableError

_SPREADSHEETS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
"""First bytes of the spreadsheet formats."""
_PIECE = 1 << 20
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its first line in the file (of a spreadsheet, its row), and its cells, or why it cannot be read."""

    number: int
    cells: Sequence[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table file that was looked at."""

    path: Path
    encoding: str
    """Of the text; empty for a spreadsheet."""
    delimiter: str

    def lines(self) -> Iterator[Line]:
        """Yield the header and the rows, anew at each call; blank lines are passed over."""
        return self._of_text() if self.encoding else _of_spreadsheet(self.path)

    def _of_text(self) -> Iterator[Line]:
        with self.path.open(encoding=self.encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
            while True:
                number = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Line(number, (), f"malformed CSV ({error}); look for a quote that is not closed")
                    continue
                if any(cell.strip() for cell in cells):
                    yield Line(number, cells)


def open_sheet(path: Path) -> Sheet:
    """Look at the file: format, encoding, delimiter.

    Raises: MissingFileError, EmptyFileError, NotATableError, EncodingError.
    """
    if not path.is_file():
        raise MissingFileError(path)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip():
        raise EmptyFileError(path)
    if head[:4] in _SPREADSHEETS:
        return Sheet(path, "", "")
    encoding = _encoding(path, head)
    return Sheet(path, encoding, _delimiter(path, encoding))


def _encoding(path: Path, head: bytes) -> str:
    if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    if b"\0" in head:
        raise NotATableError(path, "it holds binary data")
    position = 0
    for encoding in ("utf-8-sig", "cp949"):
        fault = _first_fault(path, encoding)
        if fault is None:
            return encoding
        position = max(position, fault)
    raise EncodingError(path, position)


def _first_fault(path: Path, encoding: str) -> int | None:
    """Return about where decoding fails, in bytes; None when it does not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    seen = 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                return seen + error.start
            seen += len(piece)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return seen
    return None


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline(_HEAD)
    return max(",\t;|", key=first.count)


def _of_spreadsheet(path: Path) -> Iterator[Line]:
    import polars

    try:
        frame = polars.read_excel(path, has_header=False, infer_schema_length=0, drop_empty_rows=False)
    except Exception as error:  # the reader raises its own, undeclared types for broken files
        raise NotATableError(path, f"the spreadsheet is broken or protected ({type(error).__name__})") from error
    if frame.is_empty():
        raise EmptyFileError(path)
    for number, row in enumerate(frame.iter_rows(), 1):
        cells = ["" if cell is None else str(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            yield Line(number, cells)
