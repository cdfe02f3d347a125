"""A table of notices, CSV (UTF-8, CP949) or XLSX, with a mapping from its headers to fields.

Headers may stand below a title, and over two rows with merged cells: a merged cell holds its words in the first of its
columns only, so the upper row is filled to the right and read together with the lower one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from madang_seeds.connectors import cleaning, periods, words
from madang_seeds.connectors.notices import (
    AGENCY_MOST,
    KEY_MOST,
    NOTE_MOST,
    TEXT_MOST,
    TITLE_MOST,
    BadNoticeError,
    Notice,
    ensure_order,
)
from madang_seeds.connectors.periods import Period
from madang_seeds.connectors.words import Rule
from madang_seeds.own.errors import NotATableError, UnknownFieldError
from madang_seeds.own.headers import Column, match_columns
from madang_seeds.own.sheets import Line, Sheet, open_sheet
from madang_seeds.own.values import iso_date, plain, whole_number

FIELDS: dict[str, str] = {
    "key": "key|id|번호|연번|일련번호|공고번호|공고id|no",
    "title": "title|공고명|사업명|사업공고명|지원사업명|제목|공고 제목|name",
    "agency": "agency|기관|기관명|주관기관|수행기관|소관기관|공고기관|운영기관|담당기관|owner",
    "noticed_on": "noticed_on|공고일|공고일자|게시일|등록일|등록일자",
    "opens_on": "opens_on|접수시작일|신청시작일|모집시작일|접수기간 시작|접수기간 시작일|신청기간 시작일|시작일",
    "closes_on": (
        "closes_on|접수마감일|신청마감일|마감일|모집마감일|접수기간 종료|접수기간 종료일|접수기간 마감일|"
        "신청기간 종료일|종료일"
    ),
    "period": "period|접수기간|신청기간|모집기간|기간",
    "targets": "targets|신청대상|지원대상|대상",
    "firm_age": "firm_age|업력|창업업력|창업기간",
    "founder_age": "founder_age|연령|대상연령|대표자연령",
    "regions": "regions|지역|지원지역|대상지역",
    "purpose": "purpose|분야|지원분야|지원유형|구분",
    "text": "text|내용|사업내용|지원내용|사업개요|개요|요약",
    "target_text": "target_text|자격|신청자격|지원자격|자격요건",
    "left_out": "left_out|제외대상|신청제외|신청제외대상",
    "amount_won": "amount_won|지원금액|지원금|지원한도|최대지원금|금액",
    "url": "url|링크|주소|홈페이지|상세주소|공고링크|link",
}
"""Fields of a notice, with the headers that are known for each."""
_HEADER_ROWS = 10
"""Rows at the top among which the header is looked for."""
_WON_MOST = 10**15


@dataclass(frozen=True, slots=True)
class NoticeTable:
    """A table whose columns are known. `unused`: headers that no field takes; `first`: line of the first row."""

    sheet: Sheet
    columns: Sequence[Column]
    unused: Sequence[str]
    first: int

    def rows(self) -> Iterator[tuple[Line, dict[str, str]]]:
        """Yield each row below the header, with its cells by field; a row that cannot be read has none."""
        for row in self.sheet.lines():
            if row.number >= self.first:
                cells = row.cells
                found = {each.field: plain(cells[each.index]) for each in self.columns if each.index < len(cells)}
                yield row, {field: text for field, text in found.items() if text}

    def read(self, row: Line, cells: Mapping[str, str]) -> Notice:
        """Read one row. Raises BadNoticeError with the header of the cell that cannot be read."""
        if row.fault:
            raise BadNoticeError("", "", row.fault)
        heads = {each.field: each.header for each in self.columns}
        factor = next((each.factor for each in self.columns if each.field == "amount_won"), 1)
        return _Reader(cells, heads, factor).notice()


def open_table(path: Path, mapping: Mapping[str, str]) -> NoticeTable:
    """Look at the file and find its header.

    Args:   mapping: header to field, which goes before the headers that are known.
    Raises: UnknownFieldError, NotATableError and the other kinds of FileError.
    """
    for header, field in mapping.items():
        if field not in FIELDS:
            raise UnknownFieldError(f"{header}={field}", FIELDS)
    sheet = open_sheet(path)
    top = list(islice(sheet.lines(), _HEADER_ROWS + 1))
    best: NoticeTable | None = None
    for place, row in enumerate(top[:_HEADER_ROWS]):
        below = top[place + 1] if place + 1 < len(top) else None
        options = [(row.cells, row.number + 1)]
        if below is not None and not row.fault and not below.fault:
            options.append((_merged(row.cells, below.cells), below.number + 1))
        for header, first in options:
            columns, unused = match_columns(header, mapping, FIELDS)
            named = any(column.field == "title" for column in columns)
            most = 0 if best is None else len(best.columns)
            # As many columns with the row below: it has nothing under the title, so it is no row of notices.
            over_two_rows = best is not None and first == best.first + 1 and len(columns) == most
            if named and (len(columns) > most or over_two_rows):
                best = NoticeTable(sheet, columns, unused, first)
    if best is None:
        heads = ", ".join(cell.strip() for cell in (top[0].cells if top else ())[:8])
        raise NotATableError(
            path, f"no column holds titles (found: {heads}); use --map HEADER=title for the column that does"
        )
    return best


def _merged(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return one header of two rows: the upper one filled to the right over empty cells that have words below."""
    header: list[str] = []
    above = ""
    for place in range(max(len(upper), len(lower))):
        top = plain(upper[place]) if place < len(upper) else ""
        under = plain(lower[place]) if place < len(lower) else ""
        above = top or (above if under else "")
        header.append(f"{above} {under}".strip())
    return header


