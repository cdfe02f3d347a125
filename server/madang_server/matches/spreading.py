"""Who computes the partner lists of a whole run: this process, others on this machine, or a Dask cluster."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import ExitStack

from madang_matching.blocks import ALONE, Workers
from madang_matching.partners import partner_batches
from madang_matching.partners.fitting import PartnerModel
from madang_matching.records import Partner

from madang_server.matches.model import Serving
from madang_server.matches.rows import PARTNERS_SHOWN
from madang_server.matches.state import State
from madang_server.settings import Settings

SPREAD_ABOVE = 2_000
"""Organisations. To there one process looks at everybody and takes seconds, about as long as others take to start."""

ROUND = 2_048
"""Organisations whose lists are held at a time where several compute; their reasons take some hundred megabytes."""


def workers_of(settings: Settings, organisations: int) -> Workers:
    """Return the Dask cluster where one is set, every core for a large graph, else this process."""
    large = organisations > SPREAD_ABOVE
    return Workers.of_machine(settings.dask) if settings.dask or large else ALONE


def partners_asked(state: State) -> int:
    """Return how many partners to ask for: private organisations are taken out afterwards, so that there are more."""
    return PARTNERS_SHOWN + min(len(state.read.private), PARTNERS_SHOWN)


def partner_model(state: State, serving: Serving) -> PartnerModel:
    """Return the model that serves, without what it holds of those who have opted out of profiling since its fit."""
    return serving.models.partners.without(
        {each.id for each in state.read.snapshot.organisations if not each.profiling}
    )


async def partner_rounds(
    state: State, serving: Serving, workers: Workers, organisation_ids: Sequence[str], alone_at_once: int
) -> AsyncGenerator[dict[str, list[Partner]]]:
    """Yield the partner lists of all, some organisations at a time in the order given; close it to remove its files.

    Args:   alone_at_once: organisations in a round of one process, so that progress shows.
    Raises: ClusterError: the cluster does not answer, does not see the files, or lost workers again and again.
    """
    model = partner_model(state, serving)
    batches = partner_batches(
        state.profiles, partners_asked(state), model.weights, model.both, model.prices, workers=workers
    )
    size = ROUND if workers.several else alone_at_once
    with ExitStack() as stack:
        suggest = await asyncio.to_thread(stack.enter_context, batches)
        for start in range(0, len(organisation_ids), size):
            yield await asyncio.to_thread(suggest, organisation_ids[start : start + size])
