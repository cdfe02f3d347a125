"""Texts from addresses and forms become values of the types that the committed schema declares."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema
from madang_server.pages.coercion import UnreadableValueError, Variables, place_value, read_value
from madang_server.pages.routes import FORMS, PAGES
from madang_server.pages.writing import is_local

SCHEMA = build_schema(
    (Path(__file__).parents[2] / "server" / "madang_server" / "api" / "schema.graphql").read_text(encoding="utf-8")
)


@pytest.fixture
def schema() -> GraphQLSchema:
    return SCHEMA


def typed(declaration: str, schema: GraphQLSchema) -> Variables:
    return Variables.of(f"query ($value: {declaration}) {{ __typename }}", schema)


@pytest.mark.parametrize(
    ("declaration", "raw", "value"),
    [
        ("Int", ["12"], 12),
        ("Int", ["1,200"], 1200),
        ("Won", ["380,000,000"], 380_000_000),
        ("Boolean", ["false", "true"], True),
        ("Boolean", ["false"], False),
        ("OrganisationKind", ["SME"], "SME"),
        ("[OrganisationKind!]", ["SME", "STARTUP"], ["SME", "STARTUP"]),
        ("[ID!]", ["", "tec_1"], ["tec_1"]),
        ("[ID!]", [""], []),
        ("String", ["  two\r\nlines "], "two\nlines"),
        ("String", ["   "], None),
        ("Int", [""], None),
        ("Int", ["12명"], 12),
        ("Won", ["3억 2,000만"], 320_000_000),
        ("Won", ["3.2억"], 320_000_000),
        ("Won", ["320000000"], 320_000_000),
        ("Won", ["３억 ２천만 원"], 320_000_000),
        ("Won", ["1조 2억 3천만 4,500원"], 1_000_230_004_500),
        ("Won", ["₩320 million"], 320_000_000),
        ("Won", ["KRW 2.1bn"], 2_100_000_000),
        ("Won", ["-7,000만 원"], -70_000_000),
        ("Won", ["3억 2천"], 320_000_000),
        ("Won", ["2천 5백만"], 25_000_000),
        ("Won", ["1억 5백만원"], 105_000_000),
        ("Won", ["0"], 0),
        ("Date", ["2024-02-29"], "2024-02-29"),
        ("Date", ["2024.2.29"], "2024-02-29"),
        ("Date", ["2024. 2. 29."], "2024-02-29"),
        ("Date", ["20240229"], "2024-02-29"),
        ("Date", ["2024/02/29"], "2024-02-29"),
        ("Date", ["2024년 2월 29일"], "2024-02-29"),
    ],
)
def test_texts_become_values(declaration: str, raw: list[str], value: object, schema: GraphQLSchema) -> None:
    kind = typed(declaration, schema).types["value"]
    assert read_value(raw, kind) == value


@pytest.mark.parametrize(
    ("declaration", "raw", "problem"),
    [
        ("Int", ["twelve"], "whole-number"),
        ("Int", ["3000000000"], "too-large"),
        ("Won", ["lots"], "amount"),
        ("Won", ["만"], "amount"),
        ("Won", ["3만 2억"], "amount"),
        ("Won", ["1.00001만"], "amount"),
        ("Won", ["3,20억"], "amount"),
        ("Won", ["9999조"], "too-large"),
        ("Int", ["9" * 60], "too-large"),
        ("OrganisationKind", ["startup"], "choice"),
        ("Date", ["2023-02-29"], "date"),
        ("Date", ["14.6.2022"], "date"),
        ("Date", ["2022-06"], "date"),
        ("Boolean", ["perhaps"], "choice"),
        ("OrganisationWhere", ["{}"], "choice"),
    ],
)
def test_what_is_no_value_is_named(declaration: str, raw: list[str], problem: str, schema: GraphQLSchema) -> None:
    kind = typed(declaration, schema).types["value"]
    with pytest.raises(UnreadableValueError) as raised:
        read_value(raw, kind)
    assert raised.value.problem == problem


def test_places_inside_an_input_have_the_types_of_its_fields(schema: GraphQLSchema) -> None:
    variables = typed("OrganisationWhere", schema)
    assert str(variables.type_at("value.kind.in")) == "[OrganisationKind!]"
    assert str(variables.type_at("value.district.id.in")) == "[ID!]"
    assert variables.type_at("value.shoe.size") is None


def test_placing_a_value_leaves_the_rows_own_variables_alone() -> None:
    fixed: dict[str, object] = {"where": {"state": {"eq": "OPEN"}}}
    variables = dict(fixed)
    place_value(variables, "where.kind.in", ["SME"])
    assert variables == {"where": {"state": {"eq": "OPEN"}, "kind": {"in": ["SME"]}}}
    assert fixed == {"where": {"state": {"eq": "OPEN"}}}


_READ = re.compile(r'page\.value\("(\w+)"\)')


def test_every_row_of_the_tables_names_what_exists(schema: GraphQLSchema) -> None:
    from madang_frontend import load_mutations, load_pages

    pages = load_pages()
    for row in PAGES:
        variables = Variables.of(pages[row.page].document, schema)
        places = [*" ".join(row.values.values()).split(), *row.moments, *row.given]
        assert {place: variables.type_at(place) is not None for place in places} == dict.fromkeys(places, True), row
        # A value that decides what is asked is one of the variables, or one that the page reads itself.
        folder = (Path(__file__).parents[2] / "frontend/madang_frontend/pages" / row.page).parent
        read = {name for path in folder.glob("*.html") for name in _READ.findall(path.read_text("utf-8"))}
        assert set(row.given.values()) <= set(row.values) | read
    assert {row.page for row in PAGES} == set(pages)
    assert {row.mutation for row in FORMS} == set(load_mutations())
    assert {row.page for row in FORMS} <= set(pages)


@pytest.mark.parametrize("target", ["/", "/my/matches?verdict=CHECK", "/calls/call_1"])
def test_a_path_of_this_site_may_be_gone_on_to(target: str) -> None:
    assert is_local(target)


@pytest.mark.parametrize(
    "target", ["", "https://evil.example", "//evil.example", "/\\evil.example", "/\tx", "javascript:x", "evil"]
)
def test_what_could_lead_elsewhere_is_not_gone_on_to(target: str) -> None:
    assert not is_local(target)
