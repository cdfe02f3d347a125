"""Pages and forms over HTTP, on a real graph: what is shown, what is kept, what is refused."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping

import httpx
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from starlette.applications import Starlette

from tests.server.builders import Clock, make_yard
from tests.server.web import browser, open_app

HTML = {"accept": "text/html"}
PASSWORD = "a sentence that only I know"


@pytest_asyncio.fixture(loop_scope="session")
async def app(neo4j_address: GraphAddress, valkey_url: str, graph: Graph) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened


async def get(client: httpx.AsyncClient, path: str, **headers: str) -> httpx.Response:
    """Open a page; on a busy machine the first planning of a statement can exceed the read limit."""
    for _ in range(20):
        response = await client.get(path, headers=HTML | headers)
        if response.status_code != 503:
            return response
    raise AssertionError(f"{path} stays unavailable.")


async def send(client: httpx.AsyncClient, page: str, action: str, **typed: str | list[str]) -> httpx.Response:
    """Open a page and send one of its forms, with the hidden fields that the form has."""
    html = (await get(client, page)).text
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', html, re.DOTALL)
    assert form, f"{page} has no form for {action}"
    return await client.post(action, data=hidden(form[0]) | typed, headers=HTML | {"sec-fetch-site": "same-origin"})


def hidden(form: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


async def register(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    answers = {
        "name": "민지",
        "email": "minji@example.com",
        "password": PASSWORD,
        "organisationKind": "STARTUP",
        "organisationNameKo": "온결로보틱스",
        "districtId": "dst_gangnam",
    }
    return await send(client, "/register", "/register", **(answers | typed))


def finding(response: httpx.Response) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


async def test_every_public_page_opens_in_both_languages(app: Starlette) -> None:
    paths = ["/", "/sign-in", "/register", "/programmes", "/partners", "/organisations", "/organisations/org_b"]
    paths += ["/districts", "/districts/dst_mapo", "/districts/dst_mapo/clusters", "/spaces", "/search", "/about/data"]
    paths += ["/about/matching"]
    async with browser(app) as client:
        for path in [*paths, "/calls/call_one", "/search?q=나루", "/partners?q=불량 검사를 자동으로 하고 싶습니다"]:
            for language, prefix in (("ko", ""), ("en", "/en")):
                response = await get(client, prefix + path if path != "/" or not prefix else "/en")
                assert (response.status_code, path) == (200, path)
                assert f'<html lang="{language}">' in response.text
                assert response.text.count("<h1") == 1


async def test_missing_and_hidden_look_the_same(app: Starlette) -> None:
    async with browser(app) as client:
        missing = await get(client, "/organisations/org_nothing")
        hidden_one = await get(client, "/organisations/org_hidden")
        nowhere = await get(client, "/no/such/page")
    assert [r.status_code for r in (missing, hidden_one, nowhere)] == [404, 404, 404]
    assert finding(missing) == finding(hidden_one) == finding(nowhere)


async def test_who_is_not_signed_in_signs_in_and_arrives_where_they_wanted(app: Starlette) -> None:
    async with browser(app) as client:
        await register(client)
    async with browser(app) as client:
        sent = await get(client, "/en/my/needs")
        assert (sent.status_code, sent.headers["location"]) == (
            303,
            "/en/sign-in?next=%2Fen%2Fmy%2Fneeds".replace("%2Fen", "", 1),
        )
        arrived = await send(
            client, sent.headers["location"], "/en/sign-in", email="minji@example.com", password=PASSWORD
        )
        assert (arrived.status_code, arrived.headers["location"]) == (303, "/en/my/needs")
        assert (await get(client, "/en/my/needs")).status_code == 200


async def test_bad_values_in_an_address_are_left_out_with_a_word(app: Starlette) -> None:
    async with browser(app) as client:
        for query in ("kind=SHOE", "after=nonsense", "kind=SME&kind=" + "x" * 600):
            response = await get(client, f"/en/organisations?{query}")
            assert response.status_code == 200
            assert "was not understood and was left out" in response.text
        plain = await get(client, "/en/organisations?kind=SME&unknown=1")
        assert "was not understood" not in plain.text


async def test_wrong_password_keeps_the_address_typed_and_says_so_at_its_field(app: Starlette) -> None:
    async with browser(app) as client:
        refused = await send(client, "/sign-in", "/sign-in", email="who@example.com", password="not the password")
    assert refused.status_code == 422
    assert 'value="who@example.com"' in refused.text
    assert "not the password" not in refused.text
    assert 'href="#people-enter-email"' in refused.text
    assert 'aria-invalid="true"' in refused.text


async def test_a_field_that_cannot_be_read_is_named_and_nothing_is_saved(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        refused = await send(
            client, "/en/my/needs", "/en/my/needs", text="We look for <a> tester", budgetWon="lots", barrier="SKILL"
        )
        assert refused.status_code == 422
        assert "Write an amount" in refused.text
        assert "We look for &lt;a&gt; tester</textarea>" in refused.text
        assert '<option value="SKILL" selected>' in refused.text
        posted = await send(client, "/en/my/needs", "/en/my/needs", text="We look for a tester", budgetWon="3,000")
        assert (posted.status_code, posted.headers["location"]) == (303, "/en/my/needs?done=need-posted")
    rows = await graph.read("MATCH (:Organisation {name_ko: '온결로보틱스'})-[:SEEKS]->(n) RETURN n.text, n.budget_won")
    assert rows == [["We look for a tester", 3000]]


async def test_a_form_without_its_token_or_from_another_site_changes_nothing(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        own = (await graph.read("MATCH (o:Organisation {name_ko: '온결로보틱스'}) RETURN o.id"))[0][0]
        typed = {"organisationId": own, "text": "Kept although refused", "form": "needs/post"}
        csrf = hidden((await get(client, "/en/my/needs")).text)["csrf"]
        cases: list[tuple[Mapping[str, str], Mapping[str, str]]] = [
            ({}, {"sec-fetch-site": "same-origin"}),
            ({"csrf": "guessed"}, {"sec-fetch-site": "same-origin"}),
            ({"csrf": csrf}, {"sec-fetch-site": "cross-site"}),
        ]
        for extra, headers in cases:
            refused = await client.post("/en/my/needs", data=typed | dict(extra), headers=HTML | dict(headers))
            assert refused.status_code == 403
            assert "Kept although refused</textarea>" in refused.text
    assert await graph.read("MATCH (:Organisation {id: $id})-[:SEEKS]->(n) RETURN n.id", {"id": own}) == []


async def test_a_stale_profile_keeps_what_was_typed_and_shows_what_is_saved(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        form = hidden((await get(client, "/en/my/profile")).text)
        headers = HTML | {"sec-fetch-site": "same-origin"}
        first = form | {"employees": "8", "idempotencyKey": "first"}
        assert (await client.post("/en/my/profile", data=first, headers=headers)).status_code == 303
        wrong = await client.post("/en/my/profile", data=form | {"employees": "9", "trl": "x"}, headers=headers)
        assert (wrong.status_code, hidden(wrong.text)["version"]) == (422, form["version"])
        stale = await client.post("/en/my/profile", data=form | {"employees": "9"}, headers=headers)
        assert stale.status_code == 409
        assert "Somebody saved a newer version" in stale.text
        assert 'name="employees" aria-describedby="organisations-save-employees-hint" value="9"' in re.sub(
            r"\s+", " ", stale.text
        )
        assert "Saved now: 8" in stale.text
        again = hidden(stale.text) | {"employees": "9"}
        assert (await client.post("/en/my/profile", data=again, headers=headers)).status_code == 303
    assert await graph.read("MATCH (o:Organisation {name_ko: '온결로보틱스'}) RETURN o.employees") == [[9]]


async def test_the_same_form_sent_twice_is_done_once(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await register(client)
        form = hidden((await get(client, "/my/needs")).text) | {"form": "needs/post", "text": "한 번만 등록합니다"}
        for _ in range(2):
            sent = await client.post("/my/needs", data=form, headers=HTML | {"sec-fetch-site": "same-origin"})
            assert sent.status_code == 303
    assert await graph.read("MATCH (n:Need {text: '한 번만 등록합니다'}) RETURN count(n)") == [[1]]


async def test_htmx_gets_the_content_alone(app: Starlette) -> None:
    async with browser(app) as client:
        part = await get(client, "/spaces", **{"hx-request": "true", "hx-target": "content"})
        whole = await get(client, "/spaces", **{"hx-request": "true", "hx-target": "no-such-block"})
    assert "<html" not in part.text
    assert "<h1" in part.text
    assert "<html" in whole.text


async def test_programs_get_json_and_pages_are_not_kept_by_caches(app: Starlette) -> None:
    async with browser(app) as client:
        answer = await client.get("/no/such/page", headers={"accept": "application/json"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
        page = await get(client, "/")
        assert "no-cache" in page.headers["cache-control"]
        assert "nonce-" in page.headers["content-security-policy"]


async def test_the_days_of_a_call_are_a_file_for_calendars_and_without_days_there_is_none(
    app: Starlette, graph: Graph
) -> None:
    async with browser(app) as client:
        without, missing = await get(client, "/calls/call_one.ics"), await get(client, "/calls/call_nothing.ics")
        await graph.write("MATCH (c:Call {id: 'call_one'}) SET c.closes_at = '2026-12-11T09:00:00Z'")
        korean, english = await get(client, "/calls/call_one.ics"), await get(client, "/en/calls/call_one.ics")
    assert (without.status_code, missing.status_code) == (404, 404)
    assert (korean.status_code, english.status_code) == (200, 200)
    assert korean.headers["content-type"] == "text/calendar; charset=utf-8"
    assert korean.headers["content-disposition"] == 'attachment; filename="call_one.ics"'
    assert "UID:call_one-closes@madang" in korean.text
    assert "접수 마감" in korean.text
    assert "SUMMARY:Closes: " in english.text
