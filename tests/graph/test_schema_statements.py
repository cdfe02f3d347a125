"""Every statement that ships is one that Neo4j can plan without looking at all nodes; so are those of the pages."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import madang_graph
import madang_server.api.functions
import pytest
import pytest_asyncio
from madang_frontend import load_pages
from madang_graph.client import Graph, GraphAddress
from madang_graph.viewer import ANONYMOUS
from madang_server.pages.coercion import Variables
from madang_server.pages.planning import usual_variables
from madang_server.pages.routes import PAGES
from neo4j import AsyncDriver, AsyncGraphDatabase

from tests.graph.test_reading import make_api

_START = re.compile(r"\s*(MATCH|MERGE|CREATE|UNWIND|CALL|OPTIONAL MATCH|WITH|FOREACH|RETURN) ")
# Whole statements only: parts of the read model name their nodes by placeholders.
_PLACEHOLDER = re.compile(r"\{[nmor]\}|\$a_|\{\w*\}\)")


def _modules() -> Iterator[Any]:
    yield madang_server.api.functions
    for found in pkgutil.walk_packages(madang_graph.__path__, "madang_graph."):
        yield importlib.import_module(found.name)


def _constants() -> dict[str, str]:
    return {
        f"{module.__name__}.{name}": value
        for module in _modules()
        for name, value in vars(module).items()
        if isinstance(value, str) and _START.match(value) and not _PLACEHOLDER.search(value)
    }


CONSTANTS = _constants()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def driver(prepared_graph: Graph, neo4j_address: GraphAddress) -> AsyncIterator[AsyncDriver]:
    auth = (neo4j_address.username, neo4j_address.password)
    async with AsyncGraphDatabase.driver(neo4j_address.uri, auth=auth, notifications_min_severity="OFF") as opened:
        yield opened


def operators(plan: dict[str, Any]) -> set[str]:
    below = [operators(child) for child in plan.get("children", ())]
    return {plan["operatorType"].split("@")[0]}.union(*below)


async def explained(driver: AsyncDriver, statement: str, parameters: dict[str, Any]) -> set[str]:
    async with driver.session() as session:
        result = await session.run(f"EXPLAIN {statement}", parameters)  # pyright: ignore[reportArgumentType]
        plan = (await result.consume()).plan
    assert plan is not None
    return operators(plan)


def parameters_of(statement: str) -> dict[str, Any]:
    return dict.fromkeys(re.findall(r"\$(\w+)", statement))


def test_the_statements_are_found() -> None:
    assert len(CONSTANTS) > 60
    assert sum(".writes." in name for name in CONSTANTS) > 50


@pytest.mark.parametrize("name", CONSTANTS)
async def test_every_statement_is_planned_without_looking_at_all_nodes(driver: AsyncDriver, name: str) -> None:
    statement = CONSTANTS[name]
    found = await explained(driver, statement, parameters_of(statement))
    assert found
    assert "AllNodesScan" not in found


async def test_the_check_sees_a_look_at_all_nodes(driver: AsyncDriver) -> None:
    assert "AllNodesScan" in await explained(driver, "MATCH (n {id: $id}) RETURN n", {"id": "x"})


async def test_the_statements_of_the_pages_are_planned_without_looking_at_all_nodes(
    driver: AsyncDriver, prepared_graph: Graph
) -> None:
    api, pages = make_api(prepared_graph), load_pages()
    seen: set[str] = set()
    for row in PAGES:
        document = pages[row.page].document
        for variables in usual_variables(row, Variables.of(document, api.plans.schema), api.now()):
            known = api.plans.known(document, None)
            given = api.plans.coerced(known, variables)
            plan = api.plans.ready(document, None, known, given).plan
            if plan is None or plan.text in seen:
                continue
            seen.add(plan.text)
            found = await explained(driver, plan.text, plan.parameters(given, ANONYMOUS, api.now()))
            assert "AllNodesScan" not in found, row.page
    assert len(seen) >= len(PAGES) - 2
