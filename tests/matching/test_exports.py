"""Reading of exports: what the tables say, and errors that name the place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from madang_matching.errors import ExportError
from madang_matching.exports import read_export, snapshot_of
from madang_matching.exports.tables import COLUMNS, first_day, is_date
from madang_matching.records import Membership, Project

from tests.matching.exporting import SMALL, changed, write_export


def test_cells_are_text_and_pairs_are_kept(tmp_path: Path) -> None:
    export = read_export(write_export(tmp_path))
    assert export.organisations[0].country == "NA"
    assert export.organisations[0].tags == ("x", "y")
    assert export.organisations[2] == ("c", "", "", "", "", "", ())
    assert export.activities[0].size_eur == 10.5
    assert export.participations[2].amount_eur is None
    assert (export.candidates, export.known_before, export.ranks_read) == ("programmes", "2025-07", 10)
    assert export.shown(export.queries[0]) == ["p"]


def test_the_snapshot_holds_programmes_memberships_and_projects(tmp_path: Path) -> None:
    snapshot = snapshot_of(read_export(write_export(tmp_path)))
    assert set(snapshot.memberships) == {
        Membership("a", "p", "2025-06"),
        Membership("a", "q", "2024-02-01"),
        Membership("b", "q", "2024"),
    }
    assert snapshot.projects == (Project("j", ("a", "b"), "2024-01-01", ("z",)),)
    assert [(each.id, each.programme, each.opens_at, each.closes_at) for each in snapshot.calls] == [
        ("p", "p", "2024-03-01T00:00:00Z", "2025-01-01T23:59:59Z"),
        ("q", "q", None, None),
    ]
    assert [each.id for each in snapshot.technologies] == ["x", "y", "z"]
    assert [(each.kind, each.city) for each in snapshot.organisations] == [
        ("sme", "Windhoek"),
        ("research", ""),
        ("", ""),
    ]
    assert snapshot.taken_at.isoformat() == "2025-07-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("table", "row", "cells", "place"),
    [
        ("organisations", 1, {"id": "a"}, "organisations.csv, row 3, column id"),
        ("organisations", 1, {"id": ""}, "organisations.csv, row 3, column id"),
        ("programmes", 1, {"id": "p"}, "programmes.csv, row 3, column id"),
        ("programmes", 0, {"open_until": "2025-02-30"}, "programmes.csv, row 2, column open_until"),
        ("activities", 0, {"programme": "nobody"}, "activities.csv, row 2, column programme"),
        ("activities", 0, {"size_eur": "much"}, "activities.csv, row 2, column size_eur"),
        ("activities", 0, {"size_eur": "inf"}, "activities.csv, row 2, column size_eur"),
        ("activities", 0, {"ended_on": "12/05/2024"}, "activities.csv, row 2, column ended_on"),
        ("participations", 1, {"organisation": "z"}, "participations.csv, row 3, column organisation"),
        ("participations", 1, {"activity": "z"}, "participations.csv, row 3, column activity"),
        ("participations", 0, {"programme": ""}, "participations.csv, row 2, column activity"),
        ("participations", 3, {"organisation": "a", "programme": "z"}, "participations.csv, row 5, column programme"),
        ("participations", 2, {"started_on": "soon"}, "participations.csv, row 4, column started_on"),
        ("queries", 0, {"query_id": "z"}, "queries.csv, row 2, column query_id"),
        ("queries", 1, {"query_id": "b", "candidate_group": "all"}, "queries.csv, row 3, column query_id"),
        ("queries", 0, {"candidate_group": "few"}, "queries.csv, row 2, column candidate_group"),
        ("queries", 0, {"as_of": "2025-13"}, "queries.csv, row 2, column as_of"),
        ("candidates", 1, {"candidate_id": "a"}, "candidates.csv, row 3, column candidate_id"),
        ("candidates", 1, {"candidate_id": "p"}, "candidates.csv, row 3, column candidate_id"),
        ("exclude", 0, {"candidate_id": "z"}, "exclude.csv, row 2, column candidate_id"),
        ("exclude", 0, {"query_id": "z"}, "exclude.csv, row 2, column query_id"),
    ],
)  # fmt: skip
def test_errors_name_file_row_and_column(
    tmp_path: Path, table: str, row: int, cells: dict[str, str], place: str
) -> None:
    with pytest.raises(ExportError) as raised:
        read_export(write_export(tmp_path, changed(table, row, **cells)))
    assert str(raised.value).startswith(f"{place}: ")


@pytest.mark.parametrize("name", [*COLUMNS, "task"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    file = "task.json" if name == "task" else f"{name}.csv"
    (write_export(tmp_path) / file).unlink()
    with pytest.raises(ExportError, match=f"^{file}: is not in"):
        read_export(tmp_path)


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, names in COLUMNS.items() for column in names])
def test_a_missing_column_is_named(tmp_path: Path, table: str, column: str) -> None:
    path = write_export(tmp_path) / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [each for each in COLUMNS[table] if each != column], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(ExportError, match=f"^{table}.csv, row 1, column {column}: is missing"):
        read_export(tmp_path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "organisations.csv: is empty"),
        (b"id,name,kind,country,place,text,tags\na,b\n", "organisations.csv, row 2: has 2 cells, the header 7"),
        (b"id,name,kind,country,place,text,tags\na,,,,,\xff,\n", "organisations.csv: is not UTF-8 .line 2."),
        (b'id,name,kind,country,place,text,tags\na,,,,,"open,\n', "organisations.csv, row 2: is not CSV"),
        (b"id,id,name,kind,country,place,text,tags\n", "organisations.csv, row 1, column id: stands twice"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes, problem: str) -> None:
    (write_export(tmp_path) / "organisations.csv").write_bytes(content)
    with pytest.raises(ExportError, match=f"^{problem}"):
        read_export(tmp_path)


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"candidates": "people"}, "candidates"),
        ({"known_before": "then"}, "known_before"),
        ({"known_before": None}, "known_before"),
        ({"ranks_read": -1}, "ranks_read"),
    ],
)
def test_wrong_facts_of_the_task_are_named(tmp_path: Path, facts: dict[str, object], column: str) -> None:
    with pytest.raises(ExportError, match=f"^task.json, column {column}: "):
        read_export(write_export(tmp_path, **facts))


@pytest.mark.parametrize("content", ["[]", "{", "\x00", ""])
def test_a_task_file_that_is_no_object_is_named(tmp_path: Path, content: str) -> None:
    (write_export(tmp_path) / "task.json").write_text(content, "utf-8")
    with pytest.raises(ExportError, match=r"^task.json: "):
        read_export(tmp_path)


def test_tables_without_rows_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = write_export(tmp_path, {}) / "organisations.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    export = read_export(tmp_path)
    assert export.organisations == export.queries == export.participations == ()
    assert snapshot_of(export).calls == ()


def test_pairs_of_organisations_that_are_not_asked_about_have_no_effect(tmp_path: Path) -> None:
    export = read_export(write_export(tmp_path, changed("exclude", 1, query_id="c", candidate_id="p")))
    assert export.shown(export.queries[0]) == ["p"]


_HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=_HOSTILE, name=_HOSTILE, identity=_HOSTILE.filter(bool))
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str, name: str, identity: str) -> None:
    rows = [{"id": f"{identity}-1", "text": text, "name": name}, {"id": f"{identity}-2", "tags": text}]
    tables = {**SMALL, "organisations": [*SMALL["organisations"], *rows]}
    organisations = read_export(write_export(tmp_path, tables)).organisations
    assert (organisations[3].id, organisations[3].text, organisations[3].name) == (f"{identity}-1", text, name)
    assert all(tag == tag.strip() and tag and "|" not in tag for tag in organisations[4].tags)


def test_a_text_longer_than_the_csv_reader_likes_is_read_and_the_limit_put_back(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    text = "협력 🤝 \x00 сотрудничество " * 20_000
    export = read_export(write_export(tmp_path, changed("organisations", 0, text=text)))
    assert export.organisations[0].text == text
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("text", ["2025", "2025-02", "2024-02-29"])
def test_days_months_and_years_are_dates(text: str) -> None:
    assert is_date(text)
    assert is_date(first_day(text))


@pytest.mark.parametrize(
    "text", ["2025-02-29", "25-02", "2025-1", "2025-00", "0000", "２０２５", "2025-01-01T00", " 2025"]
)
def test_nothing_else_is_a_date(text: str) -> None:
    assert not is_date(text)