class _Reader:
    """The cells of one row as a notice."""

    def __init__(self, cells: Mapping[str, str], heads: Mapping[str, str], factor: int) -> None:
        self._cells, self._heads, self._factor = cells, heads, factor

    def notice(self) -> Notice:
        title = cleaning.line(self._cell("title"), TITLE_MOST)
        if not title:
            raise BadNoticeError(self._heads["title"], "", "a title is missing")
        agency = cleaning.line(self._cell("agency"), AGENCY_MOST)
        period = self._period()
        key = self._cell("key") or f"{title}/{agency}/{period.opens_on or ''}"
        if len(key) > KEY_MOST:
            key = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        text = cleaning.plain_text(self._cell("text"), TEXT_MOST)
        purpose = cleaning.line(self._cell("purpose"), NOTE_MOST)
        return Notice(
            key=key,
            title=title,
            agency=agency,
            noticed_on=self._day("noticed_on"),
            period=period.told_in(title, text),
            purposes=tuple(words.purposes_of(purpose)),
            text=text,
            url=self._url(),
            amount_won=self._amount(),
            note="" if period.closes_on else self._said_of_period(),
            rules=tuple(self._rules()),
        )

    def _cell(self, field: str) -> str:
        return self._cells.get(field, "")

    def _day(self, field: str) -> str | None:
        text = self._cell(field)
        try:
            return iso_date(text) if text else None
        except ValueError as error:
            raise BadNoticeError(self._heads[field], text, str(error)) from error

    def _period(self) -> Period:
        """A last day that is words without a digit, as in 예산 소진 시까지 or 추후 공지, is read as a free period."""
        opens, last = self._day("opens_on"), self._cell("closes_on")
        in_words = last and not any(sign.isdigit() for sign in last)
        closes = None if in_words else self._closing_day()
        said = self._said_of_period()
        try:
            free = periods.free_period(said)
        except ValueError as error:
            raise BadNoticeError(self._heads["period"], said, str(error)) from error
        if opens:
            free = replace(free, opens_on=opens, opens_time=None)
        if closes:
            free = replace(free, closes_on=closes, closes_time=None, rolling=False)
        ensure_order(self._heads.get("closes_on") or self._heads.get("period", ""), free.opens_on, free.closes_on)
        return free

    def _closing_day(self) -> str | None:
        """A month is no last day: taken for its first day, it would count as closed."""
        text = self._cell("closes_on")
        try:
            return periods.compact_day(text)
        except ValueError as error:
            raise BadNoticeError(self._heads["closes_on"], text, str(error)) from error

    def _said_of_period(self) -> str:
        cells = [self._cell("period"), self._cell("closes_on")]
        words = [cell for cell in cells if cell and (cell == cells[0] or not any(sign.isdigit() for sign in cell))]
        return cleaning.line(", ".join(words), NOTE_MOST)

    def _amount(self) -> int | None:
        text = self._cell("amount_won")
        try:
            amount = whole_number(text, self._factor) if text else None
        except ValueError as error:
            raise BadNoticeError(self._heads["amount_won"], text, str(error)) from error
        if amount is not None and not 0 <= amount <= _WON_MOST:
            raise BadNoticeError(self._heads["amount_won"], text, f"must be 0 to {_WON_MOST:,}")
        return amount

    def _url(self) -> str | None:
        text = self._cell("url")
        address = cleaning.web_address(text) if text else None
        if text and address is None:
            raise BadNoticeError(self._heads["url"], text, "is not a web address")
        return address

    def _rules(self) -> list[Rule]:
        def said(field: str) -> str:
            return cleaning.line(self._cell(field), words.PROSE_MOST)

        rules = [
            *words.target_rules(said("targets")),
            *words.firm_age_rules(said("firm_age")),
            *words.founder_age_rules(said("founder_age")),
            *words.region_rules(said("regions")),
        ]
        if target := said("target_text"):
            rules.append(words.prose(target))
        if left_out := said("left_out"):
            rules.append(words.prose(f"신청 제외 대상: {left_out}"))
        return rules
