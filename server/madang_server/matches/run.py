"""Match runs: everything, or one organisation after an edit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

import structlog
from madang_graph.client import Graph, Transaction
from madang_graph.writes.clusters import replace_clusters
from madang_graph.writes.lists import Finish, Lists, replace_lists
from madang_graph.writes.profiling import forget_profile, opted_out_ids
from madang_graph.writes.snapshots import BULK_TIMEOUT_S, district_members
from madang_matching.blocks import row_blocks
from madang_matching.fits import programme_fits
from madang_matching.partners import partner_suggestions
from madang_matching.records import Partner

from madang_server.matches.judged_calls import judged_calls
from madang_server.matches.model import Serving, fit_models, keep_models, serving_models, was_fitted
from madang_server.matches.model_note import note_serving
from madang_server.matches.rows import Made, cluster_row, lists_of, new_version
from madang_server.matches.snapshot import read_snapshot
from madang_server.matches.spreading import partner_model, partner_rounds, partners_asked, workers_of
from madang_server.matches.state import Matcher, State
from madang_server.matches.vectors import Progress, encode_for_search, encode_missing, store_made
from madang_server.wiring import Services

log = structlog.get_logger("madang.matches")

ORGANISATIONS_PER_WRITE = 50
"""Some thousand relationships with their reasons: well under a second, and few megabytes a transaction."""


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What a run has done."""

    version: str
    organisations: int
    """Organisations that show their new lists."""
    fits: int
    partners: int
    districts: int
    """Districts that show their new cluster graph."""
    vectors: int
    """Texts that got a vector."""
    basic: bool
    """True: the sentence encoder or the model was broken; documented rules and default weights made the lists."""
    model: str
    """Version of the model; empty where the default weights served."""


def silent(_message: str, _fraction: float) -> None:
    """A progress that nobody reads."""


async def match_all(services: Services, progress: Progress = silent, *, mend: bool = False) -> MatchReport:
    """Compute and replace all lists and cluster graphs with the model that serves; where none was ever fitted, fit it.

    Args:   mend: fit also where the kept model cannot serve: it is damaged, or of other features.
    Raises: GraphError, ClusterError; what was written before it is whole and stays, and the next run goes over all
            again.
    """
    graph = services.graph
    state, vectors = await prepare(services, Matcher(graph, services.encoder, services.clock), progress)
    serving = serving_models(services.settings) if was_fitted(services.settings) else None
    if serving is None or (mend and serving.problem is not None):
        progress("Training", 0.28)
        serving = await fit(services, state)
    version = new_version(state.read.snapshot.taken_at, basic=is_basic(state, serving))
    await note_serving(graph, serving, encoder_broken=state.basic, now=services.clock())
    ids = [each.id for each in state.read.snapshot.organisations]
    shown = fits = partners = done = 0
    workers = workers_of(services.settings, len(ids))
    progress(f"Matching {len(ids)} organisations", 0.3)
    async with aclosing(partner_rounds(state, serving, workers, ids, ORGANISATIONS_PER_WRITE)) as rounds:
        async for found in rounds:
            for start, stop in row_blocks(len(found), ORGANISATIONS_PER_WRITE):
                part = [*found][start:stop]
                lists = await compute_lists(state, serving, version, part, found)
                shown += await replace_lists(graph, lists)
                fits += sum(len(entry.fits) for entry in lists)
                partners += sum(len(entry.partners) for entry in lists)
                done += len(part)
                progress(f"Matching {len(ids)} organisations", 0.3 + 0.6 * done / len(ids))
    districts = 0
    members = await district_members(graph)
    for number, (district_id, organisation_ids) in enumerate(members.items()):
        progress(f"Drawing the clusters of {len(members)} districts", 0.9 + 0.1 * number / len(members))
        districts += await replace_district(graph, state, version, district_id, organisation_ids)
    progress("Done", 1.0)
    report = MatchReport(version, shown, fits, partners, districts, vectors, is_basic(state, serving), serving.version)
    log.info("match run", version=version, organisations=shown, fits=fits, partners=partners, districts=districts)
    return report


async def fit(services: Services, state: State, seed: int = 0, *, unless_held: bool = False) -> Serving:
    """Learn from what was read, keep the model and make it serve; in a thread, as the loop has to answer its queue.

    Args: unless_held: leave the serving one where a person chose it.
    """

    models = await asyncio.to_thread(fit_models, state.read.snapshot, state.profiles, seed)
    # A fit takes minutes: who opted out meanwhile is not stored.
    out = await opted_out_ids(services.graph, BULK_TIMEOUT_S)
    models = replace(models, partners=models.partners.without(frozenset(out)))
    return await asyncio.to_thread(keep_models, services.settings, models, unless_held=unless_held)


