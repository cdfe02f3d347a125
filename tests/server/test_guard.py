"""The guard: what is refused, with which code, and that a refusal leaves nothing behind."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import reduce
from typing import Any, cast

import pytest
from graphql import build_client_schema, get_introspection_query
from madang_frontend import safelist
from madang_graph.client import Graph
from madang_graph.errors import GraphUnavailableError
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import ANONYMOUS
from madang_server.api import guard
from madang_server.api.execute import Answer, Api
from madang_server.api.guard import GuardError, check_text, check_values
from madang_server.api.plans import Bounded
from madang_server.api.schema import build_schema

from tests.benchmarks.hostile_documents import KINDS, VALID
from tests.graph.test_reading import FUNCTIONS

REFUSALS = {
    "QUERY_TOO_LARGE",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "OPERATION_RESOLUTION_FAILURE",
    "BAD_USER_INPUT",
}


class AbsentGraph:
    """No graph is needed to refuse; what gets this far was not refused."""

    asked = 0

    async def read(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        raise GraphUnavailableError("bolt://absent", "it is absent")


def make_api() -> Api:
    compiler = Compiler(ENTITIES, ONES, MANYS, FUNCTIONS, CursorSigner(b"test"), LEAVES)
    graph = cast(Graph, AbsentGraph())
    return Api(graph, build_schema(), compiler, lambda: datetime.now(UTC), lambda *_: None)


@pytest.fixture(scope="module")
def api() -> Api:
    return make_api()


@pytest.fixture(scope="module")
def own_api() -> Api:
    """Another one: what is taken here asks its graph."""
    return make_api()


async def codes_of(api: Api, document: str, variables: Mapping[str, Any] | None = None) -> set[str]:
    answer: Answer = await api.execute(document, variables or {}, ANONYMOUS)
    assert answer.data is None
    assert answer.status in (400, 503)
    return {error["extensions"]["code"] for error in answer.errors}


@pytest.mark.parametrize("name", sorted(safelist()))
async def test_documents_of_our_own_pages_and_forms_stay_below_every_limit(own_api: Api, name: str) -> None:
    assert "QUERY_TOO_LARGE" not in await codes_of(own_api, safelist()[name])


@pytest.mark.parametrize("kind", KINDS)
async def test_hostile_documents_are_refused_and_leave_nothing_behind(api: Api, kind: str) -> None:
    chance = random.Random(3)
    documents, plans = len(api.plans._known), len(api.plans._ready)
    for _ in range(3):
        codes = await codes_of(api, KINDS[kind](chance))
        assert codes
        assert codes <= REFUSALS
    assert cast(AbsentGraph, api.graph).asked == 0
    assert (len(api.plans._known), len(api.plans._ready)) == (documents, plans)


@pytest.mark.parametrize("kind", VALID)
async def test_the_largest_documents_that_are_taken_are_one_statement_at_most(kind: str) -> None:
    api = make_api()
    assert await codes_of(api, VALID[kind](random.Random(3))) == {"SERVICE_UNAVAILABLE"}
    assert cast(AbsentGraph, api.graph).asked == 1


DEEP = "{ district(id: 1) { " + "parent { " * 8 + "id" + " }" * 10


async def test_ten_levels_are_taken_and_eleven_are_not(api: Api) -> None:
    assert await codes_of(api, DEEP) == {"SERVICE_UNAVAILABLE"}
    assert await codes_of(api, DEEP.replace("id }", "parent { id } }")) == {"QUERY_TOO_LARGE"}


async def test_fifteen_aliases_are_taken_and_sixteen_are_not(api: Api) -> None:
    aliased = lambda count: "{ " + " ".join(f"a{i}: viewer {{ id }}" for i in range(count)) + " }"  # noqa: E731
    assert await codes_of(api, aliased(15)) == {"SERVICE_UNAVAILABLE"}
    assert await codes_of(api, aliased(16)) == {"QUERY_TOO_LARGE"}


async def test_fifty_directives_are_taken_and_more_are_not(api: Api) -> None:
    directed = lambda count: "{ viewer { id " + "name @skip(if: false) " * count + "} }"  # noqa: E731
    assert await codes_of(api, directed(50)) == {"SERVICE_UNAVAILABLE"}
    assert await codes_of(api, directed(51)) == {"QUERY_TOO_LARGE"}


NESTED = (
    "query ($a: Int!, $b: Int!) { organisations(first: $a) { nodes { technologies(first: $b) { nodes { id } } } } }"
)


async def test_cost_is_counted_from_the_values_of_variables(api: Api) -> None:
    assert await codes_of(api, NESTED, {"a": 100, "b": 99}) == {"SERVICE_UNAVAILABLE"}
    assert await codes_of(api, NESTED, {"a": 100, "b": 100}) == {"QUERY_TOO_LARGE"}


async def test_mutations_are_measured_with_their_variables_too(api: Api) -> None:
    document = """
