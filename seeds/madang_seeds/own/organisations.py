"""A user's table of organisations as rows of the importer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang_graph.ids import stable_id
from madang_graph.model.organisations import STAGES
from madang_graph.text import search_text

from madang_seeds.importer import Row
from madang_seeds.own.errors import NotATableError
from madang_seeds.own.headers import Column, match_columns
from madang_seeds.own.places import Vocabulary
from madang_seeds.own.sheets import Line, Sheet
from madang_seeds.own.values import homepage, iso_date, items, organisation_kind, plain, whole_number
from madang_seeds.records import NodeRecord, Problem, Record, Stated, edge, named

_Readers = Mapping[str, Callable[[str, Column], Any]]
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the table comes from."""

    key: str
    """Short name of the source; ids are derived from it."""
    source_id: str
    as_of: str
    """YYYY-MM-DD."""


class OrganisationTable:
    """The rows of one file; `rows` starts anew at each call and keeps 8 bytes a row to find repeated ids."""

    def __init__(self, sheet: Sheet, mapping: Mapping[str, str], vocabulary: Vocabulary, origin: Origin) -> None:
        self._sheet, self._readers, self._origin = sheet, _readers(vocabulary), origin
        header = next(sheet.lines(), None)
        if header is None or header.fault:
            raise NotATableError(sheet.path, header.fault if header else "it has no rows")
        self.columns, self.unused = match_columns(header.cells, mapping)
        if not {column.field for column in self.columns} & {"name_ko", "name_en"}:
            heads = ", ".join(header.cells[:8])
            raise NotATableError(
                sheet.path, f"no column holds names (found: {heads}); use --map HEADER=name_ko for the column that does"
            )
        self._width = len(header.cells)

    def rows(self) -> Iterator[Row]:
        """Yield a row for each line after the header."""
        seen: set[bytes] = set()
        lines = self._sheet.lines()
        next(lines)
        for line in lines:
            yield self._row(line, seen)

    def _row(self, line: Line, seen: set[bytes]) -> Row:
        if line.fault:
            return Row(line.number, problems=(Problem(line.number, "", "", line.fault),))
        if len(line.cells) > self._width and any(cell.strip() for cell in line.cells[self._width :]):
            extra = line.cells[self._width]
            why = f"has {len(line.cells)} cells, the header {self._width}"
            return Row(line.number, problems=(Problem(line.number, "", extra, why),))
        cells = _Cells(line, self.columns, self._readers)
        record = cells.read()
        key = str(record.get("source_id") or record.get("name_ko") or record.get("name_en") or "")
        if not (record.get("name_ko") or record.get("name_en")):
            cells.add_problem("name_ko", "", "a name is missing")
        elif (digest := hashlib.blake2b(key.encode(), digest_size=8).digest()) in seen:
            cells.add_problem(
                "source_id" if "source_id" in record else "name_ko",
                key,
                "this id or name stands in an earlier row already",
            )
        else:
            seen.add(digest)
        if cells.problems:
            return Row(line.number, problems=cells.problems)
        return Row(line.number, list(_records(record, key, self._origin)))


class _Cells:
    """The cells of one line, read by field."""

    def __init__(self, line: Line, columns: Sequence[Column], readers: _Readers) -> None:
        self._line, self._columns, self._readers = line, columns, readers
        self.problems: list[Problem] = []

    def add_problem(self, field: str, value: str, reason: str) -> None:
        header = next((column.header for column in self._columns if column.field == field), field)
        self.problems.append(Problem(self._line.number, header, value, reason))

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column in self._columns:
            cell = self._line.cells[column.index] if column.index < len(self._line.cells) else ""
            if not plain(cell):
                continue
            try:
                found[column.field] = self._readers.get(column.field, _text)(cell, column)
            except ValueError as error:
                self.problems.append(Problem(self._line.number, column.header, cell[:80], str(error)))
        return found


def _text(cell: str, column: Column) -> str:
    return plain(cell)


