"""The review of notices over HTTP: who sees it, and merging, parting and undoing without a script."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from starlette.applications import Starlette

from tests.server.builders import Clock, make_yard
from tests.server.doubting import in_doubt
from tests.server.test_pages import HTML, get, hidden, register
from tests.server.web import ask, browser, open_app


@pytest_asyncio.fixture(loop_scope="session")
async def app(neo4j_address: GraphAddress, valkey_url: str, graph: Graph) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    await in_doubt(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened


async def make_administrator(graph: Graph) -> None:
    await graph.write("MATCH (p:Person {email: 'minji@example.com'}) SET p.admin = true")


async def sign_up(client: httpx.AsyncClient) -> None:
    """Register; on a busy machine the first planning of the statements can exceed the limit of a write."""
    for _ in range(10):
        if (await register(client)).status_code == 303:
            return
    raise AssertionError("Registering stays too slow to test with.")


async def press(client: httpx.AsyncClient, page: httpx.Response, word: str) -> httpx.Response:
    """Press the button with this word, and open what it leads to."""
    forms = re.findall(r'<form method="post" action="([^"]*)">(.*?)</form>', page.text, re.DOTALL)
    action, fields = next((action, fields) for action, fields in forms if word in fields)
    for _ in range(10):
        sent = await client.post(action, data=hidden(fields), headers=HTML | {"sec-fetch-site": "same-origin"})
        if sent.status_code != 503:
            break
    assert sent.status_code == 303, sent.text
    return await get(client, sent.headers["location"])


async def calls_of(graph: Graph) -> int:
    return (await graph.read("MATCH (c:Call)-[:ANNOUNCED_BY]->() RETURN count(DISTINCT c)"))[0][0]


async def test_to_others_the_page_and_its_doubts_look_missing(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        assert (await get(client, "/review")).status_code == 303
        assert (await ask(client, "{ doubts(first: 5) { totalCount nodes { id } } }"))["doubts"]["totalCount"] == 0
        await sign_up(client)
        assert (await get(client, "/review")).status_code == 404
        assert (await ask(client, "{ doubts(first: 5) { totalCount nodes { id } } }"))["doubts"]["totalCount"] == 0


async def test_an_administrator_merges_undoes_and_parts(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await sign_up(client)
        await make_administrator(graph)
        page = await get(client, "/en/review")
        assert "One pair of notices waits for you" in page.text
        assert "K-Startup" in page.text or "k-startup" in page.text
        merged = await press(client, page, "Merge into one call")
        assert "Decided. The calls stand accordingly." in merged.text
        assert await calls_of(graph) == 1
        back = await press(client, merged, "Undo")
        assert "Taken back. The calls stand as before." in back.text
        assert await calls_of(graph) == 2
        parted = await press(client, back, "Two different calls")
        assert "No pair of notices waits" in parted.text
        assert "Different calls" in (await get(client, "/en/review?state=DIFFERENT")).text
        korean = await get(client, "/review?state=DIFFERENT")
        assert "한 공고로 합치기" in korean.text


async def test_a_form_that_somebody_else_has_overtaken_changes_nothing_and_says_so(
    app: Starlette, graph: Graph
) -> None:
    async with browser(app) as client:
        await sign_up(client)
        await make_administrator(graph)
        page = await get(client, "/en/review")
        await graph.write("MATCH (d:Doubt) SET d.version = 7")
        forms = re.findall(r'<form method="post" action="(/en/review/decide)">(.*?)</form>', page.text, re.DOTALL)
        answer = await client.post(
            forms[0][0], data=hidden(forms[0][1]), headers=HTML | {"sec-fetch-site": "same-origin"}
        )
        assert answer.status_code == 409
        assert "nothing was overwritten" in answer.text
        assert await calls_of(graph) == 2


async def test_what_a_source_wrote_is_shown_as_text(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await sign_up(client)
        await make_administrator(graph)
        await graph.write("MATCH (n:Notice) SET n.title = '<script>alert(1)</script>'")
        page = await get(client, "/en/review")
        assert "<script>alert(1)" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text
