"""Random operations, mutations included, over HTTP against the real application and graph: never an answer of 5xx.

`SCHEMATHESIS_CASES=500 python -m pytest tests/server/test_schemathesis.py -s` runs the 500 of the figure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes
from madang_graph.client import Graph, GraphAddress
from madang_server.local.processes import free_port

from tests.small_district import small_district, write

CASES = int(os.environ.get("SCHEMATHESIS_CASES", "100"))
TEXTS = st.text(max_size=12).filter(lambda text: text.isprintable())
for scalar in ("Date", "Instant", "GeoJSON"):
    schemathesis.graphql.scalar(scalar, TEXTS.map(nodes.String))
schemathesis.graphql.scalar("Won", st.integers(-(2**63), 2**64).map(nodes.Int))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def filled(prepared_graph: Graph) -> AsyncIterator[None]:
    await write(prepared_graph, small_district())
    yield
    await prepared_graph.write("MATCH (n) DETACH DELETE n", timeout_s=60)


@pytest.fixture(scope="module")
def address(filled: None, neo4j_address: GraphAddress, valkey_url: str) -> Iterator[str]:
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MADANG_SCHEMATHESIS")},
        "NEO4J_URI": neo4j_address.uri,
        "NEO4J_USERNAME": neo4j_address.username,
        "NEO4J_PASSWORD": neo4j_address.password,
        "REDIS_URL": valkey_url,
        "MADANG_SECRET_KEY": "k" * 40,
        "MADANG_DEMO": "true",
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "madang_server.app:create_app", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/health/live")
            yield f"http://127.0.0.1:{port}/graphql"
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    for _ in range(300):  # a minute or two on a busy machine
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("The application did not start.")


def sent(case: Any) -> tuple[int, set[str]]:
    """Send a case and return (status, codes). A statement that Neo4j had no time to plan is sent a second time: by then
    it is planned, as it would be for the next visitor."""
    for _ in range(2):
        response = case.call(timeout=120)
        errors = json.loads(response.content).get("errors", [])
        codes = {error["extensions"]["code"] for error in errors}
        if "TIMEOUT" not in codes:
            break
    return response.status_code, codes


def test_no_random_operation_is_answered_with_5xx(address: str) -> None:
    schema = schemathesis.graphql.from_url(address)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 25
    assert {operation.definition.root_type.name for operation in operations} == {"QUERY", "MUTATION"}
    seen: Counter[tuple[int, str]] = Counter()
    each = -(-CASES // len(operations))
    for operation in operations:

        @seed(20261124)
        @settings(
            max_examples=each, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def answered(case: Any) -> None:
            status, codes = sent(case)
            seen[status, ",".join(sorted(codes)) or "answered"] += 1
            assert status < 500, (status, codes, case.body)
            assert "INTERNAL_SERVER_ERROR" not in codes, case.body

        answered()
    print(f"\n{sum(seen.values())} cases over {len(operations)} operations: {dict(seen)}")
    assert sum(seen.values()) >= CASES
    assert sum(count for (_, codes), count in seen.items() if codes == "answered") > CASES / 4
