"""The digest that tells everything once, and the letter on its way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from madang_graph.client import Graph
from madang_graph.writes import mails, notifications
from madang_server.jobs.handlers import JOBS, Tools
from madang_server.jobs.ports import Job
from madang_server.mail.ports import MailRefusedError
from madang_server.mail.sending import send
from madang_server.mail.smtp import message_of
from madang_server.matches.fitting import Fitting
from madang_server.matches.state import Matcher
from madang_server.security.signing import Signer
from madang_server.services import digests, watches
from madang_server.services.digests import STOP
from madang_server.wiring import Services

from tests.server.watch_yard import (
    MINA,
    NOW,
    ORIGIN,
    OTHER,
    SECRET,
    call,
    letter_of,
    looked,
    make_watch_yard,
    nothing,
    put,
)


@pytest.fixture
async def yard(graph: Graph) -> Graph:
    await make_watch_yard(graph)
    return graph


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
