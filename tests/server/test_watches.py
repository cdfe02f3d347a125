"""What people watch: made, taken off, looked at; the digest that tells it once, and the letter on its way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import mails, notifications
from madang_server.jobs.handlers import JOBS, Tools
from madang_server.jobs.ports import Job
from madang_server.mail.ports import MailRefusedError
from madang_server.mail.sending import send
from madang_server.mail.smtp import message_of
from madang_server.matches.fitting import Fitting
from madang_server.matches.state import Matcher
from madang_server.pages.catalogue import PAGES
from madang_server.security.signing import Signer
from madang_server.services import digests, watches
from madang_server.services.digests import STOP, Stationery
from madang_server.services.errors import LimitReachedError, NotFoundError, NotPermittedError, ValidationError
from madang_server.services.searches import read_filters, where_of
from madang_server.services.watching import Lookout, look
from madang_server.wiring import Services

from tests.server.builders import NOBODY, make_viewer

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""A Tuesday, noon in Seoul."""
MINA = make_viewer("per_mina")
OTHER = make_viewer("per_other")
SECRET = "a-secret-of-the-tests-that-is-long-enough"
ORIGIN = "https://madang.example"


def call(call_id: str, days: int | None = 30, **overrides: Any) -> dict[str, Any]:
    closes = None if days is None else (NOW + timedelta(days=days)).strftime("%Y-%m-%dT09:00:00Z")
    values = {
        "id": call_id, "name_ko": f"공고 {call_id}", "name_key": call_id, "search_text": f"공고 {call_id}",
        "purposes": ["money"], "opens_at": "2026-11-01T00:00:00Z", "closes_at": closes, "amount_max_won": 10**8,
        "rules": '{"all": []}', "updated_at": "2026-11-20T00:00:00Z",
    }  # fmt: skip
    return {key: value for key, value in {**values, **overrides}.items() if value is not None}


async def put(graph: Graph, *calls: dict[str, Any]) -> None:
    await graph.write("UNWIND $calls AS c MERGE (n:Call {id: c.id}) SET n = c", {"calls": list(calls)})


@pytest.fixture
async def yard(graph: Graph) -> Graph:
    """Two people, three calls that close in 30, 10 and 2 days, and one that has closed."""
    await graph.write("""
UNWIND ['per_mina', 'per_other'] AS id
CREATE (:Person {id: id, name: id, email: id + '@example.org', language: 'ko'})
""")
    await put(graph, call("call_far"), call("call_near", 10), call("call_soon", 2), call("call_gone", -3))
    return graph


def stationery() -> Stationery:
    return Stationery.made(SECRET, ORIGIN, lambda: NOW, "Asia/Seoul")


async def nothing(_transaction: Transaction) -> None:
    """What a job does last: here, nothing."""


async def looked(graph: Graph, viewer: Viewer = MINA, now: datetime = NOW) -> int:
    keeper = await notifications.keeper(graph, str(viewer.person_id))
    assert keeper is not None
    return await look(Lookout.over(graph), keeper, now)


async def letter_of(graph: Graph, day: str, now: datetime, viewer: Viewer = MINA) -> Any:
    return await digests.write(Lookout.over(graph), stationery(), str(viewer.person_id), day, now, nothing)


async def told(graph: Graph) -> set[tuple[str, str]]:
    rows = await graph.read("MATCH (n:Notification)-[:TELLS_OF]->(c:Call) RETURN n.kind, c.id")
    return {(kind, call_id) for kind, call_id in rows}


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
    filters = read_filters("q=AI&purpose=MONEY&state=OPEN&closing=7&least=1&most=2&region=11")
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


# digests


async def test_a_digest_says_each_thing_once_in_the_language_of_the_person(yard: Graph) -> None:
    await watches.watch_call(yard, MINA, "call_soon", now=NOW)
    await watches.save_search(yard, MINA, "q=new", name="새것", now=NOW)
    await looked(yard)
    await put(yard, call("call_new", name_ko="<새> 공고 & 더"))
    letter = await letter_of(yard, "2026-11-24", NOW)
    assert letter.subject == "관심 공고 1건이 곧 마감됩니다"
    assert "<새> 공고 & 더" in letter.text
    assert "&lt;새&gt; 공고 &amp; 더" in letter.html
    assert f"{ORIGIN}/calls/call_soon" in letter.text
    assert letter.text.count("call_new") == letter.html.count("call_new") == 1
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter.headers["List-Unsubscribe"].strip("<>")
    assert stop in letter.text
    assert Signer(SECRET).read(STOP, stop.rsplit("/", 1)[1]) == ["per_mina"]
    assert "per_mina@example.org" not in letter.text + letter.html + json.dumps(letter.headers)
    assert await letter_of(yard, "2026-11-25", NOW + timedelta(hours=1)) is None
    await yard.write("MATCH (p:Person {id: 'per_mina'}) SET p.language = 'en'")
    await put(yard, call("call_newer", search_text="new"))
    later = await letter_of(yard, "2026-11-26", NOW + timedelta(hours=2))
    assert (later.language, later.subject) == ("en", "One piece of news of what you watch")
    assert f"{ORIGIN}/en/calls/call_newer" in later.text


async def test_what_closed_before_it_was_told_is_passed_over(yard: Graph) -> None:
    await watches.watch_call(yard, MINA, "call_soon", now=NOW)
    await looked(yard)
    assert await letter_of(yard, "2026-11-29", NOW + timedelta(days=5)) is None
    assert await notifications.pending(yard, "per_mina") == []


