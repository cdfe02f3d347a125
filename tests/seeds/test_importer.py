"""The importer against a real graph: batches with checkpoints, repetition, broken runs, bad rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from madang_graph.client import Graph
from madang_graph.model import NODES, RELATIONSHIPS
from madang_graph.writes.checksum import graph_checksum
from madang_graph.writes.imports import MERGE_EDGES, MERGE_NODES, MERGE_STATED, MissingEndError, read_checkpoints
from madang_seeds.importer import DataSet, Row, Table, run_import
from madang_seeds.records import NodeRecord, Stated, edge, named

SOURCE = NodeRecord("Source", "src_test", {"key": "test", "title_en": "A test", "synthetic": True})


def make_firm(number: int, **overrides: object) -> NodeRecord:
    properties = {**named(f"회사{number}", f"Firm {number}"), "kind": "sme", "employees": number, **overrides}
    return NodeRecord("Organisation", f"org_{number:06}", properties, (Stated("src_test", "2026-01-02"),))


def make_set(rows: Callable[[], Iterator[Row]], fingerprint: str = "1") -> DataSet:
    return DataSet("trial", fingerprint, (Table("source", lambda: iter([Row(1, [SOURCE])])), Table("firms", rows)))


def firms(count: int) -> Callable[[], Iterator[Row]]:
    return lambda: (Row(n, [make_firm(n)]) for n in range(count))


def test_every_statement_uses_what_the_vocabulary_declares() -> None:
    labels, patterns = {node.label for node in NODES}, {tie.pattern for tie in RELATIONSHIPS}
    assert set(MERGE_NODES) <= labels
    assert set(MERGE_EDGES) <= patterns
    assert {f"(:{label})-[:STATED_BY]->(:Source)" for label in MERGE_STATED} <= patterns


async def test_a_second_import_writes_nothing(graph: Graph) -> None:
    first = await run_import(graph, make_set(firms(2_300)))
    before = await graph_checksum(graph)
    second = await run_import(graph, make_set(firms(2_300)))
    assert (first.rows, first.batches) == (2_301, 4)
    assert (second.rows, second.batches, second.skipped_tables) == (0, 0, 2)
    assert await graph_checksum(graph) == before
    assert before.nodes == 2_300 + 1 + 2


async def test_writing_every_row_again_leaves_the_graph_equal(graph: Graph) -> None:
    await run_import(graph, make_set(firms(1_200)))
    before = await graph_checksum(graph)
    report = await run_import(graph, make_set(firms(1_200)), again=True)
    assert report.rows == 1_201
    assert await graph_checksum(graph) == before


async def test_the_checksum_sees_one_changed_property(graph: Graph) -> None:
    await run_import(graph, make_set(firms(5)))
    before = await graph_checksum(graph)
    await graph.write("MATCH (o:Organisation {id: 'org_000003'}) SET o.employees = 99")
    changed = await graph_checksum(graph)
    assert changed.nodes == before.nodes
    assert changed.digest != before.digest


async def test_a_broken_import_goes_on_where_it_stopped(graph: Graph) -> None:
    def breaking() -> Iterator[Row]:
        for row in firms(3_500)():
            if row.line == 2_500:
                raise RuntimeError("the reader broke")
            yield row

    with pytest.raises(RuntimeError):
        await run_import(graph, make_set(breaking))
    marks = await read_checkpoints(graph, "trial")
    assert (marks["trial/firms"].batches_done, marks["trial/firms"].done) == (1, False)
    report = await run_import(graph, make_set(firms(3_500)))
    assert (report.rows, report.batches, report.skipped_tables) == (2_500, 3, 1)
    broken = await graph_checksum(graph)
    await graph.write("MATCH (n) DETACH DELETE n")
    await run_import(graph, make_set(firms(3_500)))
    assert await graph_checksum(graph) == broken


async def test_a_changed_input_is_taken_in_anew(graph: Graph) -> None:
    await run_import(graph, make_set(firms(10)))
    report = await run_import(graph, make_set(lambda: (Row(n, [make_firm(n, employees=7)]) for n in range(10)), "2"))
    assert report.rows == 11
    assert await graph.read("MATCH (o:Organisation) RETURN DISTINCT o.employees") == [[7]]


async def test_bad_rows_are_left_out_and_named(graph: Graph) -> None:
    def rows() -> Iterator[Row]:
        yield Row(2, [make_firm(1)])
        yield Row(3, [make_firm(2, kind="bakery", employees="many")])
        yield Row(4, [make_firm(3, colour="red")])
        yield Row(5, [make_firm(4)])

    report = await run_import(graph, make_set(rows))
    assert {(p.line, p.column, p.value) for p in report.problems} == {
        (3, "kind", "bakery"),
        (3, "employees", "many"),
        (4, "colour", "red"),
    }
    assert await graph.read("MATCH (o:Organisation) RETURN o.id ORDER BY o.id") == [["org_000001"], ["org_000004"]]


async def test_a_batch_with_a_missing_end_leaves_nothing(graph: Graph) -> None:
    def rows() -> Iterator[Row]:
        yield Row(1, [make_firm(1), edge("Organisation", "USES", "Technology", "org_000001", "tec_nowhere")])

    with pytest.raises(MissingEndError, match="1 of 1"):
        await run_import(graph, make_set(rows))
    assert await graph.read("MATCH (o:Organisation) RETURN count(o)") == [[0]]
    assert "trial/firms" not in await read_checkpoints(graph, "trial")


async def test_provenance_names_the_fields_that_the_source_stated(graph: Graph) -> None:
    await run_import(graph, make_set(firms(1)))
    statement = "MATCH (:Organisation)-[stated:STATED_BY]->(s:Source) RETURN s.key, stated.fields, stated.as_of"
    assert await graph.read(statement) == [["test", ["employees", "kind", "name_en", "name_ko"], "2026-01-02"]]


async def test_a_broken_repetition_is_finished_by_a_plain_import(graph: Graph) -> None:
    await run_import(graph, make_set(firms(1_500)))

    def breaking() -> Iterator[Row]:
        yield from list(firms(1_500)())[:1_200]
        raise RuntimeError("the reader broke")

    with pytest.raises(RuntimeError):
        await run_import(graph, make_set(breaking), again=True)
    report = await run_import(graph, make_set(firms(1_500)))
    assert (report.rows, report.skipped_tables) == (1_500, 1)
