"""The Seoul data set as the importer takes it in."""

from __future__ import annotations

from datetime import date

from madang_seeds.importer import DataSet, Table
from madang_seeds.packed import fingerprint
from madang_seeds.seoul import (
    demo_calls,
    districts,
    founders,
    ledgers,
    people,
    programmes,
    sources,
    spaces,
    vocabularies,
)
from madang_seeds.seoul.firms import projects, tables
from madang_seeds.seoul.firms.organisations import SEED

NAME = "seoul"
VERSION = "3"
"""Raise it when the generator gives other rows for the same files."""
_FILES = (
    "seoul_gu_2023.geojson", "seoul_gu_names.csv", "seoul_dong_points.csv", "seoul_districts.csv", "seoul_spaces.csv",
    "seoul_programmes.json", "seoul_programmes_en.toml", "seoul_demo_calls.toml", "seoul_fields.toml",
    "seoul_sentences.toml",
    "seoul_demo_firms.toml",
    "seoul_technologies.csv", "seoul_industries.csv",
)  # fmt: skip


def data_set(day: date) -> DataSet:
    """Return the data set as of the day: dates of calls, firms and projects are counted from it."""
    return DataSet(
        NAME,
        fingerprint(f"{VERSION}/{SEED}", *_FILES),
        (
            Table("sources", sources.rows),
            Table("technologies", vocabularies.technology_rows),
            Table("industries", vocabularies.industry_rows),
            Table("districts", districts.rows),
            Table("spaces", spaces.rows),
            Table("programmes", programmes.rows),
            Table("calls", lambda: demo_calls.rows(day)),
            Table("organisations", lambda: tables.rows(day)),
            Table("projects", lambda: projects.rows(day)),
            Table("memberships", lambda: projects.membership_rows(day)),
            Table("founders", lambda: founders.rows(day)),
            Table("people", lambda: people.rows(day)),
            Table("ledgers", lambda: ledgers.rows(day)),
        ),
        day.isoformat(),
    )
