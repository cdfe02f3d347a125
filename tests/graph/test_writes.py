"""The statements of the write path: what each leaves behind, and that the server plans each well."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import madang_graph.writes
import pytest
from madang_graph.client import Graph, Transaction
from madang_graph.model import NODES, RELATIONSHIPS
from madang_graph.writes import organisations, places, requests
from madang_graph.writes.instants import instant

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
OURS = (
    "audit",
    "introductions",
    "judgements",
    "materials",
    "needs",
    "offers",
    "organisations",
    "people",
    "places",
    "provenance",
    "requests",
    "sessions",
    "suggestions",
    "vocabularies",
)


def statements() -> list[tuple[str, str]]:
    """Every constant of the write modules that is a statement."""
    found: list[tuple[str, str]] = []
    for name in OURS:
        module = importlib.import_module(f"madang_graph.writes.{name}")
        for constant, value in vars(module).items():
            if constant.isupper() and isinstance(value, str) and "\n" in value:
                found.append((f"{name}.{constant}", value))
    return found


def test_the_modules_looked_at_exist() -> None:
    assert set(OURS) <= {module.name for module in pkgutil.iter_modules(madang_graph.writes.__path__)}
    assert len(statements()) > 35


@pytest.mark.parametrize(("name", "statement"), statements(), ids=[name for name, _ in statements()])
async def test_no_statement_looks_through_all_nodes(prepared_graph: Graph, name: str, statement: str) -> None:
    parameters: dict[str, Any] = dict.fromkeys(re.findall(r"\$(\w+)", statement), "x")
    typed: dict[str, Any] = {
        "ids": ["x"],
        "technology_ids": ["x"],
        "verdicts": ["x"],
        "fields": ["x"],
        "values": {"trl": 1},
        "limit": 1,
    }
    parameters |= {key: value for key, value in typed.items() if key in parameters}
    explained: Any = "EXPLAIN " + statement
    async with prepared_graph._driver.session(database=prepared_graph.address.database) as session:
        result = await session.run(explained, parameters)
        plan = (await result.consume()).plan
    operators = set(walk(plan))
    assert operators
    assert not any(operator.startswith("AllNodesScan") for operator in operators), operators
    labels = {operator for operator in operators if operator.startswith("NodeByLabelScan")}
    # Forgetting old requests is housekeeping; everything else starts from a key.
    assert not labels or name == "requests._FORGET", (name, operators)


def walk(plan: Any) -> list[str]:
    return [plan["operatorType"], *(each for child in plan.get("children", ()) for each in walk(child))]


@pytest.mark.parametrize(("name", "statement"), statements(), ids=[name for name, _ in statements()])
def test_every_label_and_relationship_is_declared(name: str, statement: str) -> None:
    labels = {node.label for node in NODES}
    types = set(re.findall(r"\[:(\w+)\]", " ".join(r.pattern for r in RELATIONSHIPS)))
    used = set(re.findall(r"\(\w*:(\w+)", statement))
    used_types = {t for group in re.findall(r"\[\w*:([A-Z_|]+)", statement) for t in group.split("|")}
    assert used <= labels
    assert used_types <= types


def test_an_instant_is_utc_text_and_needs_a_zone() -> None:
    seoul = timezone(timedelta(hours=9))
    assert instant(datetime(2026, 11, 24, 12, 0, 0, 999, tzinfo=seoul)) == "2026-11-24T03:00:00Z"
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 11, 24))


async def test_a_locked_organisation_waits_for_the_transaction_before(graph: Graph) -> None:
    await graph.write("CREATE (:Organisation {id: 'org_a', version: 1})")

    async def count_up(transaction: Transaction) -> None:
        await organisations.lock(transaction, "org_a")
        profile = await organisations.find(transaction, "org_a")
        assert profile is not None
        await asyncio.sleep(0.01)
        await transaction.run(
            "MATCH (o:Organisation {id: 'org_a'}) SET o.version = $version", {"version": profile.version + 1}
        )

    await asyncio.gather(*(graph.transact(count_up) for _ in range(10)))
    assert await graph.read("MATCH (o:Organisation) RETURN o.version") == [[11]]


async def test_two_who_lock_two_in_opposite_order_do_not_wait_for_ever(graph: Graph) -> None:
    await graph.write("CREATE (:Organisation {id: 'org_a'}), (:Organisation {id: 'org_b'})")

    def take(*ids: str) -> Any:
        async def work(transaction: Transaction) -> None:
            await organisations.lock(transaction, *ids)
            await asyncio.sleep(0.01)

        return graph.transact(work)

    async with asyncio.timeout(20):
        await asyncio.gather(*(take("org_a", "org_b") if n % 2 else take("org_b", "org_a") for n in range(8)))


async def test_a_change_of_what_is_not_editable_is_a_bug(graph: Graph) -> None:
    await graph.write("CREATE (:Organisation {id: 'org_a'})")
    with pytest.raises(ValueError, match="Not editable"):
        await graph.transact(lambda t: organisations.change(t, "org_a", {"synthetic": True}, NOW))


async def test_an_organisation_without_a_stated_visibility_counts_as_private(graph: Graph) -> None:
    await graph.write("CREATE (:Organisation {id: 'org_a'})")
    profile = await graph.transact(lambda t: organisations.find(t, "org_a"))
    assert profile is not None
    assert (profile.visibility, profile.version) == ("private", 0)


async def test_moving_out_keeps_innovation_districts(graph: Graph) -> None:
    await graph.write("""
CREATE (o:Organisation {id: 'org_a'})
CREATE (gu:District {id: 'dst_gu', kind: 'gu'})-[:PART_OF]->(:District {id: 'dst_city', kind: 'city'})
CREATE (o)-[:MEMBER_OF]->(:District {id: 'dst_valley', kind: 'innovation_district'})-[:COVERS]->(gu)
""")
    for gu_id in ("dst_gu", "dst_gu", None, None):
        await graph.transact(lambda t, gu_id=gu_id: places.set_gu(t, "org_a", gu_id))
    rows = await graph.read("MATCH (:Organisation)-[r]->(d) RETURN type(r), d.id")
    assert rows == [["MEMBER_OF", "dst_valley"]]


async def test_a_request_key_waits_for_the_one_before_and_sees_its_answer(graph: Graph) -> None:
    async def work(transaction: Transaction) -> bool:
        earlier = await requests.begin(transaction, "per_a:x:k", "sum", NOW)
        if earlier.result is not None:
            return False
        await asyncio.sleep(0.02)
        await requests.finish(transaction, "per_a:x:k", "org_a")
        return True

    firsts = await asyncio.gather(*(graph.transact(work) for _ in range(6)))
    assert sorted(firsts) == [False] * 5 + [True]


async def test_old_requests_are_forgotten_in_portions(graph: Graph) -> None:
    await graph.write("""
UNWIND range(1, 5) AS n CREATE (:Request {key: 'old' + n, at: '2026-11-01T00:00:00Z'})
CREATE (:Request {key: 'new' + n, at: '2026-11-24T00:00:00Z'})
""")
    before = NOW - timedelta(days=2)
    assert await requests.forget(graph, before=before, limit=3) == 3
    assert await requests.forget(graph, before=before, limit=3) == 2
    assert await graph.read("MATCH (r:Request) RETURN count(r)") == [[5]]
