"""The note in the graph of which model serves: what pages and the API tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from madang_graph.client import Graph
from madang_graph.writes.instants import instant
from madang_graph.writes.models import note_model, noted_model

from madang_server.matches.model import Serving
from madang_server.matches.model_card import card_of
from madang_server.matches.model_evidence import evidence
from madang_server.matches.model_words import FIGURES, Words


async def note_serving(graph: Graph, serving: Serving, *, encoder_broken: bool, now: datetime) -> bool:
    """Note the model that serves, unless the note says so already; return whether it was written."""
    reason = "model" if serving.problem is not None else "encoder" if encoder_broken else None
    if await noted_model(graph) == (serving.version, reason):
        return False
    await note_model(graph, _properties(serving, reason, now))
    return True


def _properties(serving: Serving, reason: str | None, now: datetime) -> dict[str, Any]:
    models = serving.models
    return {
        "version": serving.version,
        "data_date": models.data_date if serving.version else None,
        "since": instant(now),
        "basic": reason is not None,
        "basic_reason": reason,
        "seed": models.seed,
        "organisations": models.learnt.organisations,
        "projects": models.learnt.projects,
        "judgements": models.learnt.judgements,
        "partner_pairs": models.partners.weights.cases,
        "programme_pairs": models.fits.cases,
        "features": orjson.dumps(list(_features(serving))).decode(),
        "metrics": orjson.dumps(list(_metrics(serving))).decode(),
        "card": card_of(models) if serving.version else None,
    }


def _features(serving: Serving) -> Iterator[dict[str, Any]]:
    for subject, scorer in (("partners", serving.models.partners.weights), ("programmes", serving.models.fits)):
        for each in evidence(scorer):
            yield {"subject": subject, "name": each.name, "weight": round(each.weight, 3), **_words(each.words)}


def _metrics(serving: Serving) -> Iterator[dict[str, Any]]:
    for metric in serving.models.metrics:
        numbers = {"value": metric.value, "low": metric.low, "high": metric.high, "cases": metric.cases}
        yield {"subject": metric.subject, "name": metric.name, **numbers, **_words(FIGURES[metric.name])}


def _words(words: Words) -> dict[str, str]:
    return words._asdict()
