"""The catalogue's numbers: beside each value of a filter stands what choosing it would show, the other filters kept."""

from __future__ import annotations

import html
import json
import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from madang_server.services.searches import read_filters, where_of
from starlette.applications import Starlette

from tests.server.builders import NOW, Clock, make_yard
from tests.server.test_pages import get, register
from tests.server.watch_yard import call, put
from tests.server.web import ask, browser, open_app

GANGNAM = json.dumps({"all": [{"kind": "region", "codes": ["11680"]}]})
SEOUL = json.dumps({"all": [{"kind": "region", "codes": ["11", "11440"]}]})
TRADE = json.dumps({"all": [{"kind": "industry", "codes": ["11680"]}]})
"""Names a code of a district where no region is meant."""
COUNT = "query Count($where: CallWhere) { calls(first: 0, where: $where) { totalCount } }"


@pytest_asyncio.fixture(loop_scope="session")
async def app(graph: Graph, neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    await put(
        graph,
        call("call_a", 3, rules=GANGNAM, amount_max_won=10**7),
        call("call_b", 7, rules=SEOUL, amount_max_won=3 * 10**8, purposes=["money", "space"]),
        call("call_c", 8, rules=TRADE, amount_max_won=3 * 10**8 + 1),
        call("call_d", 31, rules=GANGNAM, amount_max_won=5 * 10**7 - 1, purposes=["space"]),
        call("call_e", 32, amount_max_won=None, purposes=["testing"]),
        call("call_f", 90, opens_at="2026-12-24T00:00:00Z", rules=SEOUL),
        call("call_g", None, rolling=True),
        call("call_h", -2, rules=GANGNAM),
    )
    async with open_app(neo4j_address, valkey_url, Clock(NOW)) as opened:
        yield opened


async def judge(graph: Graph, organisation: str = "") -> None:
    """Lists as the matching writes them, of the one organisation that has a member, or of this one."""
    await graph.write(
        "MATCH (o:Organisation) WHERE o.id = $id OR ($id = '' AND EXISTS { (:Person)-[:ACTS_FOR]->(o) }) "
        "SET o.calls_eligible = ['call_a', 'call_b'], o.calls_to_check = ['call_c', 'call_d', 'call_e'], "
        "o.calls_not_eligible = ['call_f', 'call_g']",
        {"id": organisation},
    )


def numbers(page: str) -> dict[tuple[str, str], int]:
    """(filter, value) → the number beside it, of boxes, radios and lists alike."""
    found: dict[tuple[str, str], int] = {}
    for name, value, number in re.findall(
        r'<input type="(?:radio|checkbox)" id="[^"]+" name="(\w+)" value="(\w+)"[^>]*> <span>[^<]+</span> '
        r'<span class="count">([\d,]+)</span>',
        page,
    ):
        found[name, value] = int(number.replace(",", ""))
    for name, options in re.findall(r'<select id="filter-\w+" name="(\w+)">(.*?)</select>', page, re.DOTALL):
        for value, number in re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\(([\d,]+)\)</option>', options):
            found[name, html.unescape(value)] = int(number.replace(",", ""))
    return found


async def chosen(client: httpx.AsyncClient, query: str, name: str, value: str) -> int:
    """How many calls there are with this value in the place of the filter's others."""
    pairs = [pair for pair in parse_qsl(query) if pair[0] != name]
    where = where_of(read_filters(urlencode([*pairs, (name, value)])))
    return (await ask(client, COUNT, {"where": where}))["calls"]["totalCount"]


@pytest.mark.parametrize(
    "query", ["", "state=OPEN&least=50000000", "region=11680&closing=31&verdict=ELIGIBLE", "q=공고&most=3억"]
)
async def test_every_number_is_what_choosing_it_shows(app: Starlette, graph: Graph, query: str) -> None:
    async with browser(app) as client:
        await register(client)
        await judge(graph)
        found = numbers((await get(client, f"/en/calls?{query}")).text)
        assert {name for name, _ in found} >= {"verdict", "state", "closing", "purpose"}
        wrong = {
            key: (number, right)
            for key, number in found.items()
            if number != (right := await chosen(client, query, *key))
        }
        assert wrong == {}


async def test_the_numbers_are_those_of_the_calls(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        await judge(graph)
        found = numbers((await get(client, "/en/calls")).text)
    assert {key: found[key] for key in found if key[0] in ("verdict", "state", "closing", "region")} == {
        ("verdict", "ELIGIBLE"): 2, ("verdict", "CHECK"): 3, ("verdict", "NOT_ELIGIBLE"): 2,
        ("state", "OPEN"): 6, ("state", "UPCOMING"): 1, ("state", "CLOSED"): 1,
        ("closing", "7"): 2, ("closing", "31"): 4,
        ("region", "11"): 2, ("region", "11440"): 2, ("region", "11680"): 2,
    }  # fmt: skip
    assert (found["least", "300000000"], found["most", "300000000"]) == (2, 5)


async def test_a_region_that_no_call_names_is_left_out_and_a_chosen_one_stays(app: Starlette) -> None:
    async with browser(app) as client:
        plain = numbers((await get(client, "/en/calls?purpose=TESTING")).text)
        assert [key for key in plain if key[0] == "region"] == []
        kept = numbers((await get(client, "/en/calls?purpose=TESTING&region=11680")).text)
        assert kept["region", "11680"] == 0


async def test_an_amount_that_was_typed_stays_among_the_choices(app: Starlette) -> None:
    async with browser(app) as client:
        page = (await get(client, "/en/calls?least=2억")).text
    assert re.search(r'<option value="2억" selected>from ₩200 million</option>', page)


async def test_verdicts_are_for_those_who_act_for_somebody(app: Starlette, graph: Graph) -> None:
    await judge(graph, "org_a")
    async with browser(app) as client:
        assert 'name="verdict"' not in (await get(client, "/en/calls")).text
        assert "No call under these filters" in (await get(client, "/en/calls?verdict=ELIGIBLE&for=org_a")).text
        await register(client)
        others = (await get(client, "/en/calls?verdict=ELIGIBLE&for=org_a")).text
        assert "No call under these filters" in others


async def test_who_acts_for_several_chooses_whose_verdict(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        assert 'name="for"' not in (await get(client, "/en/calls")).text
        await graph.write(
            "MATCH (p:Person), (o:Organisation {id: 'org_a'}) CREATE (p)-[:ACTS_FOR {role: 'owner'}]->(o)"
        )
        await graph.write("MATCH (o:Organisation {id: 'org_a'}) SET o.calls_eligible = ['call_g']")
        any_of_them = (await get(client, "/en/calls?verdict=ELIGIBLE")).text
        assert 'name="for"' in any_of_them
        assert re.findall(r'<h2><a href="/en/calls/(\w+)"', any_of_them) == ["call_g"]
        ((mine,),) = await graph.read("MATCH (o:Organisation)<-[:ACTS_FOR]-() WHERE o.id <> 'org_a' RETURN o.id")
        of_one = (await get(client, f"/en/calls?verdict=ELIGIBLE&for={mine}")).text
        assert "No call under these filters" in of_one
        assert numbers(of_one)["verdict", "ELIGIBLE"] == 0


async def test_the_three_orders_mean_what_they_say(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        await graph.write("""
MATCH (o:Organisation)<-[:ACTS_FOR]-() MATCH (c:Call) WHERE c.id IN ['call_d', 'call_b']
CREATE (o)-[:FITS {rank: 1, score: CASE c.id WHEN 'call_d' THEN 0.9 ELSE 0.4 END, verdict: 'check', reasons: '[]',
  conditions: '[]', version: 'v', computed_at: '2026-11-24T00:00:00Z'}]->(c)
""")
        page = (await get(client, "/en/calls")).text
        orders = re.findall(r'<option value="(\w*)"', page[page.index('id="sort"') :])
        assert {"", "AMOUNT_DESC", "FIT_DESC"} <= set(orders)
        for sort, first in (("", "call_a"), ("AMOUNT_DESC", "call_c"), ("FIT_DESC", "call_d")):
            shown = re.findall(r'<h2><a href="/en/calls/(\w+)"', (await get(client, f"/en/calls?sort={sort}")).text)
            assert shown[0] == first
