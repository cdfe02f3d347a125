"""What people watch: made, taken off, looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.writes import notifications
from madang_server.pages.catalogue import PAGES
from madang_server.services import watches
from madang_server.services.errors import LimitReachedError, NotFoundError, NotPermittedError, ValidationError
from madang_server.services.searches import read_filters, where_of
from madang_server.services.watching import Lookout

from tests.server.builders import NOBODY
from tests.server.watch_yard import (
    MINA,
    NOW,
    OTHER,
    call,
    looked,
    make_watch_yard,
    put,
    told,
)


@pytest.fixture
async def yard(graph: Graph) -> Graph:
    await make_watch_yard(graph)
    return graph


# made and taken off


async def test_a_call_is_watched_once_however_often_one_asks(yard: Graph) -> None:
    first = await watches.watch_call(yard, MINA, "call_far", now=NOW)
    assert await watches.watch_call(yard, MINA, "call_far", now=NOW) == first
    assert await watches.watch_call(yard, OTHER, "call_far", now=NOW) != first
    assert await yard.read("MATCH (w:Watch) RETURN count(w)") == [[2]]
    await watches.set_removed(yard, MINA, first, removed=True, now=NOW)
    assert await watches.watch_call(yard, MINA, "call_far", now=NOW) == first


async def test_only_those_who_are_there_watch_only_what_is_there(yard: Graph) -> None:
    with pytest.raises(NotPermittedError):
        await watches.watch_call(yard, NOBODY, "call_far", now=NOW)
    for missing in ("call_nothing", "x' OR true //", ""):
        with pytest.raises(NotFoundError):
            await watches.watch_call(yard, MINA, missing, now=NOW)


async def test_of_others_watches_nobody_learns_or_changes_anything(yard: Graph) -> None:
    mine = await watches.save_search(yard, MINA, "q=AI", now=NOW)
    for verb in (
        watches.set_removed(yard, OTHER, mine, removed=True, now=NOW),
        watches.set_removed(yard, OTHER, mine, removed=False, now=NOW),
        watches.save_search(yard, OTHER, "q=x", watch_id=mine, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            await verb
    assert await yard.read("MATCH (w:Watch) RETURN w.query, w.removed_at") == [['[["q", "AI"]]', None]]


async def test_no_more_than_a_hundred_are_kept(yard: Graph) -> None:
    await yard.write("""
MATCH (p:Person {id: 'per_mina'}) UNWIND range(1, 100) AS i
CREATE (p)-[:KEEPS_WATCH]->(:Watch {id: 'wat_' + i, kind: 'search', query: '[]'})
""")
    with pytest.raises(LimitReachedError):
        await watches.watch_call(yard, MINA, "call_far", now=NOW)
    with pytest.raises(LimitReachedError):
        await watches.save_search(yard, MINA, "", now=NOW)


# searches


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", ()),
        ("?q=AI&sort=AMOUNT_DESC&after=xyz&compare=call_a", (("q", "AI"),)),
        ("purpose=MONEY&purpose=DATA&purpose=MONEY", (("purpose", "DATA"), ("purpose", "MONEY"))),
        ("least=3억&most=320,000,000", (("least", "300000000"), ("most", "320000000"))),
        ("closing=31&region=11680&state=OPEN", (("closing", "31"), ("region", "11680"), ("state", "OPEN"))),
        ("q=%20%20", ()),
    ],
)
def test_filters_are_read_from_an_address_and_put_in_order(query: str, filters: tuple[Any, ...]) -> None:
    assert read_filters(query) == filters


@pytest.mark.parametrize(
    "query",
    ["purpose=SHOE", "state=open", "closing=soon", "closing=-1", "least=lots", "region=11' OR", "q=a&q=b",
     "q=" + "x" * 201, "&".join(f"region={i:05}" for i in range(40)), "x" * 2_001],
)  # fmt: skip
async def test_what_no_filter_can_be_is_refused(graph: Graph, query: str) -> None:
    with pytest.raises(ValidationError):
        await watches.save_search(graph, MINA, query, now=NOW)


def test_a_saved_search_asks_what_the_page_of_calls_asks() -> None:
    """The places of the page's table are those that a stored search is read into."""
    row = next(row for row in PAGES if row.page == "calls/list")
    filters = read_filters("q=AI&purpose=MONEY&state=OPEN&closing=7&least=1&most=2&region=11&verdict=CHECK&for=org_a")
    where = where_of(filters)
    for name, places in row.values.items():
        place = next((each for each in places.split() if each.startswith("where.")), None)
        if place is None:
            continue
        _, field, *test = place.split(".")
        inner = where.pop(field) if not test else where[field].pop(test[0])  # type: ignore[index, attr-defined]
        assert str(inner[0] if isinstance(inner, list) else inner) == dict(filters)[name]
    assert not any(where.values())
    assert row.fixed["where"] == where_of(())


