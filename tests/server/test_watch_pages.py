"""The pages of watches and calls by HTTP: forms with and without JavaScript, feeds, the one click that stops mail."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import httpx
import pytest_asyncio
from icalendar import Calendar
from madang_graph.client import Graph, GraphAddress
from madang_server.security.signing import Signer
from madang_server.services.digests import STOP, stop_path
from starlette.applications import Starlette

from tests.server.builders import NOW, SECRET, Clock, make_yard
from tests.server.test_pages import get, hidden, register, send
from tests.server.watch_yard import call, put
from tests.server.web import browser, open_app

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest_asyncio.fixture(loop_scope="session")
async def app(graph: Graph, neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    await put(graph, call("call_far"), call("call_near", 10, amount_max_won=5 * 10**8), call("call_gone", -3))
    async with open_app(neo4j_address, valkey_url, Clock(NOW)) as opened:
        yield opened


def names(response: httpx.Response) -> list[str]:
    return re.findall(r'<h2><a href="(?:/en)?/calls/(\w+)"', response.text)


async def person_of(graph: Graph) -> str:
    return (await graph.read("MATCH (p:Person) RETURN p.id"))[0][0]


async def feed_path(client: httpx.AsyncClient) -> str:
    page = await get(client, "/en/my/watches")
    found = re.search(r'href="(/en/feeds/[^"]+/calls\.ics)"', page.text)
    assert found
    return found[1]


async def undo(client: httpx.AsyncClient, path: str) -> None:
    html = (await get(client, path)).text
    form = re.search(r'<form class="undo" method="post" action="([^"]+)".*?</form>', html, re.DOTALL)
    assert form
    done = await client.post(form[1], data=hidden(form[0]), headers={"sec-fetch-site": "same-origin"})
    assert done.headers["location"] == "/en/my/watches?done=watch-restored"


async def test_the_catalogue_filters_orders_and_counts(app: Starlette) -> None:
    async with browser(app) as client:
        plain = await get(client, "/en/calls")
        assert names(plain) == ["call_near", "call_far", "call_one"]
        assert names(await get(client, "/en/calls?least=2억")) == ["call_near"]
        assert names(await get(client, "/en/calls?state=CLOSED")) == ["call_gone"]
        assert names(await get(client, "/en/calls?sort=AMOUNT_DESC&state=OPEN")) == ["call_near", "call_far"]
        assert names(await get(client, "/en/calls?closing=7")) == []
        assert "No call under these filters" in (await get(client, "/en/calls?closing=7")).text
        compared = await get(client, "/en/calls?compare=call_near&compare=call_far")
        assert "Calls side by side" in compared.text
        assert "Sign in to save this search" in plain.text
        table = await get(client, "/en/calls.csv?least=2억")
        assert table.text.count("\n") == 2


async def test_a_call_is_watched_shown_and_taken_off_with_undo(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        done = await send(client, "/en/calls/call_near", "/en/calls/call_near/watch", callId="call_near",
                          next="/calls/call_near")  # fmt: skip
        assert (done.status_code, done.headers["location"]) == (303, "/en/calls/call_near?done=watched")
        assert "You watch this call." in (await get(client, "/en/calls/call_near")).text
        mine = await get(client, "/en/my/watches")
        assert "You watch one call" in mine.text
        ((watch_id,),) = await graph.read("MATCH (w:Watch) RETURN w.id")
        gone = await send(client, "/en/my/watches", "/en/my/watches/remove", id=watch_id,
                          next=f"/my/watches?removed={watch_id}")  # fmt: skip
        assert "It is no longer watched." in (await get(client, gone.headers["location"])).text
        await undo(client, gone.headers["location"])
        assert "You watch one call" in (await get(client, "/en/my/watches")).text


async def test_a_search_is_kept_named_and_changed(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        await send(
            client, "/en/calls?closing=31", "/en/my/watches/save", query="closing=31&sort=AMOUNT_DESC", name="Soon"
        )
        page = await get(client, "/en/my/watches")
        assert "Soon" in page.text
        assert "closes within 31 days" in page.text
        ((watch_id,),) = await graph.read("MATCH (w:Watch) RETURN w.id")
        await send(client, "/en/calls", "/en/my/watches/save", query="least=3억", id=watch_id, name="")
        assert (await graph.read("MATCH (w:Watch) RETURN w.query, w.name")) == [['[["least", "300000000"]]', None]]
        refused = await send(client, "/en/calls", "/en/my/watches/save", query="purpose=SHOE")
        assert refused.status_code == 422
        assert "Unknown; choose it again" in refused.text


async def test_what_one_watches_nobody_else_sees(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        await send(client, "/en/calls/call_near", "/en/calls/call_near/watch", callId="call_near")
    async with browser(app) as other:
        await register(other, email="other@example.com")
        assert "Nothing is watched yet" in (await get(other, "/en/my/watches")).text
        assert "Watch this call" in (await get(other, "/en/calls/call_near")).text


async def test_the_calendar_of_a_secret_address_moves_with_the_call_until_it_is_renewed(
    app: Starlette, graph: Graph
) -> None:
    async with browser(app) as client, browser(app) as program:
        await register(client)
        await send(client, "/en/calls/call_near", "/en/calls/call_near/watch", callId="call_near")
        path = await feed_path(client)

        async def events() -> dict[str, Any]:
            answer = await get(program, path)
            assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
            return {str(e["UID"]): e for e in Calendar.from_ical(answer.content).walk("VEVENT")}

        before = await events()
        assert set(before) == {"call_near-opens@madang", "call_near-closes@madang"}
        await put(graph, call("call_near", 20, updated_at="2026-11-24T02:00:00Z"))
        after = await events()
        assert set(after) == set(before)
        closes = "call_near-closes@madang"
        assert after[closes]["SEQUENCE"] > before[closes]["SEQUENCE"]
        assert after[closes].decoded("DTSTART") - before[closes].decoded("DTSTART") == timedelta(days=10)
        for wrong in (path.replace("feeds/", "feeds/x"), "/en/feeds/e30.x/calls.ics", path.replace(".ics", ".atom")):
            assert (await get(program, wrong)).status_code == 404
        await send(client, "/en/my/watches", "/en/my/watches/renew")
        assert (await get(program, path)).status_code == 404
        path = await feed_path(client)
        assert set(await events()) == set(before)


async def test_open_calls_and_saved_searches_are_feeds(app: Starlette, graph: Graph) -> None:
    await put(graph, call("call_odd", name_ko="<b>공고</b> & \x0b더"))
    async with browser(app) as client:
        every = fromstring((await get(client, "/calls.atom")).content)
        ids = {entry.findtext(f"{ATOM}id") for entry in every.iter(f"{ATOM}entry")}
        assert ids == {f"tag:madang,2026:{one}" for one in ("call_far", "call_near", "call_odd", "call_one")}
        assert "<b>공고</b> & 더" in {entry.findtext(f"{ATOM}title") for entry in every.iter(f"{ATOM}entry")}
        await register(client)
        await send(client, "/en/calls", "/en/my/watches/save", query="q=near", name="Near")
        await graph.write("MATCH (w:Watch), (c:Call {id: 'call_near'}) CREATE (w)-[:FOUND]->(c)")
        ((watch_id,),) = await graph.read("MATCH (w:Watch) RETURN w.id")
        path = (await feed_path(client)).replace("calls.ics", f"{watch_id}.atom")
    async with browser(app) as program:
        found = fromstring((await get(program, path)).content)
        assert found.findtext(f"{ATOM}title") == "Near"
        assert [entry.findtext(f"{ATOM}id") for entry in found.iter(f"{ATOM}entry")] == ["tag:madang,2026:call_near"]
        secret = path.split("/")[3]
        assert secret not in (found.findtext(f"{ATOM}id") or "")


async def test_one_click_stops_mail_and_looking_at_the_address_does_not(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
    person = await person_of(graph)
    path = stop_path(Signer(SECRET), person)
    digest = "MATCH (p:Person) RETURN p.digest"
    async with browser(app) as program:
        asked = await get(program, f"/en{path}")
        assert (asked.status_code, "Stop the news by mail?" in asked.text) == (200, True)
        assert await graph.read(digest) == [[None]]
        for wrong in (path + "x", stop_path(Signer("another secret"), person), "/digest/stop/" + "x" * 999):
            assert (await program.post(wrong)).status_code == 404
        feeds = Signer(SECRET).sign("feeds", person, 0)
        assert (await program.post(f"/digest/stop/{feeds}")).status_code == 404
        assert await graph.read(digest) == [[None]]
        done = await program.post(
            path, data={"List-Unsubscribe": "One-Click"}, headers={"sec-fetch-site": "cross-site"}
        )
        assert done.status_code == 200
        assert await graph.read(digest) == [["off"]]
        unknown = stop_path(Signer(SECRET), "per_nobody")
        assert (await program.post(unknown)).status_code == 404


def test_signed_words_are_read_for_their_purpose_only() -> None:
    signer = Signer(SECRET)
    word = signer.sign(STOP, "per_가", 3)
    assert signer.read(STOP, word) == ["per_가", 3]
    for purpose, text in (("feeds", word), (STOP, word[:-1]), (STOP, word.replace(".", "")), (STOP, ""), (STOP, "é.é")):
        assert signer.read(purpose, text) is None


async def test_the_outbox_is_for_administrators(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        await graph.write("""
MATCH (p:Person)
CREATE (m:Mail {id: 'mail_1', subject: 'Soon', text: '<b>', local: true, made_at: '2026-11-24T00:00:00Z'})
CREATE (m)-[:SENT_TO]->(p)
CREATE (:Mail {id: 'mail_2', subject: 'Sent elsewhere', local: false, made_at: '2026-11-24T00:00:00Z'})
""")
        assert "The outbox is for administrators" in (await get(client, "/en/outbox")).text
        await graph.write("MATCH (p:Person) SET p.admin = true")
        page = (await get(client, "/en/outbox")).text
    assert "One letter would have been sent" in page
    assert "&lt;b&gt;" in page
    assert "Sent elsewhere" not in page
