"""The horizon data set, counted from its files."""

from __future__ import annotations

from functools import cache

import pytest
from madang_seeds import horizon
from madang_seeds.importer import Row, check
from madang_seeds.packed import read_rows
from madang_seeds.records import EdgeRecord, NodeRecord
from madang_seeds.sole_traders import is_person_like


@cache
def rows(name: str) -> list[Row]:
    return list(next(table for table in horizon.data_set_of_files().tables if table.name == name).rows())


@pytest.mark.parametrize(("table", "count"), horizon.SIZES.items())
def test_the_counts_are_those_of_the_source(table: str, count: int) -> None:
    assert len(rows(table)) == count


def test_every_row_keeps_to_the_vocabulary_and_every_relationship_has_both_ends() -> None:
    known: set[str] = set()
    ends: set[str] = set()
    for table in horizon.data_set_of_files().tables:
        for row in table.rows():
            assert check(row) == []
            for record in row.records:
                if isinstance(record, NodeRecord):
                    assert record.id not in known
                    known.add(record.id)
                elif isinstance(record, EdgeRecord):
                    ends.update((record.start_id, record.end_id))
    assert ends <= known


def test_countries_are_iso_codes() -> None:
    countries = {row["country"] for row in read_rows("horizon_organisations.csv.gz")}
    assert all(len(country) == 2 and country.isupper() for country in countries)
    assert {"GB", "GR", "NA"} <= countries
    assert not {"UK", "EL"} & countries


def test_names_that_may_be_persons_are_left_out() -> None:
    named = [row for row in read_rows("horizon_organisations.csv.gz") if row["name"]]
    assert 15_000 < len(named) < 16_280
    assert not any(is_person_like(row["name"], row["type"], 1) for row in named if row["name"].split()[0] == "JOECKEL")


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("JOECKEL BERNHARD", True),
        ("TOMASZ MARIAN KOSMIDER", True),
        ("ANDRE MYSYROWICZ CONSULTANTS", True),
        ("DE WILD-SCHOLTEN MARISKA JACOBA", True),
        ("FIENI GIOVANNI SRL", False),
        ("NORSEPOWER OY LTD", False),
        ("LYON SMART DESIGN", False),
        ("POLMECANIC Sp. z o.o.", False),
        ("SUPERSONIC IMAGINE", False),
    ],
)
def test_persons_are_told_from_firms(name: str, person: bool) -> None:
    assert is_person_like(name, "PRC", 1) is person


def test_institutions_with_persons_names_stay() -> None:
    assert not is_person_like("ROBERT KOCH-INSTITUT", "REC", 1)
