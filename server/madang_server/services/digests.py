"""Digests: one letter a person and day at most, of what no letter has told yet."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jinja2 import Environment
from jinja2_fragments import render_block
from madang_frontend import LANGUAGES, Assets, environment
from madang_frontend.links import Links
from madang_graph.client import Graph, Transaction
from madang_graph.writes import mails, notifications, outbox, watches
from madang_graph.writes.lists import Finish
from madang_graph.writes.mails import Letter
from madang_graph.writes.notifications import Keeper, Pending
from madang_graph.writes.outbox import OutboxRow

from madang_server.security.signing import Signer
from madang_server.services.watching import Lookout, is_due, look, seoul_day


class ToldMeanwhileError(Exception):
    """Another digest of the same person was written at the same time; the job is done again."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """What letters are written with."""

    signer: Signer
    origin: str
    environments: Mapping[str, Environment]

    @classmethod
    def made(cls, secret: str, origin: str, clock: Callable[[], datetime], zone: str) -> Stationery:
        """Make it for both languages; letters need no built assets."""
        environments = {each: environment(each, Assets({}), clock, zone) for each in LANGUAGES}
        return cls(Signer(secret), origin, environments)


STOP = "digest.stop"
"""What the address at the foot of a letter is signed for."""
TEMPLATE = "mails/digest.html"


def stop_path(signer: Signer, person_id: str) -> str:
    """Return the path that turns the digest off, by one click and without signing in."""
    return f"/digest/stop/{signer.sign(STOP, person_id)}"


async def hand_out(graph: Graph, now: datetime) -> int:
    """Write one job for each person whose digest is made today. Doing so again on the same day makes no second one."""
    day = seoul_day(now)
    due = [keeper for keeper in await notifications.keepers(graph) if is_due(keeper, day)]

    async def work(transaction: Transaction) -> None:
        for keeper in due:
            await outbox.add_job(transaction, _row(keeper, day, now))

    if due:
        await graph.transact(work)
    return len(due)


def _row(keeper: Keeper, day: date, now: datetime) -> OutboxRow:
    row = outbox.outbox_row("digests.write", {"person_id": keeper.person_id, "day": day.isoformat()}, now)
    return OutboxRow(f"job_{_key(keeper.person_id, day.isoformat())}", row.job, row.payload, row.created_at)


def _key(person_id: str, day: str) -> str:
    return hashlib.sha256(f"{person_id}:{day}".encode()).hexdigest()[:24]


async def write(
    lookout: Lookout, stationery: Stationery, person_id: str, day: str, now: datetime, finish: Finish
) -> Letter | None:
    """Look, then write the person's letter of the day with all that was not told yet; None when there is nothing.

    The letter, what it holds and the job that sends it are one transaction.
    """
    graph = lookout.graph
    keeper = await notifications.keeper(graph, person_id)
    letter: Letter | None = None
    told: list[str] = []
    if keeper is not None and keeper.digest != "off":
        await look(lookout, keeper, now)
        pending = await notifications.pending(graph, person_id)
        calls = await lookout.calls(sorted({each.call_id for each in pending}), keeper.viewer, now)
        told = [each.id for each in pending]
        letter = _letter(keeper, f"mail_{_key(person_id, day)}", groups_of(pending, calls), stationery)

    async def work(transaction: Transaction) -> None:
        if told and await watches.lock_person(transaction, person_id):
            if not set(told) <= {each.id for each in await notifications.pending(transaction, person_id)}:
                raise ToldMeanwhileError
            await notifications.mark_told(transaction, told, now)
        if letter is not None:
            await mails.write(transaction, letter, told, now)
            await outbox.add_job(transaction, outbox.outbox_row("mails.send", {"mail_id": letter.id}, now))
        await finish(transaction)

    await graph.transact(work)
    return letter


def groups_of(pending: list[Pending], calls: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return what the letter says, by kind: each call once in a group, the first to close first. What has closed
    meanwhile is left out, unless it is a change."""
    groups: dict[str, list[dict[str, Any]]] = {"closing": [], "changed": [], "found": []}
    for each in pending:
        call = calls.get(each.call_id)
        if call is None or (call["state"] == "CLOSED" and each.kind != "changed"):
            continue
        known = next((one for one in groups[each.kind] if one["call"]["id"] == each.call_id), None)
        if known is None:
            groups[each.kind].append({"call": call, "fields": list(each.fields), "search": each.watch_name})
        else:
            known["fields"] += [name for name in each.fields if name not in known["fields"]]
    for group in groups.values():
        group.sort(key=lambda one: (one["call"]["closesAt"] or "9", one["call"]["id"]))
    return groups


def _letter(
    keeper: Keeper, mail_id: str, groups: dict[str, list[dict[str, Any]]], stationery: Stationery
) -> Letter | None:
    if not any(groups.values()):
        return None
    origin, links = stationery.origin, Links(keeper.language)
    stop = origin + links.to(stop_path(stationery.signer, keeper.person_id))
    context = {"groups": groups, "count": sum(map(len, groups.values())), "origin": origin, "stop": stop}

    def said(block: str) -> str:
        return render_block(stationery.environments[keeper.language], TEMPLATE, block, context).strip()

    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    # Plain text is no HTML: what the environment escaped is put back.
    subject = " ".join(html.unescape(said("subject")).split())
    plain = html.unescape(said("plain")) + "\n"
    return Letter(mail_id, keeper.person_id, keeper.language, subject, plain, said("letter"), headers)
