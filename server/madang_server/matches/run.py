"""Match runs: everything, or one organisation after an edit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from madang_graph.client import Graph
from madang_graph.writes.clusters import replace_clusters
from madang_graph.writes.lists import Finish, Lists, replace_lists
from madang_graph.writes.snapshots import district_members
from madang_graph.writes.vectors import forget_vectors
from madang_matching.fits import programme_fits
from madang_matching.partners import partner_suggestions
from madang_matching.scoring import Weights

from madang_server.matches.model import fit_model, kept_model
from madang_server.matches.rows import PARTNERS_SHOWN, cluster_row, lists_of, new_version
from madang_server.matches.snapshot import read_snapshot
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
    """True: the sentence encoder was broken, so likeness of meaning has no part in the lists."""


def silent(_message: str, _fraction: float) -> None:
    """A progress that nobody reads."""


async def match_all(services: Services, progress: Progress = silent) -> MatchReport:
    """Compute and replace all lists and cluster graphs.

    Raises: GraphError; what was written before it is whole and stays, and the next run goes over all again.
    """
    graph = services.graph
    state, vectors = await prepare(services, Matcher(graph, services.encoder, services.clock), progress)
    weights = await asyncio.to_thread(fit_model, services.settings, state.profiles)
    version = new_version(state.read.snapshot.taken_at, basic=state.basic)
    ids = [each.id for each in state.read.snapshot.organisations]
    shown = fits = partners = 0
    for start in range(0, len(ids), ORGANISATIONS_PER_WRITE):
        progress(f"Matching {len(ids)} organisations", 0.3 + 0.6 * start / len(ids))
        lists = await compute_lists(state, weights, version, ids[start : start + ORGANISATIONS_PER_WRITE])
        shown += await replace_lists(graph, lists)
        fits += sum(len(entry.fits) for entry in lists)
        partners += sum(len(entry.partners) for entry in lists)
    districts = 0
    members = await district_members(graph)
    for number, (district_id, organisation_ids) in enumerate(members.items()):
        progress(f"Drawing the clusters of {len(members)} districts", 0.9 + 0.1 * number / len(members))
        districts += await replace_district(graph, state, version, district_id, organisation_ids)
    progress("Done", 1.0)
    report = MatchReport(version, shown, fits, partners, districts, vectors, state.basic)
    log.info("match run", version=version, organisations=shown, fits=fits, partners=partners, districts=districts)
    return report


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


async def compute_lists(state: State, weights: Weights, version: str, organisation_ids: Sequence[str]) -> list[Lists]:
    """Compute the lists of these organisations, in a thread: the loop must answer its queue meanwhile."""

    def compute() -> list[Lists]:
        fits = programme_fits(state.profiles, organisation_ids)
        # Private organisations are taken out afterwards, so that many are asked for.
        limit = PARTNERS_SHOWN + min(len(state.read.private), PARTNERS_SHOWN)
        partners = partner_suggestions(state.profiles, organisation_ids, limit, weights)
        return [lists_of(state.read, version, id_, fits[id_], partners[id_]) for id_ in organisation_ids]

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
    state = await matcher.with_organisation(organisation_id)
    if state is None:
        if finish is not None:
            await services.graph.transact(finish)
        return False
    made = state.profiles.new_vectors
    if made:
        await store_made(services.graph, made, state.profiles.source_texts)
    if not state.profiles.profiled[state.profiles.rows[organisation_id]]:
        await forget_vectors(services.graph, organisation_id)
    version = new_version(state.read.snapshot.taken_at, basic=state.basic)
    weights = kept_model(services.settings)
    await replace_lists(services.graph, await compute_lists(state, weights, version, [organisation_id]), finish)
    return True