async def test_a_search_finds_what_its_filters_say_and_nothing_that_has_closed(yard: Graph) -> None:
    await put(
        yard, call("call_space", 5, purposes=["space"], amount_max_won=5), call("call_rolling", None, rolling=True)
    )
    finder = Lookout.over(yard).finder

    async def found(query: str) -> set[str]:
        return set(await finder.find(read_filters(query), MINA, "2026-11-24T03:00:00Z"))

    assert await found("") == {"call_far", "call_near", "call_soon", "call_space", "call_rolling"}
    assert await found("closing=10") == {"call_near", "call_soon", "call_space"}
    assert await found("purpose=SPACE&purpose=DATA") == {"call_space"}
    assert await found("least=1억") == {"call_far", "call_near", "call_soon", "call_rolling"}
    assert await found("q=near") == {"call_near"}
    assert await found("state=CLOSED") == {"call_gone"}


async def test_a_search_goes_on_over_many_pages(yard: Graph) -> None:
    await put(yard, *(call(f"call_{i:03}", 20) for i in range(230)))
    assert len(await Lookout.over(yard).finder.find((), MINA, "2026-11-24T03:00:00Z")) == 233


# looking


async def test_what_a_search_finds_first_is_known_and_what_comes_later_is_told_once(yard: Graph) -> None:
    saved = await watches.save_search(yard, MINA, "purpose=MONEY", now=NOW)
    assert await looked(yard) == 0
    await put(yard, call("call_new"), call("call_space", purposes=["space"]))
    assert await looked(yard) == 1
    assert await looked(yard) == 0
    assert await told(yard) == {("found", "call_new")}
    assert (await yard.read("MATCH (:Watch {id: $id})-[:FOUND]->(c) RETURN count(c)", {"id": saved})) == [[4]]


async def test_a_search_with_other_filters_begins_anew(yard: Graph) -> None:
    saved = await watches.save_search(yard, MINA, "q=near", now=NOW)
    await looked(yard)
    await watches.save_search(yard, MINA, "q=", watch_id=saved, now=NOW)
    assert await looked(yard) == 0
    await put(yard, call("call_new"))
    assert await looked(yard) == 1


async def test_changes_of_a_watched_call_are_named(yard: Graph) -> None:
    watch_id = await watches.watch_call(yard, MINA, "call_far", now=NOW)
    assert await looked(yard) == 0
    await put(yard, call("call_far", 40, rules='{"all": [{"kind": "prose"}]}'))
    assert await looked(yard) == 1
    assert await looked(yard) == 0
    ((fields, changed),) = await yard.read(
        "MATCH (n:Notification {kind: 'changed'}), (w:Watch {id: $id}) RETURN n.fields, w.changed", {"id": watch_id}
    )
    assert fields == changed == ["closes_at", "rules"]


