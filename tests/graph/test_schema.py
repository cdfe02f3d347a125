"""The schema: every name of the vocabulary is known to the server before the first node has it."""

from __future__ import annotations

from typing import LiteralString, cast

from madang_graph.client import Graph, GraphAddress
from madang_graph.migrations import migrate
from madang_graph.model import NODES, RELATIONSHIPS
from madang_graph.schema import apply_schema
from neo4j import AsyncGraphDatabase


async def test_an_empty_graph_knows_every_declared_name(graph: Graph, neo4j_address: GraphAddress) -> None:
    types = {each.pattern.split("[:")[1].split("]")[0] for each in RELATIONSHIPS}
    properties = {name for each in (*NODES, *RELATIONSHIPS) for name in each.properties}
    everything = f"EXPLAIN MATCH (n)-[r:{'|'.join(types)}]-() RETURN " + ", ".join(f"n.{name}" for name in properties)
    auth = (neo4j_address.username, neo4j_address.password)
    async with AsyncGraphDatabase.driver(neo4j_address.uri, auth=auth) as driver:
        for statement, unknown in (
            (everything, []),
            ("EXPLAIN MATCH ()-[r:NEVER]-() RETURN r.never", ["01N51", "01N52"]),
        ):
            done = await driver.execute_query(cast("LiteralString", statement))
            given = [each.gql_status for each in done.summary.gql_status_objects]
            assert sorted(status for status in given if status.startswith("01N5")) == unknown


async def test_applying_the_schema_again_changes_nothing(graph: Graph) -> None:
    before = await graph.read("SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name")
    await apply_schema(graph)
    assert await graph.read("SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name") == before


async def test_a_lock_left_by_a_killed_process_keeps_nobody_out_when_nothing_is_pending(graph: Graph) -> None:
    await migrate(graph)
    await graph.write("CREATE (:Lock {name: 'migrations', holder: 'killed', expires_at: '9999-01-01T00:00:00Z'})")
    assert await migrate(graph) == []
