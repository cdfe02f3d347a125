"""The owner's desk by HTTP: forms without JavaScript, four eyes, and what others learn of a call that is planned."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from icalendar import Calendar
from madang_graph.client import Graph, GraphAddress
from madang_graph.viewer import Viewer
from madang_graph.writes import notifications
from madang_server.services import digests, watches
from madang_server.services.watching import Lookout
from starlette.applications import Starlette

from tests.server.builders import NOW, Clock, make_yard
from tests.server.test_pages import get, register, send
from tests.server.watch_yard import looked, nothing, stationery
from tests.server.web import ask, browser, open_app

PLAN, RULES = "/en/desk/programmes/prg_one/call", '{"all": [{"kind": "prose", "text_ko": "가"}]}'
TYPED = {
    "nameKo": "수소 실증 공고",
    "nameEn": "Hydrogen trials",
    "opensAt": "2026-11-20 09:00",
    "closesAt": "2027-04-02 오후 6시",
    "intake": "dated",
    "amountMaxWon": "3.2억",
}


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest_asyncio.fixture(loop_scope="session")
async def app(graph: Graph, neo4j_address: GraphAddress, valkey_url: str, clock: Clock) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    async with open_app(neo4j_address, valkey_url, clock) as opened:
        yield opened


async def open_desk(client: httpx.AsyncClient, graph: Graph) -> None:
    """Register someone whose organisation runs a programme with one call."""
    await register(client)
    await graph.write(
        "MATCH (p:Person)-[:ACTS_FOR]->(o:Organisation), (c:Call {id: 'call_one'}), (t:Technology {id: 'tec_ai'}) "
        "SET c.rules = $rules, c.opens_at = '2026-01-05T00:00:00Z', c.amount_max_won = 100000000 "
        "CREATE (o)-[:RUNS]->(:Programme {id: 'prg_one', name_ko: '사업', name_key: '사업'})-[:HAS_CALL]->(c) "
        "CREATE (c)-[:ABOUT]->(t)",
        {"rules": RULES},
    )


async def plan(client: httpx.AsyncClient, **typed: str) -> str:
    done = await send(client, PLAN, PLAN, **(TYPED | typed))
    assert done.status_code == 303, done.text
    found = re.fullmatch(r"/en/desk/calls/(call_\w+)\?done=call-planned", done.headers["location"])
    assert found
    return found[1]


async def step(client: httpx.AsyncClient, call_id: str, action: str) -> httpx.Response:
    return await send(client, f"/en/desk/calls/{call_id}", f"/en/desk/calls/{call_id}/{action}")


async def test_a_call_is_planned_put_right_and_published_by_forms(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await open_desk(client, graph)
        assert f'href="{PLAN}"' in (await get(client, "/en/desk")).text
        wrong = await send(client, PLAN, PLAN, **TYPED | {"closesAt": "2026-11-19 18:00", "noticedOn": "2026.12.1"})
        assert wrong.status_code == 422
        assert "Give a time after the call opens." in wrong.text
        assert 'value="2026-11-19 18:00"' in wrong.text
        assert 'value="2026.12.1"' in wrong.text
        assert 'value="3.2억"' in wrong.text
        unread = await send(client, PLAN, PLAN, **TYPED | {"opensAt": "tomorrow", "amountMaxWon": "-5"})
        assert unread.status_code == 422
        assert "Write day and hour, such as 2027-03-02 18:00." in unread.text
        assert 'value="tomorrow"' in unread.text
        call_id = await plan(client)
        page = (await get(client, f"/en/desk/calls/{call_id}")).text
        assert "This call is in preparation" in page
        assert "2 Apr 2027, 18:00" in page.replace("Fri ", "")
        assert "In preparation" in (await get(client, "/en/desk")).text
        assert "One person may edit at this desk" in page
        assert (await step(client, call_id, "review")).headers["location"].endswith("done=rules-reviewed")
        assert (await step(client, call_id, "publish")).headers["location"].endswith("done=rules-published")
        assert "Hydrogen trials" in (await get(client, "/en/calls")).text
        assert "The call as applicants see it" in (await get(client, f"/en/desk/calls/{call_id}")).text


_LEAKS = """
query Leaks($id: ID!) {
  plannedCall(id: $id) { id }
  call(id: $id) { id }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  calls(first: 20) { totalCount nodes { id } }
  found: calls(first: 20, where: {search: "수소"}) { totalCount }
  programmes(first: 5, where: {id: {eq: "prg_one"}}) {
    nodes { calls(first: 5) { totalCount } plannedCalls(first: 5) { totalCount nodes { id } } }
  }
  technologies(first: 5, where: {id: {eq: "tec_ai"}}) { nodes { calls(first: 5) { totalCount } } }
  search(first: 5, query: "수소") { totalCount }
  searchKinds(query: "수소") { count }
  suggest(prefix: "수소") { node { id } }
}
"""


def _counts(found: dict[str, Any]) -> tuple[Any, ...]:
    (programme,), (technology,) = found["programmes"]["nodes"], found["technologies"]["nodes"]
    return (
        [found[name] is None for name in ("plannedCall", "call", "node")],
        found["nodes"] == [None],
        found["calls"]["totalCount"],
        found["found"]["totalCount"],
        programme["calls"]["totalCount"],
        programme["plannedCalls"]["totalCount"],
        technology["calls"]["totalCount"],
        found["search"]["totalCount"],
        sum(kind["count"] for kind in found["searchKinds"]),
        len(found["suggest"]),
    )


async def test_nobody_but_the_desk_learns_of_a_planned_call_by_any_way(app: Starlette, graph: Graph) -> None:
    nothing_there = ([True, True, True], True, 1, 0, 1, 0, 1, 0, 0, 0)
    async with browser(app) as owner, browser(app) as other, browser(app) as nobody:
        await open_desk(owner, graph)
        call_id = await plan(owner)
        await register(other, email="other@example.com", organisationNameKo="다른곳")
        others = [nobody, other]
        for client in others:
            assert _counts(await ask(client, _LEAKS, {"id": call_id})) == nothing_there
            for path in (f"/calls/{call_id}", f"/calls/{call_id}.ics"):
                assert (await get(client, path)).status_code == 404
            for path in ("/calls", "/calls.atom", "/programmes/prg_one", "/search?q=수소", "/calls.csv"):
                page = await get(client, path)
                assert page.status_code == 200
                assert call_id not in page.text
                assert "수소 실증" not in page.text
        for path in (f"/desk/calls/{call_id}", f"/desk/calls/{call_id}/facts", PLAN):
            assert (await get(other, path)).status_code == 404
        mine = _counts(await ask(owner, _LEAKS, {"id": call_id}))
        assert mine == ([False, True, False], False, 1, 0, 1, 1, 1, 0, 0, 0)
        await step(owner, call_id, "review")
        await step(owner, call_id, "publish")
        assert _counts(await ask(nobody, _LEAKS, {"id": call_id})) == (
            [True, False, False], False, 2, 1, 2, 0, 2, 1, 1, 1,
        )  # fmt: skip


async def test_a_saved_search_finds_a_call_once_it_is_published_and_not_before(app: Starlette, graph: Graph) -> None:
    async with browser(app) as client:
        await open_desk(client, graph)
        await graph.write("CREATE (:Person {id: 'per_mina', name: 'mina', email: 'mina@example.org', language: 'ko'})")
        viewer = Viewer(person_id="per_mina")
        await watches.save_search(graph, viewer, "q=수소", name="수소", now=NOW)
        assert await looked(graph, viewer) == 0
        call_id = await plan(client)
        assert await looked(graph, viewer) == 0
        await step(client, call_id, "review")
        await step(client, call_id, "publish")
        assert await looked(graph, viewer) == 1
        assert [each.call_id for each in await notifications.pending(graph, "per_mina")] == [call_id]


async def test_who_watches_a_call_is_told_of_a_later_deadline_by_letter_and_calendar(
    app: Starlette, graph: Graph, clock: Clock
) -> None:
    async with browser(app) as client:
        await open_desk(client, graph)
        facts = "/en/desk/calls/call_one/facts"
        await send(client, facts, facts, closesAt="2027-01-15 18:00")
        ((person,),) = await graph.read("MATCH (p:Person) RETURN p.id")
        viewer = Viewer(person_id=person, language="en")
        await watches.watch_call(graph, viewer, "call_one", now=NOW)
        assert await looked(graph, viewer) == 0
        found = re.search(r'href="(/en/feeds/[^"]+/calls\.ics)"', (await get(client, "/en/my/watches")).text)
        assert found
        before = _sequences((await get(client, found[1])).text)
        clock.wait(minutes=5)
        saved = await send(client, facts, facts, closesAt="2027-01-29 18:00")
        assert saved.headers["location"] == "/en/desk/calls/call_one?done=call-saved"
        after = _sequences((await get(client, found[1])).text)
        assert set(before) == set(after)
        assert all(after[uid][0] > before[uid][0] for uid in after)
        assert {day for _, day in after.values()} >= {"2027-01-29"}
        assert await looked(graph, viewer, now=clock.now) == 1
        letter = await digests.write(Lookout.over(graph), stationery(), person, "2026-11-25", clock.now, nothing)
        assert letter is not None
        assert "2027년 1월 29일" in letter.text, "in the reader's own language"
        actions = await graph.read("MATCH (a:Audit {action: 'calls.edit'}) RETURN a.subject_id, a.changes")
        assert [(subject, json.loads(changes)) for subject, changes in actions] == [("call_one", ["closes_at"])] * 2


def _sequences(calendar: str) -> dict[str, tuple[int, str]]:
    events: list[Any] = list(Calendar.from_ical(calendar).walk("VEVENT"))
    return {str(each["UID"]): (int(each["SEQUENCE"]), each.decoded("DTSTART").strftime("%Y-%m-%d")) for each in events}


async def test_of_two_forms_of_facts_the_second_meets_a_conflict_and_keeps_what_was_typed(
    app: Starlette, graph: Graph
) -> None:
    async with browser(app) as client:
        await open_desk(client, graph)
        facts = "/en/desk/calls/call_one/facts"
        await send(client, facts, facts, ownShare="10%")
        stale = await send(client, facts, facts, version="0", ownShare="30%")
        assert stale.status_code == 409
        assert 'value="30%"' in stale.text
        assert "Saved now: 10%" in stale.text
        assert await graph.read("MATCH (c:Call {id: 'call_one'}) RETURN c.own_share") == [["10%"]]
        again = await client.post(facts, data=_hidden(stale.text, facts) | {"ownShare": "30%"}, headers=_SAME)
        assert again.status_code == 303
        assert await graph.read("MATCH (c:Call {id: 'call_one'}) RETURN c.own_share, c.version") == [["30%", 2]]


_SAME = {"sec-fetch-site": "same-origin", "accept": "text/html"}


def _hidden(html: str, action: str) -> dict[str, str]:
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', html, re.DOTALL)
    assert form
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


async def test_where_two_may_edit_the_page_names_who_publishes_and_offers_it_to_that_one_alone(
    app: Starlette, graph: Graph
) -> None:
    async with browser(app) as first, browser(app) as second:
        await open_desk(first, graph)
        await register(second, name="서준", email="seojun@example.com", organisationNameKo="둘째")
        await graph.write(
            "MATCH (p:Person {email: 'seojun@example.com'}), (o:Organisation)-[:RUNS]->(:Programme {id: 'prg_one'}) "
            "CREATE (p)-[:ACTS_FOR {role: 'editor'}]->(o)"
        )
        call_id = await plan(first)
        path = f"/en/desk/calls/{call_id}"
        assert "another of the 2 people at this desk does" in (await get(first, path)).text
        await step(first, call_id, "review")
        mine = (await get(first, path)).text
        assert "You sent it for review, so another person publishes it. Who can: 서준." in re.sub(r"<[^>]+>", "", mine)
        assert f'action="{path}/publish"' not in mine
        # Who sends it nevertheless is told, too.
        token = re.search(r'name="csrf" value="([^"]+)"', mine)
        assert token
        typed = {"csrf": token[1], "form": "desk/act", "version": "2", "idempotencyKey": "again"}
        refused = await first.post(f"{path}/publish", data=typed, headers=_SAME)
        assert "Whoever sent it for review may not publish it. Who can: 서준." in refused.text
        assert (await step(second, call_id, "publish")).headers["location"].endswith("done=rules-published")


async def test_the_condition_of_a_preference_is_chosen_filled_and_changed_by_forms(
    app: Starlette, graph: Graph
) -> None:
    async with browser(app) as client:
        await open_desk(client, graph)
        path = "/en/desk/calls/call_one"
        chosen = f"{path}?add=preference&when=firm_age"
        # The first form of this address is that of a place of the tree; that of the condition says what it adds.
        whole = {"form": "desk/edit", "act": "add", "at": "", "kind": "preference"}
        fields = whole | {"values.text_ko": "청년 기업 우대", "values.points": "3", "values.when.kind": "firm_age"}
        page = (await get(client, chosen)).text
        assert 'name="values.when.max_years"' in page
        assert '<option value="firm_age" selected>' in page
        wrong = await send(client, chosen, f"{path}/edit", **fields, **{"values.when.max_years": "seven"})
        assert wrong.status_code == 422
        assert re.search(r'name="values.when.max_years"[^>]*value="seven"', wrong.text)
        assert 'href="#desk-edit-values.when.max_years"' in wrong.text
        await send(client, chosen, f"{path}/edit", **fields, **{"values.when.max_years": "7"})
        assert await _preference(graph) == {
            "kind": "preference",
            "points": 3,
            "text_ko": "청년 기업 우대",
            "when": {"kind": "firm_age", "max_years": 7},
        }
        changing = f"{path}?at=1&when=industry"
        assert re.search(r'name="values.when.max_years"[^>]*value="7"', (await get(client, f"{path}?at=1")).text)
        await send(
            client,
            changing,
            f"{path}/edit",
            **fields | _AT_ONE | {"values.when.kind": "industry", "values.when.include": "C29, J62"},
        )
        assert (await _preference(graph))["when"] == {"kind": "industry", "include": ["C29", "J62"]}
        none = whole | _AT_ONE | {"values.text_ko": "청년 기업 우대", "values.when.kind": ""}
        await send(client, f"{path}?at=1&when=none", f"{path}/edit", **none)
        assert "when" not in await _preference(graph)


_AT_ONE = {"act": "save", "at": "1"}


async def _preference(graph: Graph) -> dict[str, Any]:
    ((rules,),) = await graph.read("MATCH (s:RuleSet {state: 'draft'}) RETURN s.rules")
    return json.loads(rules)["all"][1]
