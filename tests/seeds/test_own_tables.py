"""A user's own table: what is read from it, and what is said of what cannot be."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from madang_graph.client import Graph
from madang_graph.writes.checksum import graph_checksum
from madang_seeds.importer import DataSet, Table, run_import
from madang_seeds.own.errors import (
    EmptyFileError,
    EncodingError,
    FileError,
    MissingFileError,
    NotATableError,
    RefusedFileError,
    UnknownFieldError,
    UnknownKindError,
)
from madang_seeds.own.headers import match_columns
from madang_seeds.own.loading import load_file
from madang_seeds.own.sheets import open_sheet
from madang_seeds.own.values import homepage, iso_date, organisation_kind, whole_number
from madang_seeds.seoul import districts, sources, vocabularies

from tests.seeds.workbooks import write_xlsx

DAY = date(2026, 11, 24)
HEADER = ["번호", "회사명", "설립일", "종업원수", "매출액(백만원)", "업종코드", "자치구", "보유기술"]
GOOD = ["a1", "가나정밀", "2019.3.2", "1,200", "3억", "C29", "금천구", "협동 로봇, 컴퓨터 비전"]


def write_csv(path: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return path


@pytest_asyncio.fixture(loop_scope="session")
async def district(graph: Graph) -> Graph:
    """A graph with the vocabularies and places of Seoul."""
    tables = (
        Table("sources", sources.rows),
        Table("technologies", vocabularies.technology_rows),
        Table("industries", vocabularies.industry_rows),
        Table("districts", districts.rows),
    )
    await run_import(graph, DataSet("places", "1", tables))
    return graph


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", 1200),
        ("30명", 30),
        ("3억", 300_000_000),
        ("1억 2천만원", 120_000_000),
        ("2.5억", 250_000_000),
        ("-5", -5),
        ("１２０", 120),
        ("12,000,000원", 12_000_000),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["abc", "3억4", "약 30", "1.5", "", "3 4", "--"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"number"):
        whole_number(text)


def test_a_column_in_millions_is_multiplied_unless_the_cell_has_its_own_unit() -> None:
    assert whole_number("120", 1_000_000) == 120_000_000
    assert whole_number("3억", 1_000_000) == 300_000_000


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-01-02", "2020-01-02"),
        ("2020.1.2", "2020-01-02"),
        ("2020. 1. 2.", "2020-01-02"),
        ("2020/1/2", "2020-01-02"),
        ("20200102", "2020-01-02"),
        ("2020년 1월 2일", "2020-01-02"),
        ("2020-03", "2020-03-01"),
        ("2020", "2020-01-01"),
        ("2020-01-02 00:00:00", "2020-01-02"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: str) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize("text", ["2020-13-01", "2019-02-29", "next year", "20", "01/02/2020"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar"):
        iso_date(text)


def test_kinds_and_addresses_are_read() -> None:
    assert organisation_kind("중소기업") == "sme"
    assert organisation_kind("Startup") == "startup"
    assert homepage("example.org/kr") == "https://example.org/kr"
    with pytest.raises(ValueError, match="kind"):
        organisation_kind("빵집")
    with pytest.raises(ValueError, match="web address"):
        homepage("없음")


def test_headers_are_found_in_korean_and_english_with_units() -> None:
    columns, unused = match_columns(["Company Name", "매출액 (단위: 억원)", "직원 수", "비고"], {})
    assert {(column.field, column.factor) for column in columns} == {
        ("name_ko", 1),
        ("revenue_won", 100_000_000),
        ("employees", 1),
    }
    assert unused == ["비고"]
    columns, _ = match_columns(["우리이름", "x"], {"우리이름": "name_ko"})
    assert {column.field for column in columns} >= {"name_ko"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
async def test_a_table_is_loaded_in_any_of_the_usual_encodings(district: Graph, tmp_path: Path, encoding: str) -> None:
    done = await load_file(district, write_csv(tmp_path / "firms.csv", GOOD, encoding=encoding), today=DAY)
    assert done.report.problems == []
    statement = """
    MATCH (o:Organisation)-[:LOCATED_IN]->(g), (o)-[:IN_INDUSTRY]->(i)
    RETURN o.name_ko, o.founded_on, o.employees, o.revenue_won, o.industry_code, i.code, g.name_ko, o.synthetic,
        COUNT { (o)-[:USES]->() }, COUNT { (o)-[:MEMBER_OF]->() }, COUNT { (o)-[:STATED_BY]->() }
    """
    assert await district.read(statement) == [
        ["가나정밀", "2019-03-02", 1200, 300_000_000, "C29", "C29", "금천구", False, 2, 2, 1]
    ]


async def test_a_spreadsheet_is_loaded(district: Graph, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "firms.xlsx", ["회사명", "설립일", "종업원수"], ["가나정밀", "2019-03-02", 35], ["다라", "언젠가", 1]
    )
    done = await load_file(district, path, today=DAY)
    assert [(problem.line, problem.column) for problem in done.report.problems] == [(3, "설립일")]
    assert await district.read("MATCH (o:Organisation) RETURN o.founded_on, o.employees") == [["2019-03-02", 35]]


async def test_bad_rows_are_reported_and_the_others_go_in(district: Graph, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "firms.csv",
        GOOD,
        ["a2", "나쁜기업", "2020-13-01", "abc", "", "Q99", "없는구", "없는기술"],
        ["a1", "두번째", "", "", "", "", "", ""],
        ["a3", "", "", "", "", "", "", ""],
        ["a4", "넓은기업", "", "", "", "", "", "", "남는 칸"],
        ["a5", "짧은기업"],
    )
    done = await load_file(district, path, today=DAY)
    assert {(p.line, p.column, p.value) for p in done.report.problems} == {
        (3, "설립일", "2020-13-01"),
        (3, "종업원수", "abc"),
        (3, "업종코드", "Q99"),
        (3, "자치구", "없는구"),
        (3, "보유기술", "없는기술"),
        (4, "번호", "a1"),
        (5, "회사명", ""),
        (6, "", "남는 칸"),
    }
    assert await district.read("MATCH (o:Organisation) RETURN o.name_ko ORDER BY o.name_ko") == [
        ["가나정밀"],
        ["짧은기업"],
    ]


async def test_strict_writes_nothing_when_one_row_is_bad(district: Graph, tmp_path: Path) -> None:
    rows = [[f"a{n}", f"기업{n}", "", "", "", "", "", ""] for n in range(1_500)]
    path = write_csv(tmp_path / "firms.csv", *rows, ["z", "나쁜", "never", "", "", "", "", ""])
    before = await graph_checksum(district)
    with pytest.raises(RefusedFileError, match="nothing was written") as refused:
        await load_file(district, path, strict=True, today=DAY)
    assert [problem.line for problem in refused.value.report.problems] == [1_502]
    assert await graph_checksum(district) == before


async def test_a_second_load_of_the_same_table_writes_nothing(district: Graph, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", GOOD)
    await load_file(district, path, today=DAY)
    before = await graph_checksum(district)
    assert (await load_file(district, path, today=date(2027, 1, 1))).report.rows == 0
    assert await graph_checksum(district) == before


def test_files_that_are_no_tables_are_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b" \n")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "wrong.csv").write_bytes(b"name\n\xff\xfe\xfa\xff")
    cases: dict[str, type[FileError]] = {
        "none.csv": MissingFileError,
        "empty.csv": EmptyFileError,
        "picture.csv": NotATableError,
        "wrong.csv": EncodingError,
    }
    for name, kind in cases.items():
        with pytest.raises(kind, match=r"Check|needs|try again"):
            open_sheet(tmp_path / name)


async def test_a_broken_spreadsheet_and_an_unclosed_quote_are_said(district: Graph, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(NotATableError, match="spreadsheet"):
        await load_file(district, tmp_path / "broken.xlsx")
    (tmp_path / "quote.csv").write_text('회사명,종업원수\n가나,3\n"다라,4\n마바,5\n', encoding="utf-8")
    done = await load_file(district, tmp_path / "quote.csv")
    assert [(problem.line, "quote" in problem.reason) for problem in done.report.problems] == [(3, True)]


async def test_wrong_options_are_said(district: Graph, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", GOOD)
    with pytest.raises(UnknownKindError, match="organisations"):
        await load_file(district, path, "planets")
    with pytest.raises(UnknownFieldError, match="name_ko"):
        await load_file(district, path, mapping={"회사명": "nombre"})
    (tmp_path / "names.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(NotATableError, match="--map"):
        await load_file(district, tmp_path / "names.csv")
