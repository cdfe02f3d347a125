"""Table files: what a cell may hold, and that every template of columns makes lines of one length."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from madang_frontend import load_pages, tables
from markupsafe import Markup

from tests.frontend.test_pages import ENVIRONMENTS, Facts

PAGES = {name: page for name, page in load_pages().items() if page.table}


def written(*cells: object) -> str:
    return tables.lines(tables.line(*cells))


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", " =", "\u200b=", "＝"])
def test_no_cell_is_run_as_a_formula(begins: str) -> None:
    cell = next(csv.reader([written(f'{begins}HYPERLINK("x")')]))[0]
    assert cell.startswith("'")


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("마당, 그리고", '"마당, 그리고"\r\n'),
        ('say "yes"', '"say ""yes"""\r\n'),
        ("one\ntwo", '"one\ntwo"\r\n'),
        (Markup("R&amp;D &lt;b&gt;"), "R&D <b>\r\n"),
        ("AT&amp;T", '"AT&amp;T"\r\n'),
        (-5, "-5\r\n"),
        (None, "\r\n"),
        (["a", Markup("b &amp; c")], '"a; b & c"\r\n'),
        ("a\x1e\x1fb\0", "ab\r\n"),
    ],
)
def test_a_cell_is_written_as_spreadsheets_read_it(cell: object, line: str) -> None:
    assert written(cell) == line


def test_what_stands_between_lines_is_left_out() -> None:
    assert tables.lines(f"\n  {tables.line('a', 1)}\n\n{tables.line('b', 2)}  ") == "a,1\r\nb,2\r\n"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_table_has_as_many_headings_as_cells(name: str, language: str, make_answer: Any) -> None:
    template = ENVIRONMENTS[language].get_template(PAGES[name].table)
    for sparse in (False, True):
        answer = make_answer(PAGES[name].document, sparse=sparse)
        context = {**answer, "origin": "https://madang.example", "page": Facts({})}
        made = {
            block: "".join(template.blocks[block](template.new_context(context))) for block in ("name", "head", "rows")
        }
        head = list(csv.reader([tables.lines(made["head"])]))
        rows = list(csv.reader(tables.lines(made["rows"]).splitlines()))
        assert made["name"].strip()
        assert len(head) == 1
        assert {len(row) for row in rows} <= {len(head[0])}
        assert bool(rows) is not sparse or sparse
