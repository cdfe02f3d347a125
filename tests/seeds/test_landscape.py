"""The landscape data set."""

from __future__ import annotations

from datetime import date

from madang_graph.client import Graph
from madang_graph.writes.checksum import graph_checksum
from madang_seeds import landscape
from madang_seeds.importer import check
from madang_seeds.loading import load_dataset

DAY = date(2026, 11, 24)


def test_the_counts_are_those_of_the_source() -> None:
    tables = {table.name: list(table.rows()) for table in landscape.data_set(DAY).tables}
    assert {name: len(tables[name]) for name in landscape.SIZES} == landscape.SIZES
    assert [problem for rows in tables.values() for row in rows for problem in check(row)] == []


async def test_landscape_loads_and_a_second_load_changes_nothing(graph: Graph) -> None:
    await load_dataset(graph, "landscape", today=DAY)
    before = await graph_checksum(graph)
    assert (await load_dataset(graph, "landscape", today=DAY)).rows == 0
    assert await graph_checksum(graph) == before
    counts = await graph.read(
        "MATCH (o:Organisation)-[m:TOOK_PART_IN]->(:Programme) RETURN count(DISTINCT o), count(m), count(m.until_on)"
    )
    assert counts == [[1_920, 3_128, 146]]
    assert await graph.read("MATCH (:Organisation)-[:MEMBER_OF]->(d) RETURN count(d)") == [[0]]
