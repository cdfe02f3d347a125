"""A founder without a script: reads on a call what is missing, answers there, and the verdict turns."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from starlette.applications import Starlette

from tests.server.builders import Clock, make_yard
from tests.server.test_facts import make_call
from tests.server.test_pages import HTML, get, hidden
from tests.server.test_review_page import sign_up
from tests.server.web import browser, open_app


@pytest_asyncio.fixture(loop_scope="session")
async def app(neo4j_address: GraphAddress, valkey_url: str, graph: Graph) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    await make_call(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened


async def send(client: httpx.AsyncClient, page: httpx.Response, action: str, **typed: str) -> httpx.Response:
    """Send the page's form with this address, with what is typed into it."""
    forms = re.findall(r'<form method="post" action="([^"?]*)[^"]*"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    fields = next(fields for address, fields in forms if address == action and "facts/save" in fields)
    for _ in range(10):
        sent = await client.post(action, data=hidden(fields) | typed, headers=HTML | {"sec-fetch-site": "same-origin"})
        if sent.status_code != 503:
            break
    return sent


async def test_an_answer_given_on_the_call_turns_its_verdict(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await sign_up(client)
        await graph.write(
            "MATCH (:Person {email: 'minji@example.com'})-[:ACTS_FOR]->(o:Organisation) SET o.founded_on = '2022-02-28'"
        )
        page = await get(client, "/en/calls/call_one")
        assert "Something is still to be checked" in page.text
        assert "as of 24 Nov 2026" in page.text
        assert "We checked 1 of 2." in page.text
        assert "One thing would open the way" in page.text
        assert "Tax arrears" in page.text
        sent = await send(client, page, "/en/my/facts", **{"facts.tax_arrears": "no"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/en/calls/call_one?done=facts-saved")
        turned = await get(client, sent.headers["location"])
        assert "You can apply for this call" in turned.text
        assert "You can apply until 20 Dec 2026." in turned.text
        assert "would open the way" not in turned.text
        answers = await get(client, "/en/my/facts")
        assert re.search(r'<option value="no" selected>No</option>', answers.text)
        wrong = await send(client, answers, "/en/my/facts", **{"facts.assets_won": "a lot", "facts.in_default": "yes"})
        assert wrong.status_code == 422
        assert "Total assets: Write the amount" in wrong.text
        assert 'value="a lot"' in wrong.text
        barred = await send(client, answers, "/en/my/facts", **{"facts.tax_arrears": "yes"})
        assert barred.status_code == 303
        page = await get(client, "/calls/call_one")
        assert "이대로는" in page.text or "신청할 수 없습니다" in page.text
