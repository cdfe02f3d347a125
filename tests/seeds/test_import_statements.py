"""How the server plans the statements of the importer: every row begins at a unique key."""

from __future__ import annotations

from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.writes import imports
from madang_graph.writes.imports import MERGE_EDGES, MERGE_NODES, MERGE_STATED

STATEMENTS: dict[str, str] = {
    **{f"node {label}": text for label, text in MERGE_NODES.items()},
    **{f"stated {label}": text for label, text in MERGE_STATED.items()},
    **MERGE_EDGES,
    "checkpoint": imports.SAVE_CHECKPOINT,
}
READS = {"checkpoints": imports.READ_CHECKPOINTS, "forget": imports.FORGET_CHECKPOINTS}
PARAMETERS: dict[str, Any] = {
    "rows": [["x", "y", {}]],
    "prefix": "x/",
    **dict.fromkeys(("key", "checksum", "batches_done", "done", "day", "at"), "x"),
}


def operators(plan: Any) -> set[str]:
    return {
        plan["operatorType"].split("@")[0],
        *(each for part in plan.get("children", ()) for each in operators(part)),
    }


@pytest.mark.parametrize("name", [*STATEMENTS, *READS])
async def test_no_statement_looks_through_a_label_or_all_nodes(prepared_graph: Graph, name: str) -> None:
    explained: Any = "EXPLAIN " + {**STATEMENTS, **READS}[name]
    async with prepared_graph._driver.session(database=prepared_graph.address.database) as session:
        plan = (await (await session.run(explained, PARAMETERS)).consume()).plan
    found = operators(plan)
    assert not {"AllNodesScan", "NodeByLabelScan"} & found, found
    assert any("Unique" in operator for operator in found), found
