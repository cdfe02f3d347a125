"""Notices of two sources that are in doubt, taken in as an import takes them in."""

from __future__ import annotations

from datetime import date
from typing import Any

from madang_graph.client import Graph
from madang_seeds.connectors import bizinfo, k_startup
from madang_seeds.connectors.loading import NoticeReport, take_in
from madang_seeds.connectors.planning import Plan
from madang_seeds.importer import Row
from madang_seeds.seoul.sources import source_record

from tests.seeds.connectors.items import bizinfo_item, k_startup_item
from tests.server.builders import make_organisation

READERS = {"k-startup": k_startup.read_item, "bizinfo": bizinfo.read_item}


async def load(graph: Graph, source_key: str, *items: dict[str, Any]) -> NoticeReport:
    notices = [READERS[source_key](item) for item in items]
    report = NoticeReport(Plan())
    row = Row(1, [source_record(key=source_key, title_en=source_key)])
    by_key = {notice.key: notice for notice in notices}
    await take_in(graph, source_key, row, by_key, report, today=date(2026, 11, 24), complete=True)
    return report


async def in_doubt(graph: Graph) -> str:
    """Two calls of one doubtful pair; the second hidden by an organisation. Returns the doubt's id."""
    await load(graph, "k-startup", k_startup_item())
    await load(graph, "bizinfo", bizinfo_item(reqstBeginEndDe="예산 소진시까지"))
    await make_organisation(graph, "org_watcher")
    await graph.write(
        "MATCH (o:Organisation {id: 'org_watcher'}), (c:Call)-[:ANNOUNCED_BY]->(:Notice {source_key: 'bizinfo'}) "
        "CREATE (o)-[:DISMISSED {note: 'not ours'}]->(c)"
    )
    return await the_doubt(graph)


async def the_doubt(graph: Graph) -> str:
    return (await graph.read("MATCH (d:Doubt) RETURN d.id"))[0][0]
