"""The run of every night, in parts: each is a job of its own, shorter than a job may take."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from madang_graph.client import Transaction
from madang_graph.writes.lists import Finish, replace_lists
from madang_graph.writes.outbox import add_job, outbox_row
from madang_graph.writes.snapshots import district_members

from madang_server.jobs.ports import Payload
from madang_server.matches.model import serving_models
from madang_server.matches.model_note import note_serving
from madang_server.matches.rows import new_version
from madang_server.matches.run import compute_lists, is_basic, prepare, replace_district
from madang_server.matches.state import Matcher
from madang_server.wiring import Services

log = structlog.get_logger("madang.matches")

ORGANISATIONS_PER_PART = 25
"""Several parts run side by side in one process, and each must end within the time of a job on a busy machine."""


async def hand_out(services: Services, matcher: Matcher, finish: Finish | None = None) -> int:
    """Read everything, give new texts their vectors, and write one job per part; return how many.

    Args: finish: what is to be done last in the transaction that writes the jobs; None for a run that a clock started.

    Cut off in the middle, it goes on where it was: vectors are stored batch by batch.
    """
    state, _ = await prepare(services, matcher)
    serving = await asyncio.to_thread(serving_models, services.settings)
    version = new_version(state.read.snapshot.taken_at, basic=is_basic(state, serving))
    now = services.clock()
    await note_serving(services.graph, serving, encoder_broken=state.basic, now=now)
    ids = [each.id for each in state.read.snapshot.organisations]
    rows = [
        outbox_row("matches.part", {"version": version, "ids": ids[start : start + ORGANISATIONS_PER_PART]}, now)
        for start in range(0, len(ids), ORGANISATIONS_PER_PART)
    ]
    rows += [
        outbox_row("clusters.draw", {"version": version, "district_id": district_id}, now)
        for district_id in await district_members(services.graph)
    ]

    async def write(transaction: Transaction) -> None:
        for row in rows:
            await add_job(transaction, row)
        if finish is not None:
            await finish(transaction)

    await services.graph.transact(write, timeout_s=30)
    services.jobs.wake()
    log.info("match run handed out", version=version, parts=len(rows))
    return len(rows)


async def match(services: Services, matcher: Matcher, payload: Payload, finish: Finish) -> None:
    """Compute and replace the lists of one part."""
    state = await matcher.current()
    known = [id_ for id_ in _ids(payload) if id_ in state.profiles.rows]
    serving = await asyncio.to_thread(serving_models, services.settings)
    lists = await compute_lists(state, serving, str(payload["version"]), known)
    await replace_lists(services.graph, lists, finish)


async def draw(services: Services, matcher: Matcher, payload: Payload, finish: Finish) -> None:
    """Compute and replace the cluster graph of one district."""
    state = await matcher.current()
    district_id = str(payload["district_id"])
    members = (await district_members(services.graph)).get(district_id)
    if members is not None:
        await replace_district(services.graph, state, str(payload["version"]), district_id, members)
    await services.graph.transact(finish)


def _ids(payload: Payload) -> Sequence[str]:
    ids = payload["ids"]
    return ids if isinstance(ids, list) else []
