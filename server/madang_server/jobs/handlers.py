"""The table of jobs: each a few lines that call a service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from madang_graph.writes import mails, notifications, pruning, requests, watches
from madang_graph.writes.lists import Finish

from madang_server.jobs.once import once
from madang_server.jobs.ports import Handler, Job, Schedule
from madang_server.jobs.post import Post
from madang_server.mail.sending import send
from madang_server.matches import nightly
from madang_server.matches.fitting import Fitting
from madang_server.matches.run import refresh_organisation
from madang_server.matches.state import Matcher
from madang_server.services import digests, watching
from madang_server.wiring import Services

log = structlog.get_logger("madang.jobs")

SCHEDULES = (
    Schedule("models.fit", hour=2, minute=10),
    Schedule("matches.nightly", hour=3, minute=10),
    Schedule("introductions.expire", hour=None, minute=5),
    Schedule("sessions.prune", hour=4, minute=20),
    Schedule("watches.round", hour=None, minute=25),
    Schedule("digests.hand_out", hour=8, minute=0),
)
MARKS_KEPT = timedelta(days=30)
"""Marks of effects and of answered requests. Nobody repeats a form or a job after so long."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What jobs work with: the services, and what the worker keeps between jobs."""

    services: Services
    matcher: Matcher
    fitting: Fitting
    letters: Post | None = None
    """What looking at watches and writing letters need; made at its first use where it is not given."""

    @property
    def post(self) -> Post:
        """What watches and letters need."""
        return self.letters or Post.of(self.services)


async def refresh_suggestions(tools: Tools, job: Job) -> None:
    """One organisation's lists, after it or someone for it has changed something."""
    services, organisation_id = tools.services, str(job.payload["organisation_id"])
    await once(
        services.graph,
        job,
        services.clock(),
        lambda finish: refresh_organisation(services, tools.matcher, organisation_id, finish),
    )


async def fit_models(tools: Tools, _job: Job) -> None:
    """The model that the nightly run will use, learnt in a process of its own."""
    tools.fitting.start()


async def match_nightly(tools: Tools, _job: Job) -> None:
    """All lists: read everything, then hand the rest over in parts, each shorter than a job may run."""
    await nightly.hand_out(tools.services, tools.matcher)


async def match_all(tools: Tools, job: Job) -> None:
    """All lists, because rules of a call have changed: as every night."""
    services = tools.services
    await once(services.graph, job, services.clock(), lambda finish: nightly.hand_out(services, tools.matcher, finish))


async def match_part(tools: Tools, job: Job) -> None:
    """The lists of some organisations."""
    services = tools.services
    await once(
        services.graph,
        job,
        services.clock(),
        lambda finish: nightly.match(services, tools.matcher, job.payload, finish),
    )


async def draw_clusters(tools: Tools, job: Job) -> None:
    """The cluster graph of one district."""
    services = tools.services
    await once(
        services.graph, job, services.clock(), lambda finish: nightly.draw(services, tools.matcher, job.payload, finish)
    )


async def expire_introductions(tools: Tools, _job: Job) -> None:
    """Introductions that nobody answered in time."""
    expired = await pruning.expire_introductions(tools.services.graph, tools.services.clock())
    log.info("introductions expired", count=expired)


async def prune_sessions(tools: Tools, _job: Job) -> None:
    """What is over: sessions, tokens, marks of jobs and of answered requests."""
    graph, now = tools.services.graph, tools.services.clock()
    await pruning.prune_sessions(graph, now)
    await pruning.prune_tokens(graph, now)
    await pruning.prune_effects(graph, now - MARKS_KEPT)
    await requests.forget(graph, before=now - MARKS_KEPT)
    await watches.forget(graph, before=now - MARKS_KEPT)
    await mails.forget(graph, before=now - MARKS_KEPT)


async def round_of_watches(tools: Tools, _job: Job) -> None:
    """Everything that is watched, once an hour, one job a person."""
    for keeper in await notifications.keepers(tools.services.graph):
        await tools.services.jobs.enqueue("watches.look", {"person_id": keeper.person_id})


async def look_at_watches(tools: Tools, job: Job) -> None:
    """What one person watches."""
    services = tools.services
    keeper = await notifications.keeper(services.graph, str(job.payload["person_id"]))
    nobody = notifications.Keeper("", "off")

    async def work(finish: Finish) -> None:
        await watching.look(tools.post.lookout, keeper or nobody, services.clock(), finish)

    await once(services.graph, job, services.clock(), work)


async def hand_out_digests(tools: Tools, _job: Job) -> None:
    """A job for everyone whose digest is made today."""
    services = tools.services
    log.info("digests handed out", count=await digests.hand_out(services.graph, services.clock()))
    services.jobs.wake()


async def write_digest(tools: Tools, job: Job) -> None:
    """The letter of one person for one day."""
    services, post = tools.services, tools.post
    person_id, day = str(job.payload["person_id"]), str(job.payload["day"])

    async def work(finish: Finish) -> None:
        await digests.write(post.lookout, post.stationery, person_id, day, services.clock(), finish)

    await once(services.graph, job, services.clock(), work)
    services.jobs.wake()


async def send_mail(tools: Tools, job: Job) -> None:
    """One letter."""
    services, mailer = tools.services, tools.post.mailer

    async def work(finish: Finish) -> None:
        await send(services.graph, mailer, str(job.payload["mail_id"]), services.clock, finish)

    await once(services.graph, job, services.clock(), work)


JOBS: dict[str, Callable[[Tools, Job], Awaitable[None]]] = {
    "suggestions.refresh": refresh_suggestions,
    "models.fit": fit_models,
    "matches.nightly": match_nightly,
    "matches.all": match_all,
    "matches.part": match_part,
    "clusters.draw": draw_clusters,
    "introductions.expire": expire_introductions,
    "sessions.prune": prune_sessions,
    "watches.round": round_of_watches,
    "watches.look": look_at_watches,
    "digests.hand_out": hand_out_digests,
    "digests.write": write_digest,
    "mails.send": send_mail,
}
"""To add a job: one function above, one row here, and a row in SCHEDULES if it starts by itself."""


def handlers(tools: Tools) -> dict[str, Handler]:
    """Return the table with the tools put in."""

    def handler(work: Callable[[Tools, Job], Awaitable[None]]) -> Handler:
        async def handle(job: Job) -> None:
            await work(tools, job)

        return handle

    return {name: handler(work) for name, work in JOBS.items()}