@pytest.mark.parametrize(
    ("closes", "at", "due"),
    [
        ("2026-12-08T14:59:59Z", "2026-11-24T15:00:00Z", "2026-12-08:14"),  # a day later in Seoul, not over there
        ("2026-12-09T09:00:00Z", "2026-11-24T14:59:59Z", None),
        ("2026-12-08T09:00:00Z", "2026-11-23T14:59:59Z", None),
        ("2026-12-08T09:00:00Z", "2026-11-23T15:00:00Z", "2026-12-08:14"),
        ("2026-12-01T09:00:00Z", "2026-11-24T03:00:00Z", "2026-12-01:7"),
        ("2026-11-26T09:00:00Z", "2026-11-24T03:00:00Z", "2026-11-26:3"),
        ("2026-11-25T09:00:00Z", "2026-11-24T03:00:00Z", "2026-11-25:1"),
        ("2026-11-24T09:00:00Z", "2026-11-24T03:00:00Z", "2026-11-24:1"),
        ("2026-11-24T02:59:59Z", "2026-11-24T03:00:00Z", None),
    ],
)
async def test_deadlines_come_near_by_the_days_of_seoul(yard: Graph, closes: str, at: str, due: str | None) -> None:
    await put(yard, call("call_x", closes_at=closes))
    watch_id = await watches.watch_call(yard, MINA, "call_x", now=NOW)
    await looked(yard, now=datetime.fromisoformat(at))
    news = [notifications.News(watch_id, "call_x", "closing", due).id] if due else []
    assert [row[0] for row in await yard.read("MATCH (n:Notification {kind: 'closing'}) RETURN n.id")] == news


async def test_each_deadline_is_told_once_and_anew_when_it_moves(yard: Graph) -> None:
    await watches.watch_call(yard, MINA, "call_near", now=NOW)
    for day in range(12):
        await looked(yard, now=NOW + timedelta(days=day))
        await looked(yard, now=NOW + timedelta(days=day, hours=1))
    assert len(await yard.read("MATCH (n:Notification {kind: 'closing'}) RETURN n.id")) == 4
    await put(yard, call("call_near", 15))
    await looked(yard, now=NOW + timedelta(days=9))
    assert len(await yard.read("MATCH (n:Notification {kind: 'closing'}) RETURN n.id")) == 5


async def test_who_wants_no_mail_is_told_nothing_later_either(yard: Graph) -> None:
    await watches.watch_call(yard, MINA, "call_soon", now=NOW)
    await watches.set_digest(yard, MINA, "off", now=NOW)
    await looked(yard)
    await put(yard, call("call_soon", 3))
    await looked(yard)
    assert await told(yard) == set()
    with pytest.raises(ValidationError):
        await watches.set_digest(yard, MINA, "hourly", now=NOW)


async def test_a_search_by_verdict_tells_of_calls_that_come_to_fit_the_own_organisation(yard: Graph) -> None:
    await yard.write("""
MATCH (p:Person {id: 'per_mina'})
CREATE (p)-[:ACTS_FOR {role: 'owner'}]->(:Organisation {id: 'org_mina', name_ko: '미나', visibility: 'public',
  calls_eligible: ['call_far'], calls_to_check: ['call_near']})
""")
    await watches.save_search(yard, MINA, "verdict=ELIGIBLE", now=NOW)
    await watches.save_search(yard, OTHER, "verdict=ELIGIBLE&for=org_mina", now=NOW)
    await looked(yard)
    await looked(yard, OTHER)
    assert await yard.read("MATCH (:Watch)-[:FOUND]->(c:Call) RETURN c.id") == [["call_far"]]
    await yard.write("MATCH (o:Organisation) SET o.calls_eligible = ['call_far', 'call_near'], o.calls_to_check = []")
    assert (await looked(yard), await looked(yard, OTHER)) == (1, 0)
    assert await told(yard) == {("found", "call_near")}
    await yard.write("MATCH (:Person)-[r:ACTS_FOR]->() DELETE r")
    await yard.write("MATCH (o:Organisation) SET o.calls_eligible = o.calls_eligible + ['call_soon']")
    assert await looked(yard) == 0


@pytest.mark.parametrize("query", ["for=org_a", "for=org_a&verdict="])
def test_whose_verdict_does_not_count_without_a_verdict(query: str) -> None:
    assert read_filters(query) == ()


def test_a_search_by_verdict_asks_for_the_verdict_of_an_organisation() -> None:
    filters = read_filters("verdict=CHECK&for=org_a&verdict=ELIGIBLE&state=OPEN")
    asked = {"state": {"in": ["OPEN"]}, "verdict": {"for": "org_a", "in": ["CHECK", "ELIGIBLE"]}}
    assert where_of(filters) == asked
    for wrong in ("verdict=eligible", "verdict=ELIGIBLE&for=org_a&for=org_b", "verdict=ELIGIBLE&for=x' OR true"):
        with pytest.raises(ValidationError):
            read_filters(wrong)