def is_basic(state: State, serving: Serving) -> bool:
    """Tell whether lists made from these are "basic matching": without meaning of texts, or without a sound model."""
    return state.basic or serving.problem is not None


async def prepare(services: Services, matcher: Matcher, progress: Progress = silent) -> tuple[State, int]:
    """Give every text its vector, read everything, and return the state and how many vectors were made."""
    progress("Reading the graph", 0.0)
    vectors = 0
    if await asyncio.to_thread(services.encoder.check):
        read = await read_snapshot(services.graph, services.clock())
        vectors += await encode_missing(
            services.graph, services.encoder, read.snapshot, lambda m, f: progress(m, f / 4)
        )
        vectors += await encode_for_search(services.graph, services.encoder)
    progress("Building profiles", 0.25)
    return await matcher.all(), vectors


async def compute_lists(
    state: State,
    serving: Serving,
    version: str,
    organisation_ids: Sequence[str],
    found: Mapping[str, list[Partner]] | None = None,
) -> list[Lists]:
    """Compute the lists of these organisations, in a thread: the loop must answer its queue meanwhile.

    Args: found: their partners, where these were computed before.
    """

    def compute() -> list[Lists]:
        models = serving.models
        fits = programme_fits(
            state.profiles,
            organisation_ids,
            scorer=models.fits,
            history=state.history,
            silent=state.read.private,
        )
        partners = found
        if partners is None:
            model = partner_model(state, serving)
            asked = partners_asked(state)
            partners = partner_suggestions(
                state.profiles, organisation_ids, asked, model.weights, model.both, model.prices
            )
        made = Made(version, "" if is_basic(state, serving) else serving.version)
        judged = judged_calls(state.read.snapshot, organisation_ids)
        return [lists_of(state.read, made, id_, fits[id_], partners[id_], judged[id_]) for id_ in organisation_ids]

    return await asyncio.to_thread(compute)


async def replace_district(
    graph: Graph, state: State, version: str, district_id: str, organisation_ids: Sequence[str]
) -> bool:
    """Compute and replace the cluster graph of one district; False when a newer one stays."""
    from madang_matching.clusters import district_clusters

    clusters = await asyncio.to_thread(district_clusters, state.profiles, organisation_ids, silent=state.read.private)
    return await replace_clusters(graph, cluster_row(district_id, version, state.read.snapshot.taken_at, clusters))


async def refresh_organisation(
    services: Services, matcher: Matcher, organisation_id: str, finish: Finish | None = None
) -> bool:
    """Compute and replace the lists of one organisation from what it says now.

    Args:    matcher: kept by the worker, so that only this organisation is read and encoded anew.
             finish: what else to write in the transaction that shows the lists; it is also done for one that is gone.
    Returns: False when the organisation is gone.
    """
    steps = Steps()
    state = await matcher.with_organisation(organisation_id)
    steps.done("profile_ms")
    if state is None:
        if finish is not None:
            await services.graph.transact(finish)
        return False
    made = state.profiles.new_vectors
    if made:
        await store_made(services.graph, made, state.profiles.source_texts)
    steps.done("vectors_ms")
    serving = await asyncio.to_thread(serving_models, services.settings)
    version = new_version(state.read.snapshot.taken_at, basic=is_basic(state, serving))
    lists = await compute_lists(state, serving, version, [organisation_id])
    steps.done("lists_ms")
    profiled = state.profiles.profiled[state.profiles.rows[organisation_id]]
    await replace_lists(services.graph, lists, finish if profiled else _forgetting(organisation_id, finish))
    steps.done("write_ms")
    await note_serving(services.graph, serving, encoder_broken=state.basic, now=services.clock())
    log.info("organisation matched", version=version, **steps.taken)
    return True


def _forgetting(organisation_id: str, finish: Finish | None) -> Finish:
    """What was computed goes in the transaction that shows the list made from rules alone."""

    async def forget(transaction: Transaction) -> None:
        await forget_profile(transaction, organisation_id)
        if finish is not None:
            await finish(transaction)

    return forget


class Steps:
    """Milliseconds of the steps of one piece of work."""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}
        self._at = time.perf_counter()

    def done(self, name: str) -> None:
        """Note that a step is over, and begin the next."""
        now = time.perf_counter()
        self.taken[name] = round((now - self._at) * 1000)
        self._at = now
