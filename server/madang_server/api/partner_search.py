"""The search for partners by a sentence: what the graph finds near it, scored by the model that makes the lists."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from madang_graph.candidates import asking_row, candidate_rows, sample_rows
from madang_graph.client import Graph, Row
from madang_graph.viewer import Viewer
from madang_matching.partners import Asked, PartnerSearch
from madang_matching.partners.fitting import PartnerModel
from madang_matching.profiles import Yardstick, build_profiles
from madang_matching.profiles.vectors import organisation_text
from madang_matching.records import Organisation, Partner, Snapshot, Technology
from madang_matching.text import TechnologySpotter, TextEncoder
from madang_server.api.later import Later
from madang_server.matches.snapshot import current_vector, text_of

SAMPLE = 1_000
"""Organisations from which is learnt what texts have in common and how rare a technology is."""

SAMPLE_TIMEOUT_S = 50.0


class PartnerFinder:
    """Finds partners for sentences. Knows nobody until `refresh` has run once."""

    def __init__(self, encoder: TextEncoder, model: Callable[[], PartnerModel] = PartnerModel) -> None:
        """Store the encoder, which has to be loaded already when a search comes, and where the model comes from."""
        self._encoder = encoder
        self._model = model
        self._spotter = TechnologySpotter(())
        self._search: PartnerSearch | None = None

    async def refresh(self, graph: Graph, technologies: Sequence[Technology]) -> None:
        """Take a new sample and the model that serves now, and let the statements of a search be planned. Raises
        GraphError."""
        await candidate_rows(graph, None, (), whole=True, timeout_s=SAMPLE_TIMEOUT_S)
        await asking_row(graph, "", SAMPLE_TIMEOUT_S)
        rows = await sample_rows(graph, SAMPLE, SAMPLE_TIMEOUT_S)
        self._search = await asyncio.to_thread(self._made, rows, tuple(technologies))

    def _made(self, rows: Sequence[Row], technologies: tuple[Technology, ...]) -> PartnerSearch:
        organisations = tuple(_organisation(row) for row in rows)
        snapshot = Snapshot(organisations, (), (), technologies, frozenset(), datetime.now(UTC))
        yardstick = Yardstick.of(build_profiles(snapshot, self._encoder))
        model = self._model()
        self._spotter = TechnologySpotter(technologies)
        return PartnerSearch(technologies, yardstick, model.weights, model.both)

    def query(self, arguments: dict[str, Any]) -> PartnerQuery:
        """Return what is looked for, from the arguments of the field."""
        without = frozenset(arguments["without"] or ())
        return PartnerQuery(arguments["text"], without, arguments["organisation"], self)

    async def found(self, query: PartnerQuery, graph: Graph, viewer: Viewer) -> list[dict[str, Any]]:
        """Return id, score and reasons as JSON text of everybody found; who may be seen is not asked here."""
        search = self._search
        if search is None or not query.text.strip():
            return []
        asking = query.organisation if query.organisation in viewer.organisation_ids else None
        vector = self._encoder.encode([query.text])[0]
        spotted = [each.technology_id for each in self._spotter.spot(query.text)]
        technologies = tuple(each for each in spotted if each not in query.without)
        given = vector.tolist() if vector.any() else None
        rows = await candidate_rows(graph, given, technologies, whole=asking is not None)
        own = await asking_row(graph, asking) if asking is not None else None

        def scored() -> list[Partner]:
            asker = None if own is None else _organisation(own)
            return search.partners(Asked(query.text, vector, technologies, asker), [_organisation(row) for row in rows])

        partners = await asyncio.to_thread(scored)
        return [{"id": each.organisation_id, "score": each.score, "reasons": _text(each)} for each in partners]


@dataclass(frozen=True, slots=True)
class PartnerQuery(Later):
    """One search."""

    text: str
    without: frozenset[str]
    """Technologies that the text names and does not mean."""
    organisation: str | None
    """Who asks; counts only where the viewer acts for it."""
    finder: PartnerFinder = field(repr=False)

    async def value(self, graph: Graph, viewer: Viewer, now: str) -> list[dict[str, Any]]:
        return await self.finder.found(self, graph, viewer)


def _organisation(row: Row) -> Organisation:
    longitude, latitude = row[10], row[11]
    record = Organisation(
        id=row[0],
        kind=row[1],
        name_ko=row[2] or "",
        name_en=row[3] or "",
        summary_ko=row[4] or "",
        summary_en=row[5] or "",
        founded_on=row[6],
        employees=row[7],
        industry_code=row[8],
        stage=row[9],
        location=None if longitude is None or latitude is None else (longitude, latitude),
        profiling=row[12] is not False,
        country=row[13] or "",
        region_codes=tuple(row[14]),
        technologies=tuple(row[15]),
        offers=tuple(text_of(entry) for entry in row[16]),
        needs=tuple(text_of(entry) for entry in row[19]),
    )
    return replace(record, vector=current_vector(row[17], row[18], organisation_text(record)))


def _text(partner: Partner) -> str:
    return orjson.dumps(
        [{"kind": r.kind, "weight": r.weight, "ko": r.ko, "en": r.en, "fact": r.fact} for r in partner.reasons]
    ).decode()
