"""GraphQL over HTTP: what is no request is refused in GraphQL's form, and never with a 500."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio
from madang_graph.client import GraphAddress
from madang_server.local.processes import free_port

from tests.server.builders import Clock
from tests.server.web import browser, open_app

JSON = {"content-type": "application/json"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    address = GraphAddress(f"bolt://127.0.0.1:{free_port()}", "neo4j", "none")
    async with (
        open_app(address, f"redis://127.0.0.1:{free_port()}/0", Clock()) as app,
        browser(app) as opened,
    ):
        yield opened


def error_of(response: httpx.Response) -> str:
    """Return the code of a refusal, whose form is GraphQL's."""
    body = json.loads(response.content)
    assert set(body) <= {"errors", "data"}
    assert body.get("data") is None
    for error in body["errors"]:
        assert isinstance(error["message"], str)
        assert error["message"]
    return body["errors"][0]["extensions"]["code"]


BODIES: list[bytes] = [
    b"", b"1", b"null", b"true", b'"query"', b"[]", b"[1]", b'[{"query": "{ __typename }"}]', b"{}", b"{", b"nonsense",
    b"[" * 100_000, b'{"query":' * 20_000, b"{" + b'"a":{' * 5_000 + b"}" * 5_001, b"\xff\xfe\x00", b"\x00" * 100,
    b'{"query": 1}', b'{"query": null}', b'{"query": ""}', b'{"query": ["{ __typename }"]}', b'{"query": {}}',
    b'{"query": "{ __typename }", "variables": 1}', b'{"query": "{ __typename }", "variables": [1]}',
    b'{"query": "{ __typename }", "variables": "{}"}', b'{"query": "{ __typename }", "operationName": 1}',
    b'{"query": "{ __typename }", "operationName": {"a": 1}}', b'{"query": "\\ud800"}', b'{"query": "{ a }", }', b"NaN",
    b'{"query": "{ __typename }", "variables": {"a": 1e999}}',
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:40].decode("latin-1"))
async def test_bodies_that_are_no_request_are_400(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/graphql", content=body, headers=JSON)
    assert response.status_code == 400, response.text
    assert error_of(response) == "BAD_REQUEST"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "json"])
async def test_other_content_types_are_415(client: httpx.AsyncClient, kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    response = await client.post("/graphql", content=b'{"query": "{ __typename }"}', headers=headers)
    assert response.status_code == 415
    assert error_of(response) == "UNSUPPORTED_MEDIA_TYPE"


async def test_a_body_over_256_kib_is_413(client: httpx.AsyncClient) -> None:
    body = json.dumps({"query": "{ __typename }", "variables": {"a": "x" * 262_144}}).encode()
    response = await client.post("/graphql", content=body, headers=JSON)
    assert response.status_code == 413
    assert error_of(response) == "BODY_TOO_LARGE"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str) -> None:
    assert (await client.request(method, "/graphql")).status_code in (404, 405)


async def test_a_query_by_get_is_answered(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql?query={__typename}")
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})


async def test_variables_and_the_name_of_the_operation_come_by_get_too(client: httpx.AsyncClient) -> None:
    document = "query A { __typename } query B($yes: Boolean!) { kind: __typename @include(if: $yes) }"
    address = f"/graphql?query={quote(document)}&operationName=B&variables={quote(json.dumps({'yes': True}))}"
    response = await client.get(address)
    assert response.json() == {"data": {"kind": "Query"}}


@pytest.mark.parametrize(
    "query",
    ["", "?query=", "?variables={}", "?query={__typename}&variables=nonsense", "?query={__typename}&variables=1"],
)
async def test_a_get_that_asks_nothing_is_400(client: httpx.AsyncClient, query: str) -> None:
    response = await client.get(f"/graphql{query}", headers={"accept": "application/json"})
    assert response.status_code == 400
    assert error_of(response) == "BAD_REQUEST"


async def test_a_mutation_by_get_is_405_and_does_nothing(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "mutation { signOut(input: {}) { __typename } }"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert error_of(response) == "METHOD_NOT_ALLOWED"


async def send(client: httpx.AsyncClient, query: str, accept: str = "*/*", **body: Any) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **body}, headers={"accept": accept})


