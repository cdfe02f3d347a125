"""Table files over HTTP: the page's filters and policy, what spreadsheets need, and lists longer than a file."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from madang_server.pages import tables
from starlette.applications import Starlette

from tests.server.builders import Clock, make_yard
from tests.server.test_pages import get, register
from tests.server.web import browser, open_app

_MANY = """
UNWIND range(1, $many) AS number
CREATE (:Organisation {id: 'org_many_' + number, name_ko: '많은 조직 ' + number, name_key: '많은 ' + number,
  kind: 'civic', visibility: 'public', synthetic: false})
"""
_NAMED = "MATCH (o:Organisation {id: 'org_b'}) SET o.name_ko = $name, o.name_en = null, o.visibility = $visibility"


@pytest_asyncio.fixture(loop_scope="session")
async def app(neo4j_address: GraphAddress, valkey_url: str, graph: Graph) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened


def rows_of(response: httpx.Response) -> list[list[str]]:
    assert response.status_code == 200, response.text
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    assert text.replace("\r\n", "").count("\n") == 0
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


async def test_a_file_opens_right_and_is_named_by_what_it_holds(app: Starlette) -> None:
    async with browser(app) as client:
        korean, english = await get(client, "/organisations.csv"), await get(client, "/en/organisations.csv")
    assert korean.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert 'filename="madang-organisations-list-2026-11-24.csv"' in korean.headers["content-disposition"]
    assert "%EB%A7%88%EB%8B%B9%20%EC%A1%B0%EC%A7%81%202026-11-24.csv" in korean.headers["content-disposition"]
    assert korean.headers["cache-control"] == "private, no-store"
    assert rows_of(korean)[0][0] == "이름"
    assert rows_of(english)[0][0] == "Name"
    assert len(rows_of(korean)) == len(rows_of(english)) > 1


async def test_the_filters_are_those_of_the_page_and_a_wrong_one_is_refused(app: Starlette, graph: Graph) -> None:
    await graph.write("MATCH (o:Organisation {id: 'org_b'}) SET o.kind = 'sme'")
    async with browser(app) as client:
        everything = rows_of(await get(client, "/organisations.csv"))
        few = rows_of(await get(client, "/organisations.csv?kind=SME"))
        assert 0 < len(few) < len(everything)
        assert {row[1] for row in few[1:]} == {"중소기업"}
        assert rows_of(await get(client, "/organisations.csv?after=rubbish")) == everything
        assert (await get(client, "/organisations.csv?kind=RUBBISH")).status_code == 400


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"])
async def test_a_name_is_never_a_formula(app: Starlette, graph: Graph, name: str) -> None:
    await graph.write(_NAMED, {"name": name, "visibility": "public"})
    async with browser(app) as client:
        names = {row[0] for row in rows_of(await get(client, "/organisations.csv"))}
    assert "'" + name in names
    assert name not in names


async def test_a_file_holds_no_more_than_its_viewer_may_see(app: Starlette, graph: Graph) -> None:
    await graph.write(_NAMED, {"name": "숨은 조직", "visibility": "private"})
    async with browser(app) as client:
        assert "숨은 조직" not in {row[0] for row in rows_of(await get(client, "/organisations.csv"))}
        refused = await get(client, "/my/matches.csv?verdict=ELIGIBLE")
        assert refused.status_code == 303
        assert refused.headers["location"] == "/sign-in?next=%2Fmy%2Fmatches%3Fverdict%3DELIGIBLE"
        for attempt in range(5):  # on a busy machine hashing and planning can take longer than a write may
            if (await register(client, email=f"minji{attempt}@example.com")).status_code == 303:
                break
        mine = await get(client, "/my/matches.csv")
        assert rows_of(mine)[0][0] == "판정"
        missing = await get(client, "/districts/dst_nothing.csv")
        assert missing.status_code == 404


async def test_a_long_list_ends_with_a_line_that_says_so(
    app: Starlette, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 300)
    await graph.write(_MANY, {"many": 350}, timeout_s=60)
    async with browser(app) as client:
        rows = rows_of(await get(client, "/organisations.csv?kind=CIVIC"))
    assert len(rows) == 1 + 300 + 1
    assert rows[-1][0].startswith("목록이 더 있습니다. 파일에는 300줄까지")
    assert len({row[-1] for row in rows[1:-1]}) == 300