async def test_digests_are_handed_out_daily_or_on_mondays_once_a_day(yard: Graph) -> None:
    for viewer in (MINA, OTHER):
        await watches.watch_call(yard, viewer, "call_far", now=NOW)
    await watches.set_digest(yard, OTHER, "weekly", now=NOW)
    monday = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)  # 08:00 of Monday in Seoul

    async def handed(now: datetime) -> list[str]:
        await yard.write("MATCH (x:Outbox) DELETE x")
        await digests.hand_out(yard, now)
        await digests.hand_out(yard, now)
        rows = await yard.read("MATCH (x:Outbox) RETURN x.payload")
        return sorted(json.loads(payload)["person_id"] for (payload,) in rows)

    assert await handed(NOW) == ["per_mina"]
    assert await handed(monday) == ["per_mina", "per_other"]
    assert await handed(monday + timedelta(days=1)) == ["per_mina"]


async def test_weekly_news_name_every_call_before_it_closes(yard: Graph) -> None:
    await watches.set_digest(yard, MINA, "weekly", now=NOW)
    mondays = [datetime(2026, 11, 29, 23, tzinfo=UTC) + timedelta(weeks=week) for week in range(6)]
    await put(yard, *(call(f"call_d{day:02}", day) for day in range(7, 30)))
    for day in range(7, 30):
        await watches.watch_call(yard, MINA, f"call_d{day:02}", now=NOW)
    named = ""
    for monday in mondays:
        letter = await letter_of(yard, monday.date().isoformat(), monday)
        named += letter.text if letter else ""
    assert all(f"/calls/call_d{day:02}" in named for day in range(7, 30))


# letters on their way


class Taker:
    """A mail server that takes letters, or refuses them."""

    def __init__(self, *, away: bool = False) -> None:
        self.away, self.taken = away, list[str]()

    async def hand_over(self, waiting: mails.Waiting) -> None:
        if self.away:
            raise MailRefusedError
        self.taken.append(waiting.address)


async def written(graph: Graph) -> str:
    await watches.watch_call(graph, MINA, "call_soon", now=NOW)
    return (await letter_of(graph, "2026-11-24", NOW)).id


async def test_a_taken_letter_leaves_no_text_behind_and_is_not_sent_again(yard: Graph) -> None:
    mail_id, server = await written(yard), Taker()
    for _ in range(2):
        await send(yard, server, mail_id, lambda: NOW, nothing)
    assert server.taken == ["per_mina@example.org"]
    assert await yard.read("MATCH (m:Mail) RETURN m.text, m.html, m.headers, m.local") == [[None, None, None, False]]


async def test_a_refused_letter_waits(yard: Graph) -> None:
    mail_id = await written(yard)
    with pytest.raises(MailRefusedError):
        await send(yard, Taker(away=True), mail_id, lambda: NOW, nothing)
    server = Taker()
    await send(yard, server, mail_id, lambda: NOW, nothing)
    assert len(server.taken) == 1


async def test_without_a_mail_server_letters_stay_in_the_local_outbox(yard: Graph) -> None:
    mail_id = await written(yard)
    await send(yard, None, mail_id, lambda: NOW, nothing)
    ((text, local, sent_at),) = await yard.read("MATCH (m:Mail) RETURN m.text, m.local, m.sent_at")
    assert (local, sent_at) == (True, "2026-11-24T03:00:00Z")
    assert "call_soon" in text


async def test_a_letter_is_a_whole_message_whose_id_never_changes(yard: Graph) -> None:
    waiting = await mails.waiting(yard, await written(yard))
    assert waiting is not None
    first, again = (message_of(waiting, "Madang <madang@madang.example>") for _ in range(2))
    assert first["Message-ID"] == again["Message-ID"] == f"<{waiting.letter.id}@madang.example>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in first.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert (first["To"], first["Auto-Submitted"]) == ("per_mina@example.org", "auto-generated")


async def test_the_jobs_bring_news_from_the_watch_to_the_outbox(services: Services) -> None:
    """Hand out, write, send: as the worker does them, each job twice."""
    graph = services.graph
    await graph.write("CREATE (:Person {id: 'per_mina', email: 'mina@example.org', language: 'ko'})")
    closes = (services.clock() + timedelta(days=3)).strftime("%Y-%m-%dT09:00:00Z")
    await put(graph, call("call_soon", closes_at=closes))
    await watches.watch_call(graph, MINA, "call_soon", now=services.clock())
    tools = Tools(services, Matcher(graph, services.encoder, services.clock), Fitting(services.settings))
    await JOBS["watches.round"](tools, Job("job_round", "watches.round", {}))
    await JOBS["digests.hand_out"](tools, Job("job_hand_out", "digests.hand_out", {}))
    for _ in range(3):
        rows = await graph.read("MATCH (o:Outbox) RETURN o.id, o.job, o.payload ORDER BY o.job")
        for job_id, name, payload in rows:
            for _twice in range(2):
                await JOBS[name](tools, Job(job_id, name, json.loads(payload)))
    assert await graph.read("MATCH (o:Outbox) RETURN o.job") == []
    ((local, text),) = await graph.read("MATCH (m:Mail) RETURN m.local, m.text")
    assert local
    assert "/calls/call_soon" in text
