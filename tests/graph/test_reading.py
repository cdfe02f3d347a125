"""Random valid operations: one statement each, and the answer of the plain oracle."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import madang_server.api
import pytest
import pytest_asyncio
from graphql import ArgumentNode, GraphQLSchema, IntValueNode, StringValueNode, Visitor, parse, print_ast, visit
from graphql.language import ast
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis_graphql import queries
from madang_graph.client import Graph
from madang_graph.name_starts import name_query
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.text import lucene
from madang_server.api.de_minimis import de_minimis
from madang_server.api.execute import Api
from madang_server.api.schema import build_schema as real_schema

from tests.oracle.answers import oracle_schema, without_seals
from tests.oracle.resolvers import Oracle
from tests.small_district import VIEWERS, District, small_district, write

EXAMPLES = int(os.environ.get("READING_EXAMPLES", "250"))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SDL = (Path(madang_server.api.__path__[0]) / "schema.graphql").read_text("utf-8")

_NO_PAIR = {"total": 0, "programmes": 0}
FUNCTIONS: dict[str, Any] = {
    "rule_lines": lambda value, arguments: [],
    "helpful_question": lambda value, arguments: None,
    "eligibility": lambda value, arguments: None,
    "eligibility_of_ours": lambda value, arguments: [],
    "fact_fields": lambda value, arguments: [],
    "de_minimis": de_minimis,
    "application_conflicts": lambda value, arguments: [],
    "rule_places": lambda value, arguments: [],
    "rule_clashes": lambda value, arguments: [],
    "rule_coverage": lambda value, arguments: {"checked": 0, "total": 0},
    "rule_preview": lambda value, arguments: json.loads(value) if value else None,
    "condition_kinds": lambda value, arguments: [],
    "feed_token": lambda value, arguments: "a token",
    "partner_search": lambda arguments: [],
    "overlaps": lambda arguments: json.dumps({"nodes": [], "page": {"more": False, "earlier": False}, **_NO_PAIR}),
    "overlap_firms": lambda arguments: [],
    "named_technologies": lambda sentence: [],
    "lucene": lucene,
    "name_query": name_query,
}


def make_api(graph: Graph) -> Api:
    compiler = Compiler(ENTITIES, ONES, MANYS, FUNCTIONS, CursorSigner(b"test"), LEAVES)
    return Api(graph, real_schema(), compiler, lambda: NOW, lambda *_: None, read_timeout_s=30)


@pytest.fixture(scope="module")
def district() -> District:
    return small_district()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def api(prepared_graph: Graph, district: District) -> AsyncIterator[Api]:
    await write(prepared_graph, district)
    yield make_api(prepared_graph)
    await prepared_graph.write("MATCH (n) DETACH DELETE n", timeout_s=60)


def askable_schema(schema: GraphQLSchema) -> GraphQLSchema:
    """The schema without mutations and without the searches, whose scores and finds are not the graph's alone."""
    query = schema.query_type
    assert query is not None
    for name in (
        "search",
        "searchKinds",
        "suggest",
        "namedTechnologies",
        "partnerSearch",
        "overlaps",
        "overlapFirms",
        "eligibility",
        "factFields",
        "conditionKinds",
    ):
        del query.fields[name]
    schema.mutation_type = None
    return schema


class Plausible(Visitor):
    """Gives random arguments values that can match: small pages, ids and words of the district."""

    def __init__(self, district: District) -> None:
        super().__init__()
        self._ids = [*sorted(district.nodes), "org_none"]
        self._texts = ["firm", "회사", "1", "we", "센서", "2025-03-01", "2026-05-01T00:00:00Z", "c29", ""]

    def leave_argument(self, node: ArgumentNode, *_: Any) -> Any:
        name = node.name.value
        if name == "after":
            return ast.ArgumentNode(name=node.name, value=ast.NullValueNode())
        if name == "first" and isinstance(node.value, IntValueNode):
            return ast.ArgumentNode(name=node.name, value=IntValueNode(value=str(abs(int(node.value.value)) % 7)))
        if name in ("id", "ids"):
            return ast.ArgumentNode(name=node.name, value=self._as_ids(node.value))
        return None

    def leave_object_field(self, node: ast.ObjectFieldNode, *_: Any) -> Any:
        if node.name.value == "id":
            return ast.ObjectFieldNode(name=node.name, value=self._as_ids(node.value))
        return None

    def leave_string_value(self, node: StringValueNode, *_: Any) -> Any:
        if node.value in self._ids:
            return None
        return StringValueNode(value=self._texts[zlib.crc32(node.value.encode()) % len(self._texts)])

    def _as_ids(self, node: Any) -> Any:
        if isinstance(node, StringValueNode | IntValueNode):
            return StringValueNode(value=self._ids[zlib.crc32(str(node.value).encode()) % len(self._ids)])
        if isinstance(node, ast.ListValueNode):
            return ast.ListValueNode(values=tuple(self._as_ids(value) for value in node.values))
        if isinstance(node, ast.ObjectValueNode):
            fields = [ast.ObjectFieldNode(name=f.name, value=self._as_ids(f.value)) for f in node.fields]
            return ast.ObjectValueNode(fields=tuple(fields))
        return node


TEXTS = st.sampled_from("abcdefghi").map(lambda letter: StringValueNode(value=letter))
SCALARS = {
    "Date": TEXTS,
    "Instant": TEXTS,
    "Won": st.integers(0, 10**11).map(lambda number: IntValueNode(value=str(number))),
    "GeoJSON": TEXTS,
}
OPERATIONS = queries(askable_schema(oracle_schema(SDL)), custom_scalars=SCALARS, allow_x00=False)


async def test_every_valid_operation_is_one_statement_with_the_answer_of_the_oracle(
    api: Api, district: District
) -> None:
    documents: list[str] = []

    @seed(20261124)
    @settings(
        max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(OPERATIONS)
    def gather(document: str) -> None:
        documents.append(document)

    gather()
    plausible = Plausible(district)
    schema = oracle_schema(SDL)
    refused = 0
    viewers = list(VIEWERS.items())
    for index, document in enumerate(documents):
        name, viewer = viewers[index % len(viewers)]
        asked = print_ast(visit(parse(document), plausible))
        before = api.graph.statements_sent
        answer = await api.execute(asked, {}, viewer)
        sent = api.graph.statements_sent - before
        if answer.errors:
            assert {e["extensions"]["code"] for e in answer.errors} == {"QUERY_TOO_LARGE"}, (answer.errors, asked)
            assert sent == 0
            refused += 1
            continue
        expected = Oracle(district, viewer, api.now(), schema).execute(asked)
        assert without_seals(expected, answer.data) == expected, f"as {name}: {asked}"
        assert sent == (1 if answer.data and set(answer.data) != {"__typename"} else sent), asked
    print(f"\n{len(documents) - refused} operations answered as by the oracle, one statement each; {refused} too large")
    assert refused < len(documents) / 2
