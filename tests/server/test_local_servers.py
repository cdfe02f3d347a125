"""The real servers of the session answer, keep passwords, and start each test empty."""

from __future__ import annotations

from urllib.parse import urlsplit

from madang_graph.client import Graph, GraphAddress
from madang_server.local.neo4j import can_log_in
from madang_server.local.valkey import can_ping


async def test_a_test_may_write_to_the_graph(graph: Graph) -> None:
    await graph.write("CREATE (:Organisation {id: 'org_leftover'})")
    assert await graph.read("MATCH (o:Organisation) RETURN count(o)") == [[1]]


async def test_the_next_test_finds_it_empty(graph: Graph) -> None:
    assert await graph.read("MATCH (o) RETURN count(o)") == [[0]]


def test_neo4j_refuses_a_wrong_and_the_well_known_password(neo4j_address: GraphAddress) -> None:
    port = urlsplit(neo4j_address.uri).port or 0
    assert can_log_in(port, neo4j_address.password)
    assert not can_log_in(port, "neo4j")
    assert not can_log_in(port, "wrong-password")


def test_valkey_refuses_a_wrong_password(valkey_url: str) -> None:
    address = urlsplit(valkey_url)
    assert can_ping(address.port or 0, address.password or "")
    assert not can_ping(address.port or 0, "wrong")