def _readers(vocabulary: Vocabulary) -> _Readers:
    return {
        "kind": lambda cell, column: organisation_kind(cell),
        "founded_on": lambda cell, column: iso_date(cell),
        "employees": lambda cell, column: _bounded(whole_number(cell, column.factor), 0, 10_000_000),
        "revenue_won": lambda cell, column: _bounded(whole_number(cell, column.factor), -(10**16), 10**16),
        "trl": lambda cell, column: _bounded(whole_number(cell), 1, 9),
        "stage": lambda cell, column: _stage(cell),
        "homepage": lambda cell, column: homepage(cell),
        "industry_code": lambda cell, column: vocabulary.industry(cell),
        "district": lambda cell, column: vocabulary.district(cell),
        "address": lambda cell, column: vocabulary.district_in(cell),
        "technologies": lambda cell, column: [vocabulary.technology(part) for part in items(cell)],
        "certificates": lambda cell, column: items(cell),
        "longitude": lambda cell, column: _degrees(cell, 180),
        "latitude": lambda cell, column: _degrees(cell, 90),
    }


def _bounded(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(f"must be {least:,} to {most:,}")
    return number


def _stage(cell: str) -> str:
    word = plain(cell).casefold()
    if word not in STAGES:
        raise ValueError(f"must be one of {', '.join(STAGES)}")
    return word


def _degrees(cell: str, most: int) -> float:
    try:
        number = float(plain(cell))
    except ValueError as error:
        raise ValueError("is not a number of degrees") from error
    if not -most <= number <= most:
        raise ValueError(f"must be -{most} to {most} degrees")
    return number


_PROPERTIES = ("summary_ko", "summary_en", "founded_on", "employees", "revenue_won", "stage", "trl", "homepage")


def _records(record: Mapping[str, Any], key: str, origin: Origin) -> Iterator[Record]:
    industry = record.get("industry_code")
    place = (record["longitude"], record["latitude"]) if {"longitude", "latitude"} <= record.keys() else None
    properties = {
        **named(record.get("name_ko"), record.get("name_en")),
        **{name: record[name] for name in _PROPERTIES if name in record},
        "kind": record.get("kind", "sme"),
        "industry_code": industry[0] if industry else None,
        "certificates": record.get("certificates"),
        "location": place,
        "visibility": "public",
        "profiling": True,
        "version": 1,
        "synthetic": False,
    }
    stated = Stated(origin.source_id, origin.as_of)
    node = NodeRecord("Organisation", stable_id("org_", origin.key, key), properties, (stated,))
    yield node
    if industry:
        yield edge("Organisation", "IN_INDUSTRY", "Industry", node.id, industry[1])
    area = record.get("district") or record.get("address")
    if area:
        yield edge("Organisation", "LOCATED_IN", "District", node.id, area[0])
        for district in area:
            yield edge("Organisation", "MEMBER_OF", "District", node.id, district)
    for technology in dict.fromkeys(record.get("technologies", ())):
        yield edge("Organisation", "USES", "Technology", node.id, technology)
    yield from _sentence(record.get("need"), "Need", "SEEKS", node.id, origin)
    yield from _sentence(record.get("offer"), "Offer", "OFFERS", node.id, origin)


def _sentence(text: str | None, label: str, verb: str, organisation: str, origin: Origin) -> Iterator[Record]:
    if not text:
        return
    prefix = "need_" if label == "Need" else "off_"
    properties = {
        "text": text,
        "language": "ko" if _HANGUL.search(text) else "en",
        "search_text": search_text(text),
        "posted_at": f"{origin.as_of}T00:00:00Z",
        **({"state": "open"} if label == "Need" else {}),
    }
    stated = Stated(origin.source_id, origin.as_of)
    node = NodeRecord(label, stable_id(prefix, origin.key, organisation), properties, (stated,))
    yield node
    yield edge("Organisation", verb, label, organisation, node.id)
