"""Take notices in: from an open API, or from a table. A second run of the same writes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from madang_graph.client import Graph
from madang_graph.writes.imports import Batch, Checkpoint, write_batch
from madang_graph.writes.notices import read_announcements, read_kept_fields, read_known_notices

from madang_seeds.connectors import bizinfo, k_startup
from madang_seeds.connectors.batches import Origin, make_batch
from madang_seeds.connectors.fetching import Source, fetch_all
from madang_seeds.connectors.notices import BadNoticeError, Notice, text_of
from madang_seeds.connectors.planning import Change, Plan, plan
from madang_seeds.importer import DataSet, Progress, Row, Table, run_import, silent
from madang_seeds.records import Problem
from madang_seeds.seoul.sources import source_id, source_record

BATCH_NOTICES = 1_000
VERSION = "1"
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Connector:
    """How one open API is asked and read."""

    name: str
    """Short name, as in `k-startup`; the key of its source."""
    variable: str
    """Start of its settings: MADANG_{variable}_KEY and MADANG_{variable}_URL."""
    address: str
    """Where it is unless the setting says otherwise."""
    read: Callable[[Item], Notice]
    id_field: str
    parameters: Mapping[str, str]
    page_parameter: str
    size_parameter: str
    key_parameter: str
    title_ko: str
    title_en: str
    attribution: str
    licence: str

    def source(self, address: str, secret: str) -> Source:
        """Return the source to fetch from. Raises NoWebAddressError."""
        return Source(
            self.name,
            address or self.address,
            self.parameters,
            self.page_parameter,
            self.size_parameter,
            self.key_parameter,
            secret,
        )


CONNECTORS: dict[str, Connector] = {
    each.name: each
    for each in (
        Connector(
            name="k-startup",
            variable="K_STARTUP",
            address="https://apis.data.go.kr/B552735/kisedKstartupService01/getAnnouncementInformation01",
            read=k_startup.read_item,
            id_field="pbanc_sn",
            parameters={"returnType": "json"},
            page_parameter="page",
            size_parameter="perPage",
            key_parameter="serviceKey",
            title_ko="K-Startup 사업공고",
            title_en="K-Startup notices",
            attribution="창업진흥원 K-Startup, 공공데이터포털 / "
            "Korea Institute of Startup & Entrepreneurship Development, via data.go.kr",
            licence="terms of the open API, source attribution",
        ),
        Connector(
            name="bizinfo",
            variable="BIZINFO",
            address="https://www.bizinfo.go.kr/uss/rss/bizinfoApi.do",
            read=bizinfo.read_item,
            id_field="pblancId",
            parameters={"dataType": "json"},
            page_parameter="pageIndex",
            size_parameter="pageUnit",
            key_parameter="crtfcKey",
            title_ko="기업마당 지원사업",
            title_en="Bizinfo support notices",
            attribution="중소벤처기업부 기업마당 / Ministry of SMEs and Startups, bizinfo.go.kr",
            licence="terms of the open API, source attribution",
        ),
    )
}


@dataclass(slots=True)
class NoticeReport:
    """What an import of notices did."""

    plan: Plan
    written: int = 0
    """Notices written by this run."""
    retries: int = 0
    incomplete: str = ""
    """Why not all that the source lists is here; then nothing was withdrawn."""
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    """The first 1,000 of them."""
    unread: set[str] = field(default_factory=set)
    """Ids of notices that are listed but could not be read; empty text: one had no id."""

    def add_problem(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < 1_000:
            self.problems.append(problem)


async def load_connector(
    graph: Graph,
    connector: Connector,
    source: Source,
    progress: Progress = silent,
    *,
    today: date | None = None,
    pause: Callable[[float], None] | None = None,
) -> NoticeReport:
    """Fetch all notices of an open API and take them in.

    Args:   pause: waits between tries, for tests.
    Raises: ConnectorError: the source gives nothing; GraphError. What was written stays, and the next run goes on.
    """
    fetched = fetch_all(source, lambda item: text_of(item, connector.id_field), **({"pause": pause} if pause else {}))
    progress("fetched", len(fetched.items), len(fetched.items))
    report = NoticeReport(Plan(), retries=fetched.retries, incomplete=fetched.fault)
    notices = read_all(connector.read, connector.id_field, enumerate(fetched.items, 1), report)
    stated = source_record(
        key=connector.name,
        title_ko=connector.title_ko,
        title_en=connector.title_en,
        attribution=connector.attribution,
        licence=connector.licence,
        url=connector.address,
    )
    await take_in(graph, connector.name, Row(1, [stated]), notices, report, progress, today, complete=fetched.complete)
    return report


def read_all(
    read: Callable[[Item], Notice], id_field: str, items: Iterable[tuple[int, Item]], report: NoticeReport
) -> dict[str, Notice]:
    """Return the notices by key; one that cannot be read is noted with the number of its item or row, and its id."""
    found: dict[str, Notice] = {}
    for number, item in items:
        try:
            notice = read(item)
        except BadNoticeError as error:
            report.add_problem(Problem(number, error.column, error.value, error.reason))
            report.unread.add(text_of(item, id_field).strip())
            continue
        found[notice.key] = notice
    return found


async def take_in(
    graph: Graph,
    source_key: str,
    source_row: Row,
    notices: Mapping[str, Notice],
    report: NoticeReport,
    progress: Progress = silent,
    today: date | None = None,
    *,
    complete: bool,
) -> None:
    """Write what is new, changed or withdrawn, in batches, each in one transaction; fill in the report.

    Args: complete: these are all notices that the source lists. Those that could not be read count as listed; while
              one of them has no id, nothing is withdrawn.
    """
    day = today or datetime.now(UTC).date()
    await run_import(graph, DataSet(source_key, VERSION, (Table("source", lambda: [source_row]),)))
    known = await read_known_notices(graph)
    if complete and "" in report.unread:
        report.incomplete = "a notice has no id"
    trusted = complete and not report.incomplete
    report.plan = plan(source_key, notices.values(), known, day, complete=trusted, unread=report.unread)
    await _write_all(graph, Origin(source_key, source_id(source_key), day), len(known), report, progress)


async def _write_all(graph: Graph, origin: Origin, base: int, report: NoticeReport, progress: Progress) -> None:
    """Write the changes in batches. While one is being written the next is made, if it needs nothing of the graph."""
    changes = report.plan.changes
    batches = [changes[start : start + BATCH_NOTICES] for start in range(0, len(changes), BATCH_NOTICES)]
    rows, made = base, None
    for place, batch in enumerate(batches):
        made = made or await _made(graph, batch, origin)
        rows += sum(change.is_new for change in batch)
        writing = asyncio.create_task(_write(graph, made, origin, rows))
        following = batches[place + 1] if place + 1 < len(batches) else ()
        alone = bool(following) and not any(_stands_already(change) for change in following)
        made = await asyncio.to_thread(make_batch, following, {}, {}, origin) if alone else None
        await writing
        report.written += len(batch)
        progress("notices", report.written, len(changes))


async def _made(graph: Graph, changes: Sequence[Change], origin: Origin) -> Batch:
    there = sorted({change.call_id for change in changes if _stands_already(change)})
    announced = await read_announcements(graph, there) if there else {}
    kept = await read_kept_fields(graph, there) if there else {}
    return make_batch(changes, announced, kept, origin)


async def _write(graph: Graph, batch: Batch, origin: Origin, rows: int) -> None:
    # The mark counts no batches: what is in is told by the notices themselves. It tells the matching of an import.
    mark = Checkpoint(f"{origin.source_key}/notices", VERSION, 0, rows, True, origin.day.isoformat())
    await write_batch(graph, batch, mark, at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _stands_already(change: Change) -> bool:
    return not change.is_new or any(pair.sure for pair in change.pairs)
