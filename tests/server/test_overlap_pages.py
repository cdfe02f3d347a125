"""The pages of overlaps over HTTP: what they show, their table files, and pairs that are none."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from starlette.applications import Starlette

from tests.server.builders import Clock
from tests.server.test_csv import rows_of
from tests.server.test_overlaps import make_programmes
from tests.server.test_pages import get
from tests.server.web import browser, open_app

PAIR = "/overlaps/prg_a/prg_b"


@pytest_asyncio.fixture(loop_scope="session")
async def app(neo4j_address: GraphAddress, valkey_url: str, graph: Graph) -> AsyncIterator[Starlette]:
    await make_programmes(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened


async def test_the_list_leads_to_each_pair_and_the_pair_to_its_firms(app: Starlette) -> None:
    async with browser(app) as client:
        listed, shown = await get(client, "/overlaps"), await get(client, PAIR)
        turned, english = await get(client, "/overlaps/prg_b/prg_a"), await get(client, "/en" + PAIR)
    assert f'href="{PAIR}"' in listed.text
    assert f'href="{PAIR}#firms"' in listed.text
    assert 'href="/organisations/org_a"' in shown.text
    assert "org_hidden" not in shown.text
    assert turned.status_code == 200
    assert "a rule forbids it" in english.text


async def test_a_pair_that_does_not_overlap_is_missing(app: Starlette) -> None:
    async with browser(app) as client:
        for other in ("prg_late", "prg_none", "prg_a"):
            assert (await client.get(f"/overlaps/prg_a/{other}")).status_code == 404


async def test_filters_of_the_address_are_those_of_the_list_and_of_its_file(app: Starlette) -> None:
    async with browser(app) as client:
        everything = rows_of(await get(client, "/en/overlaps.csv"))
        few = rows_of(await get(client, "/en/overlaps.csv?open=1&sort=DAYS"))
        firms = rows_of(await get(client, f"/en{PAIR}.csv"))
        none = await get(client, "/overlaps?owner=nobody")
    assert [len(everything), len(few), len(firms)] == [4, 2, 4]
    assert everything[0][0] == "Overlap"
    assert {row[1] for row in few[1:]} == {"프로그램 prg_a"}
    assert "empty" in none.text
