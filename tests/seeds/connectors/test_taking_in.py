"""Notices from sources on this machine into a real graph: once, again, changed, withdrawn, joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from madang_graph.client import Graph
from madang_graph.writes.checksum import graph_checksum
from madang_seeds.connectors.loading import CONNECTORS, NoticeReport, load_connector

from tests.seeds.connectors.items import bizinfo_item, k_startup_item
from tests.seeds.connectors.serving import Reply, bizinfo_page, k_startup_page, serving

DAY = date(2026, 11, 24)
K_STARTUP, BIZINFO = CONNECTORS["k-startup"], CONNECTORS["bizinfo"]


async def from_k_startup(graph: Graph, items: Sequence[dict[str, Any]], total: int | None = None) -> NoticeReport:
    with serving(lambda query, _: k_startup_page(items, query, total)) as served:
        source = K_STARTUP.source(served.address, "secret-key")
        return await load_connector(graph, K_STARTUP, source, today=DAY, pause=lambda _: None)


async def from_bizinfo(graph: Graph, items: Sequence[dict[str, Any]]) -> NoticeReport:
    with serving(lambda query, _: bizinfo_page(items, query)) as served:
        source = BIZINFO.source(served.address, "secret-key")
        return await load_connector(graph, BIZINFO, source, today=DAY, pause=lambda _: None)


async def test_a_notice_becomes_a_call_of_a_programme_with_its_provenance(graph: Graph) -> None:
    report = await from_k_startup(graph, [k_startup_item()])
    assert (report.plan.new, report.written, report.problem_count) == (1, 1, 0)
    rows = await graph.read(
        "MATCH (p:Programme)-[:HAS_CALL]->(c:Call)-[s:STATED_BY]->(x:Source) "
        "RETURN p.name_ko, p.owner_name, c.name_ko, c.summary_ko, c.opens_at, c.closes_at, c.url, x.key, s.fields"
    )
    assert len(rows) == 1
    programme, owner, name, summary, opens, closes, url, source, fields = rows[0]
    assert (programme, owner, source) == ("로봇 실증 지원사업", "서울시험진흥원", "k-startup")
    assert name == "2026년 제1회 로봇 실증 지원사업 참여기업 모집 공고"
    assert summary == "로봇 실증 공간과 비용을 지원합니다."
    assert (opens, closes) == ("2026-11-02T00:00:00Z", "2026-12-18T09:00:00Z")
    assert url == "https://www.k-startup.go.kr/web/contents/bizpbanc-ongoing.do?schM=view&pbancSn=170001"
    assert {"name_ko", "closes_at", "rules", "url"} <= set(fields)


async def test_a_second_run_writes_nothing(graph: Graph) -> None:
    items = [k_startup_item(number) for number in range(1, 251)]
    await from_k_startup(graph, items)
    before = await graph_checksum(graph)
    again = await from_k_startup(graph, items)
    assert (again.plan.unchanged, again.written) == (250, 0)
    assert await graph_checksum(graph) == before


async def test_a_changed_notice_changes_its_call_and_what_it_no_longer_says_is_cleared(graph: Graph) -> None:
    await from_k_startup(graph, [k_startup_item(1), k_startup_item(2)])
    changed = k_startup_item(1, pbanc_rcpt_end_dt="20261231", pbanc_ctnt="", biz_enyy="3년미만")
    report = await from_k_startup(graph, [changed, k_startup_item(2)])
    assert (report.plan.changed, report.plan.unchanged, report.written) == (1, 1, 1)
    rows = await graph.read(
        "MATCH (c:Call) RETURN c.closes_at, c.summary_ko IS NULL, c.rules CONTAINS '예비' ORDER BY c.closes_at"
    )
    assert rows == [["2026-12-18T09:00:00Z", False, True], ["2026-12-31T09:00:00Z", True, False]]


async def test_what_people_set_on_a_call_stays(graph: Graph) -> None:
    await from_k_startup(graph, [k_startup_item()])
    await graph.write("MATCH (c:Call) SET c.rules = '{}', c.kept_fields = ['rules']")
    await from_k_startup(graph, [k_startup_item(supt_biz_clsfc="융자", pbanc_rcpt_end_dt="20270101")])
    assert await graph.read("MATCH (c:Call) RETURN c.rules, c.closes_at") == [["{}", "2027-01-01T09:00:00Z"]]


async def test_a_notice_that_is_no_longer_listed_is_withdrawn_and_comes_back(graph: Graph) -> None:
    past = k_startup_item(3, pbanc_rcpt_bgng_dt="20260101", pbanc_rcpt_end_dt="20260131")
    await from_k_startup(graph, [k_startup_item(1), k_startup_item(2), past])
    report = await from_k_startup(graph, [k_startup_item(2)])
    assert report.plan.withdrawn == 1, "what has closed is past, not withdrawn"
    read = "MATCH (c:Call)-[:ANNOUNCED_BY]->(n) WHERE c.withdrawn_on IS NOT NULL RETURN n.key, n.state, c.withdrawn_on"
    assert await graph.read(read) == [["170001", "withdrawn", "2026-11-24"]]
    again = await from_k_startup(graph, [k_startup_item(2)])
    assert again.written == 0
    await from_k_startup(graph, [k_startup_item(1), k_startup_item(2)])
    assert await graph.read(read) == []


async def test_nothing_is_withdrawn_when_the_source_gives_only_a_part(graph: Graph) -> None:
    items = [k_startup_item(number) for number in range(1, 6)]
    await from_k_startup(graph, items)
    report = await from_k_startup(graph, items[:3], total=5)
    assert (report.plan.withdrawn, report.written) == (0, 0)
    assert "3 of 5" in report.incomplete


async def test_nothing_is_withdrawn_when_most_of_it_is_missing_at_once(graph: Graph) -> None:
    items = [k_startup_item(number) for number in range(1, 41)]
    await from_k_startup(graph, items)
    report = await from_k_startup(graph, items[:3])
    assert (report.plan.withdrawn, report.plan.kept_in_doubt) == (0, 37)


async def test_a_bad_notice_is_left_out_named_and_not_taken_for_withdrawn(graph: Graph) -> None:
    await from_k_startup(graph, [k_startup_item(1), k_startup_item(2)])
    bad = k_startup_item(1, pbanc_rcpt_end_dt="20260101")
    report = await from_k_startup(graph, [bad, k_startup_item(2), k_startup_item(3, pbanc_rcpt_bgng_dt="20260231")])
    assert {(problem.column, problem.reason) for problem in report.problems} == {
        ("pbanc_rcpt_end_dt", "ends before it begins"),
        ("pbanc_rcpt_bgng_dt", "is no day of the calendar"),
    }
    assert (report.plan.withdrawn, report.written) == (0, 0)


async def test_html_of_a_notice_reaches_the_graph_as_plain_text_in_every_field(graph: Graph) -> None:
    marked = "<img src=x onerror=alert(1)>가<script>alert(2)</script>&lt;b&gt;나&lt;/b&gt;"
    fields = (
        "biz_pbanc_nm",
        "pbanc_ntrp_nm",
        "pbanc_ctnt",
        "aply_trgt_ctnt",
        "supt_biz_clsfc",
        "supt_regin",
        "biz_enyy",
    )
    await from_k_startup(graph, [k_startup_item(1, **dict.fromkeys(fields, marked))])
    rows = await graph.read("MATCH (n) WHERE n:Call OR n:Notice OR n:Programme RETURN properties(n)")
    kept = "".join(str(value) for row in rows for value in row[0].values())
    assert (len(rows), "가" in kept, "나" in kept) == (3, True, True)
    assert [mark for mark in ("<", ">", "onerror", "alert") if mark in kept] == []


async def test_a_page_that_comes_twice_or_in_half_ends_equal_to_a_good_one(graph: Graph) -> None:
    items = [k_startup_item(number) for number in range(1, 151)]
    broken = [k_startup_page(items, {"page": "2", "perPage": "100"})[1][:900], b""]

    def give(query: Mapping[str, str], _number: int) -> Reply:
        if query["page"] == "2" and broken:
            return 200, broken.pop(), {}
        return k_startup_page([*items, *items[:50]], query)  # the last page holds what the first did

    with serving(give) as served:
        source = K_STARTUP.source(served.address, "secret-key")
        report = await load_connector(graph, K_STARTUP, source, today=DAY, pause=lambda _: None)
    assert (report.written, report.retries, report.problem_count) == (150, 2, 0)
    before = await graph_checksum(graph)
    assert (await from_k_startup(graph, items)).written == 0
    assert await graph_checksum(graph) == before


async def test_the_same_programme_from_two_sources_is_one_call_with_two_provenances(graph: Graph) -> None:
    await from_bizinfo(graph, [bizinfo_item()])
    report = await from_k_startup(graph, [k_startup_item()])
    assert (report.plan.joined, report.plan.doubtful) == (1, 0)
    rows = await graph.read(
        "MATCH (c:Call)-[:STATED_BY]->(s:Source) WITH c, s ORDER BY s.key "
        "RETURN c.name_ko, c.noticed_on, collect(s.key), COUNT { (c)-[:ANNOUNCED_BY]->() }"
    )
    name = "2026년 제1회 로봇 실증 지원사업 참여기업 모집 공고"  # K-Startup's word comes before Bizinfo's
    assert rows == [[name, "2026-10-30", ["bizinfo", "k-startup"], 2]]
    assert await graph.read("MATCH (p:Programme) RETURN count(p)") == [[1]]
    assert await graph.read("MATCH (d:Doubt) RETURN d.state, d.decided_at") == [["same", None]]


async def test_a_doubtful_pair_stays_two_calls_and_waits_for_a_person(graph: Graph) -> None:
    await from_k_startup(graph, [k_startup_item()])
    report = await from_bizinfo(graph, [bizinfo_item(reqstBeginEndDe="예산 소진시까지")])
    assert (report.plan.joined, report.plan.doubtful) == (0, 1)
    assert await graph.read("MATCH (c:Call) RETURN count(c)") == [[2]]
    assert await graph.read("MATCH (d:Doubt) RETURN d.state, d.why") == [["open", ["title", "agency"]]]
    assert await graph.read(
        "MATCH (c:Call) RETURN c.closes_at IS NULL, c.rolling, c.until_funds ORDER BY c.rolling"
    ) == [
        [False, False, False],
        [True, True, True],
    ]


async def test_no_data_is_an_empty_list_and_takes_nothing_away(graph: Graph) -> None:
    await from_bizinfo(graph, [bizinfo_item(number) for number in range(1, 31)])
    report = await from_bizinfo(graph, [])
    assert (report.written, report.plan.kept_in_doubt) == (0, 30)