FIRST = "query ($n: Int) { organisations(first: $n) { totalCount nodes { id } } }"
REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "no such operation": ("query A { __typename }", {"operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
    "which of two": ("query A { __typename } query B { __typename }", {}, "OPERATION_RESOLUTION_FAILURE"),
    "fragments only": ("fragment A on Query { __typename }", {}, "OPERATION_RESOLUTION_FAILURE"),
    "not GraphQL": ("SELECT 1", {}, "GRAPHQL_PARSE_FAILED"),
    "a subscription": ("subscription { organisations { totalCount } }", {}, "GRAPHQL_VALIDATION_FAILED"),
    "unknown field": ("{ wrong }", {}, "GRAPHQL_VALIDATION_FAILED"),
    "id is an object": ("{ node(id: {a: 1}) { id } }", {}, "GRAPHQL_VALIDATION_FAILED"),
    "id is true": ("{ node(id: true) { id } }", {}, "GRAPHQL_VALIDATION_FAILED"),
    "id is null": ("query ($i: ID!) { node(id: $i) { id } }", {"variables": {"i": None}}, "BAD_USER_INPUT"),
    "id is missing": ("query ($i: ID!) { node(id: $i) { id } }", {}, "BAD_USER_INPUT"),
    "id is a list": ("query ($i: ID!) { node(id: $i) { id } }", {"variables": {"i": ["a"]}}, "BAD_USER_INPUT"),
    "id is a fraction": ("query ($i: ID!) { node(id: $i) { id } }", {"variables": {"i": 1.5}}, "BAD_USER_INPUT"),
    "first is text": (FIRST, {"variables": {"n": "5"}}, "BAD_USER_INPUT"),
    "first is a fraction": (FIRST, {"variables": {"n": 1.5}}, "BAD_USER_INPUT"),
    "first is huge": (FIRST, {"variables": {"n": 2**40}}, "BAD_USER_INPUT"),
    "first is negative": (FIRST, {"variables": {"n": -1}}, "BAD_USER_INPUT"),
    "first is 101": (FIRST, {"variables": {"n": 101}}, "BAD_USER_INPUT"),
    "first is 101 in the text": ("{ organisations(first: 101) { totalCount nodes { id } } }", {}, "BAD_USER_INPUT"),
    "a wrong word": ("{ organisations(sort: NONSENSE_ASC) { totalCount } }", {}, "GRAPHQL_VALIDATION_FAILED"),
    "a filter of a wrong type": (
        "query ($w: OrganisationWhere) { organisations(where: $w) { totalCount } }",
        {"variables": {"w": {"employees": {"gt": "many"}}}},
        "BAD_USER_INPUT",
    ),
    "an unknown filter": (
        "query ($w: OrganisationWhere) { organisations(where: $w) { totalCount } }",
        {"variables": {"w": {"password": {"eq": "x"}}}},
        "BAD_USER_INPUT",
    ),
    "won beyond 64 bit": (
        "query ($w: OrganisationWhere) { organisations(where: $w) { totalCount } }",
        {"variables": {"w": {"revenueWon": {"gt": 2**63}}}},
        "BAD_USER_INPUT",
    ),
    "101 ids": (
        "query ($i: [ID!]!) { nodes(ids: $i) { id } }",
        {"variables": {"i": [str(i) for i in range(101)]}},
        "BAD_USER_INPUT",
    ),
    "too large": ("{ viewer { id } } #" + "x" * 15_000, {}, "QUERY_TOO_LARGE"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_does_not_fit_is_told_with_its_code(client: httpx.AsyncClient, name: str) -> None:
    query, body, code = REFUSED[name]
    plain = await send(client, query, "application/json", **body)
    assert (plain.status_code, error_of(plain)) == (200, code), plain.text
    strict = await send(client, query, "application/graphql-response+json", **body)
    assert (strict.status_code, error_of(strict)) == (400, code)
    assert strict.headers["content-type"].startswith("application/graphql-response+json")


async def test_without_the_graph_an_answer_is_503_and_says_so(client: httpx.AsyncClient) -> None:
    response = await send(client, "{ organisations { totalCount } }")
    assert response.status_code == 503
    assert error_of(response) == "SERVICE_UNAVAILABLE"


@pytest.mark.parametrize("value", [None, {}])
async def test_variables_may_be_null_or_empty(client: httpx.AsyncClient, value: Any) -> None:
    response = await send(client, "{ __typename }", variables=value, operationName=value or None)
    assert response.json() == {"data": {"__typename": "Query"}}
