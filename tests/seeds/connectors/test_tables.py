"""Tables of notices: encodings, headers over two rows, mapping, preview, bad rows."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from madang_graph.client import Graph
from madang_seeds.connectors.files import load_table, preview
from madang_seeds.connectors.notices import Notice
from madang_seeds.connectors.periods import Period
from madang_seeds.own.errors import NotATableError, RefusedFileError, UnknownFieldError
from madang_seeds.records import Problem

from tests.seeds.workbooks import write_xlsx

DAY = date(2026, 11, 24)
HEADER = ["연번", "사업명", "주관기관", "접수시작일", "접수마감일", "지원지역", "업력", "지원한도(백만원)", "링크"]
ROW = [
    "1",
    "로봇 실증 지원",
    "서울시험진흥원",
    "2026.11.2",
    "2026-12-18",
    "서울",
    "7년미만",
    "50",
    "www.example.kr/a?b=1",
]


def write(path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_table_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    seen = preview(write(tmp_path / "calls.csv", [HEADER, ROW], encoding), {})
    (notice,) = seen.rows
    assert isinstance(notice, Notice)
    assert (notice.key, notice.title, notice.agency) == ("1", "로봇 실증 지원", "서울시험진흥원")
    assert (notice.period.opens_on, notice.period.closes_on) == ("2026-11-02", "2026-12-18")
    assert (notice.amount_won, notice.url) == (50_000_000, "https://www.example.kr/a?b=1")
    assert [rule["kind"] for rule in notice.rules] == ["firm_age", "region"]


MERGED: list[list[str | int]] = [
    ["2026년 지원사업 목록", "", "", "", ""],
    ["", "", "", "", ""],
    ["번호", "공고명", "접수기간", "", "비고"],
    ["", "", "시작일", "종료일", ""],
    ["7", "데이터 지원", "2026-03-02", "2026-03-31", "x"],
]


def test_headers_below_a_title_and_over_two_rows_with_merged_cells_are_found(tmp_path: Path) -> None:
    seen = preview(write(tmp_path / "calls.csv", MERGED, "cp949"), {})
    assert dict(seen.fields) == {
        "key": "번호",
        "title": "공고명",
        "opens_on": "접수기간 시작일",
        "closes_on": "접수기간 종료일",
    }
    assert list(seen.unused) == ["비고"]
    (notice,) = seen.rows
    assert isinstance(notice, Notice)
    assert (notice.key, notice.period.opens_on, notice.period.closes_on) == ("7", "2026-03-02", "2026-03-31")


def test_a_spreadsheet_is_read_like_a_csv(tmp_path: Path) -> None:
    (notice,) = preview(write_xlsx(tmp_path / "calls.xlsx", *MERGED), {}).rows
    assert isinstance(notice, Notice)
    assert (notice.title, notice.period.closes_on) == ("데이터 지원", "2026-03-31")


def test_a_mapping_goes_before_the_known_headers(tmp_path: Path) -> None:
    path = write(tmp_path / "calls.csv", [["우리 이름", "공고명", "기한"], ["진짜 이름", "아님", "예산 소진시까지"]])
    (notice,) = preview(path, {"우리 이름": "title", "기한": "period"}).rows
    assert isinstance(notice, Notice)
    assert (notice.title, notice.period.rolling, notice.note) == ("진짜 이름", True, "예산 소진시까지")
    with pytest.raises(UnknownFieldError):
        preview(path, {"기한": "colour"})


def test_a_mapping_names_a_column_under_merged_cells_as_the_preview_shows_it(tmp_path: Path) -> None:
    rows = [["번호", "공고명", "일정", ""], ["", "", "부터", "까지"], ["7", "데이터 지원", "2026-03-02", "2026-03-31"]]
    path = write(tmp_path / "calls.csv", rows, "cp949")
    assert list(preview(path, {}).unused) == ["일정 부터", "일정 까지"]
    seen = preview(path, {"일정 부터": "opens_on", "일정 까지": "closes_on"})
    (notice,) = seen.rows
    assert isinstance(notice, Notice)
    assert (list(seen.unused), notice.period) == ([], Period("2026-03-02", "2026-03-31"))


@pytest.mark.parametrize(
    ("cell", "period", "note"),
    [
        ("예산 소진시까지", Period("2026-11-02", None, True, True), "예산 소진시까지"),
        ("상시", Period("2026-11-02", None, True), "상시"),
        ("추후 공지", Period("2026-11-02"), "추후 공지"),
        ("20261218", Period("2026-11-02", "2026-12-18"), ""),
    ],
)
def test_words_in_place_of_the_last_day_are_never_taken_for_closed(
    tmp_path: Path, cell: str, period: Period, note: str
) -> None:
    row = list(ROW)
    row[HEADER.index("접수마감일")] = cell
    (notice,) = preview(write(tmp_path / "calls.csv", [HEADER, row]), {}).rows
    assert isinstance(notice, Notice)
    assert (notice.period, notice.note) == (period, note)


def test_a_free_period_of_a_table_keeps_its_hour_and_its_money(tmp_path: Path) -> None:
    header, row = ["공고명", "접수기간"], ["가", "2026.3.2 ~ 3.31 24:00 (예산 소진 시 조기 마감)"]
    (notice,) = preview(write(tmp_path / "calls.csv", [header, row]), {}).rows
    assert isinstance(notice, Notice)
    facts = notice.facts()
    assert (facts["closes_at"], facts["until_funds"]) == ("2026-03-31T14:59:59Z", True)


def test_a_table_without_titles_says_what_it_found(tmp_path: Path) -> None:
    with pytest.raises(NotATableError, match="아무거나"):
        preview(write(tmp_path / "calls.csv", [["아무거나", "또"], ["1", "2"]]), {})


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("접수마감일", "2026-10-01", "ends before it begins"),
        ("접수시작일", "2026-02-30", "is no day of the calendar"),
        ("접수마감일", "2026-12", "is not a day"),
        ("지원한도(백만원)", "-5", "must be 0 to"),
        ("지원한도(백만원)", "많이", "is not a number"),
        ("링크", "javascript:alert(1)", "is not a web address"),
        ("사업명", "<b></b>", "a title is missing"),
    ],
)
async def test_a_bad_cell_leaves_its_row_out_and_is_named(
    graph: Graph, tmp_path: Path, column: str, cell: str, reason: str
) -> None:
    bad = list(ROW)
    bad[0], bad[HEADER.index(column)] = "2", cell
    path = write(tmp_path / "calls.csv", [HEADER, ROW, bad])
    report = await load_table(graph, path, {}, today=DAY)
    ((problem,), new) = report.problems, report.plan.new
    assert (problem.line, problem.column, new) == (3, column, 1)
    assert problem.reason.startswith(reason)
    with pytest.raises(RefusedFileError):
        await load_table(graph, path, {}, strict=True, source="strict", today=DAY)
    assert await graph.read("MATCH (n:Notice) RETURN count(n)") == [[1]]


async def test_a_second_load_writes_nothing_and_a_repeated_id_is_named(graph: Graph, tmp_path: Path) -> None:
    path = write(tmp_path / "calls.csv", [HEADER, ROW, ROW])
    first = await load_table(graph, path, {}, today=DAY)
    again = await load_table(graph, path, {}, today=DAY)
    assert (first.written, first.problem_count, again.written) == (1, 1, 0)
    assert isinstance(first.problems[0], Problem)
    assert await graph.read("MATCH (s:Source)<-[:STATED_BY]-(c:Call) RETURN s.key, c.amount_max_won") == [
        ["file/calls", 50_000_000]
    ]
