"""What can be wrong with a user's table as a whole.

FileError
├── MissingFileError       there is no such file
├── EmptyFileError         it holds nothing
├── NotATableError         it is no CSV and no spreadsheet, or has no usable header
├── EncodingError          it is neither UTF-8 nor CP949
├── UnknownFieldError      --map names a field that there is not
├── UnknownKindError       --kind names a kind that cannot be loaded
└── RefusedFileError       --strict and at least one bad row; nothing was written
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from madang_seeds.records import Problem


class Problems(Protocol):
    """A report of what was left out."""

    problem_count: int

    @property
    def problems(self) -> Sequence[Problem]: ...


class FileError(Exception):
    """Root of the errors of user's tables."""


class MissingFileError(FileError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path}. Check the path.")


class EmptyFileError(FileError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is empty. It needs a header line and at least one row.")


class NotATableError(FileError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be read as a table: {why}. Save it as CSV (UTF-8) or XLSX and try again.")


class EncodingError(FileError):
    def __init__(self, path: Path, position: int) -> None:
        super().__init__(
            f"{path} is neither UTF-8 nor CP949 (byte {position:,} fits neither). Save it as “CSV UTF-8” and try again."
        )


class UnknownFieldError(FileError):
    def __init__(self, mapping: str, fields: Iterable[str]) -> None:
        super().__init__(f"--map {mapping!r}: write HEADER=FIELD with a field of these: {', '.join(fields)}.")


class UnknownKindError(FileError):
    def __init__(self, kind: str, kinds: Iterable[str]) -> None:
        super().__init__(f"Tables of {kind!r} cannot be loaded. There are: {', '.join(kinds)}.")


class RefusedFileError(FileError):
    def __init__(self, report: Problems) -> None:
        super().__init__(f"{report.problem_count:,} bad values, and --strict: nothing was written.")
        self.report = report
