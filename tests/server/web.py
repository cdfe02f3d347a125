"""The whole application in this process, over the real graph and queue, for tests that speak HTTP."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from madang_graph.client import GraphAddress
from madang_server.app import create_app
from madang_server.settings import Settings
from madang_server.wiring import open_web
from pydantic import SecretStr
from starlette.applications import Starlette

from tests.server.builders import ORIGIN, SECRET, Clock


@asynccontextmanager
async def open_app(
    address: GraphAddress, valkey_url: str, clock: Clock, *, origin: str = ORIGIN, demo: bool = True
) -> AsyncIterator[Starlette]:
    """Give an application that runs in this loop; pages are planned when they are looked at."""
    settings = Settings(
        neo4j_uri=address.uri,
        neo4j_username=address.username,
        neo4j_password=SecretStr(address.password),
        redis_url=valkey_url,
        secret_key=SecretStr(SECRET),
        public_origin=origin,
        demo=demo,
    )
    app = create_app(lambda: open_web(settings, clock, plans_pages=False))
    async with app.router.lifespan_context(app):
        yield app


async def warm(app: Starlette, document: str) -> None:
    """Send a document until the server has planned it: on a busy machine the first time can exceed the read limit."""
    async with browser(app) as client:
        for _ in range(10):
            response = await client.post("/graphql", json={"query": document})
            if response.status_code == 200:
                return
        raise AssertionError("The graph stays too slow to test against.")


def browser(app: Starlette, origin: str = ORIGIN) -> httpx.AsyncClient:
    """Return a client with cookies of its own."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=origin)


async def ask(
    client: httpx.AsyncClient, document: str, variables: Mapping[str, Any] | None = None, **headers: str
) -> dict[str, Any]:
    """Send one operation and return its data; errors fail the test.

    On a busy machine the planning of a statement can take longer than a read may. The operation is then sent again, as
    a person would: reads change nothing, and `mutate` gives every mutation its key.
    """
    body = {"query": document, "variables": variables or {}}
    answer: dict[str, Any] = {}
    for _ in range(10):
        response = await client.post("/graphql", json=body, headers=headers)
        answer = json.loads(response.content)
        if [error["extensions"]["code"] for error in answer.get("errors", ())] != ["TIMEOUT"]:
            break
    assert "errors" not in answer, answer
    return answer["data"]


MUTATE = """
mutation Change($input: {input}!) {{
  {name}(input: $input) {{
    __typename
    ... on {success} {{ {selection} }}
    ... on UserError {{ message path }}
    ... on ValidationFailed {{ problems {{ message path }} }}
  }}
}}
"""


async def mutate(
    client: httpx.AsyncClient,
    name: str,
    success: str,
    given: Mapping[str, Any],
    selection: str = "__typename",
    **headers: str,
) -> dict[str, Any]:
    """Send a mutation and return its result, a success or an error that people can cause."""
    given = {"idempotencyKey": secrets.token_hex(8), **given}
    input_type = f"{name[0].upper()}{name[1:]}Input"
    document = MUTATE.format(input=input_type, name=name, success=success, selection=selection)
    return (await ask(client, document, {"input": given}, **headers))[name]
