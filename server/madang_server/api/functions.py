"""What the read model computes outside the graph: the technologies a sentence names, who answers it, rules in words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from madang_graph.client import Graph
from madang_graph.errors import GraphError
from madang_graph.name_starts import name_query
from madang_graph.text import lucene
from madang_graph.writes.snapshots import technology_rows
from madang_matching.eligibility import describe_rules
from madang_matching.partners.fitting import PartnerModel
from madang_matching.text import TechnologySpotter, TextEncoder
from madang_server.api.conflicts import application_conflicts
from madang_server.api.de_minimis import de_minimis
from madang_server.api.eligibility import READS
from madang_server.api.overlaps import OverlapReports
from madang_server.api.partner_search import PartnerFinder
from madang_server.api.rule_sets import READS as RULE_READS
from madang_server.background import Stop
from madang_server.matches.snapshot import technology_of

_log = structlog.get_logger()
_FRESH_S = 300.0
_AGAIN_S = 2.0


class Sentences:
    """Understands what a person looks for. Knows nothing until `keep_fresh` has run once; until then a search by
    sentence finds nobody."""

    def __init__(self, encoder: TextEncoder, model: Callable[[], PartnerModel] = PartnerModel) -> None:
        """Store the encoder, and where the model that scores partners comes from."""
        self._encoder = encoder
        self._warm = False
        self._spotter = TechnologySpotter(())
        self.finder = PartnerFinder(encoder, model)

    async def keep_fresh(self, graph: Graph, stop: Stop) -> None:
        """Load the encoder, then what a search compares with every five minutes, beside the service until it stops."""
        pause_s = 0.0
        while not await stop.pause(pause_s):
            try:
                await self.refresh(graph)
                pause_s = _FRESH_S
            except GraphError:
                pause_s = _AGAIN_S

    async def refresh(self, graph: Graph) -> None:
        """Read the technologies and what a search compares with, and warm the encoder. Raises GraphError."""
        if not self._warm:
            await asyncio.to_thread(self._encoder.encode, ["마당"])
            self._warm = True
        technologies = [technology_of(row) for row in await technology_rows(graph)]
        self._spotter = TechnologySpotter(technologies)
        await self.finder.refresh(graph, technologies)

    def named(self, sentence: str) -> list[dict[str, Any]]:
        """Return each technology that the sentence names with its places, in the order of first mention."""
        found: dict[str, dict[str, Any]] = {}
        for technology_id, words, start, end in self._spotter.phrases(sentence):
            one = found.setdefault(technology_id, {"id": technology_id, "phrases": []})
            one["phrases"].append({"words": words, "start": start, "end": end})
        return list(found.values())


def rule_lines(value: Any, _arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the conditions of a call in words."""
    tree = json.loads(value) if value else {"all": []}
    return [
        {"kind": line.kind, "text_ko": line.required_ko, "text_en": line.required_en, "source_text": line.source_text}
        for line in describe_rules(tree)
    ]


def read_functions(sentences: Sentences) -> Mapping[str, Callable[..., Any]]:
    """Return what the compiler's declarations name."""
    reports = OverlapReports()
    return {
        "lucene": lucene,
        "name_query": name_query,
        "partner_search": sentences.finder.query,
        "named_technologies": sentences.named,
        "rule_lines": rule_lines,
        "overlaps": reports.overlaps,
        "overlap_firms": reports.firms,
        **READS,
        **RULE_READS,
        "de_minimis": de_minimis,
        "application_conflicts": application_conflicts,
    }