mutation ($a: Int!) { editOrganisation(input: {id: "org_x", version: 1}) {
  ... on EditOrganisationSuccess { organisation { technologies(first: $a) { nodes { organisations(first: $a) { nodes {
    id technologies(first: 5) { nodes { id } } } } } } } } } }"""
    document = document.replace("EditOrganisationSuccess", _success_of(api, "editOrganisation"))
    assert await codes_of(api, document, {"a": 100}) == {"QUERY_TOO_LARGE"}


def _success_of(api: Api, mutation: str) -> str:
    assert api.schema.mutation_type is not None
    result: Any = api.schema.mutation_type.fields[mutation].type
    return getattr(result, "of_type", result).types[0].name


WHERE = "query ($w: OrganisationWhere) { organisations(where: $w) { totalCount } }"


def neighbours(levels: int) -> dict[str, Any]:
    innermost: dict[str, Any] = {"nameKo": {"eq": "x"}}
    edges = ("technologies", "organisations")
    return reduce(lambda inner, level: {edges[(levels - level) % 2]: {"some": inner}}, range(1, levels + 1), innermost)


async def test_filters_by_neighbours_are_limited_in_number_and_depth(api: Api) -> None:
    taken, refused = {"SERVICE_UNAVAILABLE"}, {"QUERY_TOO_LARGE"}
    assert await codes_of(api, WHERE, {"w": neighbours(4)}) == taken
    assert await codes_of(api, WHERE, {"w": neighbours(5)}) == refused
    assert await codes_of(api, WHERE, {"w": {"or": [neighbours(1)] * 12}}) == taken
    assert await codes_of(api, WHERE, {"w": {"or": [neighbours(1)] * 13}}) == refused
    literal = "{technologies: {some: {nameKo: {eq: 1}}}} " * 13
    assert await codes_of(api, f"{{ organisations(where: {{or: [{literal}]}}) {{ totalCount }} }}") <= REFUSALS


async def test_large_and_deep_variables_are_refused(api: Api) -> None:
    deep = reduce(lambda inner, _: {"not": inner}, range(900), {"id": {"eq": "x"}})
    assert await codes_of(api, WHERE, {"w": deep}) == {"QUERY_TOO_LARGE"}
    wide = {"or": [{"id": {"eq": str(i)}} for i in range(3_000)]}
    assert await codes_of(api, WHERE, {"w": wide}) == {"QUERY_TOO_LARGE"}
    assert await codes_of(api, WHERE, {"unknown": wide}) == {"SERVICE_UNAVAILABLE"}


async def test_made_up_prefixes_of_ids_make_no_plans() -> None:
    api = make_api()
    for i in range(20):
        await codes_of(api, "query ($i: ID!) { node(id: $i) { id } }", {"i": f"x{i}_1"})
    assert len(api.plans._ready) == 1


async def test_a_plan_is_made_once_for_all_values_of_one_shape() -> None:
    api = make_api()
    for value in ("a", "b", "c"):
        await codes_of(api, WHERE, {"w": {"nameKo": {"eq": value}}})
    assert len(api.plans._ready) == 1
    await codes_of(api, WHERE, {"w": {"nameKo": {"in": ["a"]}}})
    assert len(api.plans._ready) == 2


def test_the_table_of_plans_forgets_by_number_and_by_weight() -> None:
    table: Bounded[int, str] = Bounded(3, 10)
    for key in range(5):
        table.keep(key, str(key), 1)
    assert list(table) == [2, 3, 4]
    assert table.find(2) == "2"
    table.keep(9, "heavy", 9)
    assert list(table) == [2, 9]
    table.keep(10, "too heavy for all", 99)
    assert list(table) == [10]


def test_comments_and_commas_are_no_tokens_and_texts_are_one() -> None:
    check_text("{ viewer { id } } #" + " word" * 2_500)
    check_text("{ viewer { id" + "," * 10_000 + "} }")
    check_text('{ organisations(where: {search: "' + "(a " * 2_500 + '"}) { totalCount } }')
    check_text('{ organisations(where: {search: """' + '(a " \\""" ' * 1_000 + '"""}) { totalCount } }')


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("x" * 15_001, "characters"),
        ("{ a(b: [" + "1 " * 2_000 + "]) }", "tokens"),
        ("{ a " * 61, "levels of brackets"),
        ("{ " + "a " * 251 + "}", "fields, aliases"),
        ('{ a(b: """(""") ' + "a " * 251 + "}", "fields, aliases"),
        ("{ a } " * 51, "operations"),
    ],
)
def test_a_text_that_is_too_large_is_refused_by_what_it_has_too_much_of(text: str, what: str) -> None:
    with pytest.raises(GuardError, match=what):
        check_text(text)


def test_values_are_counted_in_all_their_forms() -> None:
    check_values({"ids": [str(i) for i in range(guard.MOST_VALUES - 1)]})
    with pytest.raises(GuardError, match="values"):
        check_values({"ids": [str(i) for i in range(guard.MOST_VALUES)]})
    with pytest.raises(GuardError, match="levels"):
        check_values({"a": reduce(lambda inner, _: [inner], range(100), [1])})


async def test_tools_read_the_schema_and_nobody_reads_it_many_times_over(api: Api) -> None:
    everything = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
    )
    answer = await api.execute(everything, {}, ANONYMOUS)
    assert not answer.errors
    assert answer.data is not None
    assert build_client_schema(answer.data).query_type is not None  # type: ignore[arg-type]
    twice = "{ __schema { types { fields { type { fields { name } } } } } }"
    assert not (await api.execute(twice, {}, ANONYMOUS)).errors
    body = "__schema { types { fields { type { fields { name } } } } }"
    aliased = "{ " + " ".join(f"a{i}: {body}" for i in range(5)) + " }"
    assert await codes_of(api, aliased) == {"QUERY_TOO_LARGE"}
    thrice = twice.replace("{ name }", "{ type { fields { name } } }")
    assert await codes_of(api, thrice) == {"QUERY_TOO_LARGE"}


async def test_errors_name_their_place(api: Api) -> None:
    answer = await api.execute("{ viewer { id }\n  wrong }", {}, ANONYMOUS)
    assert answer.errors[0]["locations"] == [{"line": 2, "column": 3}]
