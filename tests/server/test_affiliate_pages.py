"""The group of an organisation by HTTP, without JavaScript: search, name, confirm, drop, or say that there is none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from starlette.applications import Starlette

from tests.server.builders import NOW, Clock, make_yard
from tests.server.test_pages import get, register, send
from tests.server.web import browser, open_app

PAGE = "/en/my/awards"


@pytest_asyncio.fixture(loop_scope="session")
async def app(graph: Graph, neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    async with open_app(neo4j_address, valkey_url, Clock(NOW)) as opened:
        yield opened


async def saves_award(client: httpx.AsyncClient, eur: str) -> None:
    typed = {"name": "Voucher", "receivedOn": "2026-03-02", "regime": "DE_MINIMIS", "deMinimisEur": eur}
    assert (await send(client, PAGE, PAGE, **typed)).status_code == 303


async def test_two_firms_become_one_group_and_see_each_others_sum(app: Starlette) -> None:
    async with browser(app) as one, browser(app) as other:
        await register(one, organisationNameKo="가람센서")
        await register(other, organisationNameKo="누리설비", email="nuri@example.com")
        await saves_award(one, "120000")
        await saves_award(other, "90000")
        before = (await get(one, PAGE)).text
        assert "At most €180,000 of de minimis aid are left" in before
        assert "Name your affiliates, or say that you have none." in before
        found = (await get(one, f"{PAGE}?affiliate=누리설비")).text
        assert 'value="누리설비"' in found, "what was typed is kept"
        assert "Name as an affiliate" in found
        named = await send(one, f"{PAGE}?affiliate=누리설비", f"/en/my/affiliates?affiliate={quote('누리설비')}")
        assert named.headers["location"] == f"{PAGE}?done=affiliate-named"
        assert "has not answered yet" in (await get(one, PAGE)).text
        asked = (await get(other, PAGE)).text
        assert "names you as its affiliate" in asked
        assert "120,000" not in asked, "nothing is told before both agree"
        await send(other, PAGE, "/en/my/affiliates")
        for client in (one, other):
            page = (await get(client, PAGE)).text
            assert "€90,000 of de minimis aid are left" in page
            assert "At most €" not in page
        assert "Voucher" in (await get(one, PAGE)).text
        await send(other, PAGE, "/en/my/affiliates/drop")
        assert "says that it is none" in (await get(one, PAGE)).text
        assert "At most €180,000" in (await get(one, PAGE)).text


async def test_that_there_are_none_is_said_with_one_button(app: Starlette) -> None:
    async with browser(app) as client:
        await register(client)
        said = {"facts.affiliate_awards.none": "yes"}
        done = await send(client, PAGE, "/en/my/affiliates/none", **said)
        assert done.headers["location"] == f"{PAGE}?done=facts-saved"
        page = (await get(client, PAGE)).text
        assert "You said that you have no affiliates." in page
        assert "€300,000 of de minimis aid are left" in page
        assert "Nobody else of that name is here." in (await get(client, f"{PAGE}?affiliate=zzzz")).text
