"""What the read model computes outside the graph: the vector of a sentence, the technologies it names, and reasons."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, LiteralString

import structlog
from madang_graph.client import Graph
from madang_graph.errors import GraphError
from madang_graph.name_starts import name_query
from madang_graph.subjects.suggestions import with_points
from madang_graph.text import lucene
from madang_matching.eligibility import describe_rules
from madang_matching.partners import search as partner_search
from madang_matching.records import Technology
from madang_matching.text import Spotted, TechnologySpotter, TextEncoder
from madang_server.api.de_minimis import de_minimis
from madang_server.api.eligibility import READS
from madang_server.background import Stop

_log = structlog.get_logger()
_FRESH_S = 300.0
_AGAIN_S = 2.0

_TECHNOLOGIES: LiteralString = """
MATCH (t:Technology)
RETURN t.id, coalesce(t.name_ko, ''), coalesce(t.name_en, ''), coalesce(t.keywords, [])
ORDER BY t.id
"""


class Sentences:
    """Understands what a person looks for. Knows nothing until `keep_fresh` has run once; until then a search by
    sentence finds by technology words only."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._warm = False
        self._spotter = TechnologySpotter(())

    async def keep_fresh(self, graph: Graph, stop: Stop) -> None:
        """Load the encoder, then the technologies again every five minutes, beside the service until it stops."""
        pause_s = 0.0
        while not await stop.pause(pause_s):
            try:
                await self.refresh(graph)
                pause_s = _FRESH_S
            except GraphError:
                pause_s = _AGAIN_S

    async def refresh(self, graph: Graph) -> None:
        """Read the technologies and warm the encoder. Raises GraphError."""
        if not self._warm:
            await asyncio.to_thread(self._encoder.encode, ["마당"])
            self._warm = True
        rows = await graph.read(_TECHNOLOGIES)
        self._spotter = TechnologySpotter(Technology(i, ko, en, None, tuple(words)) for i, ko, en, words in rows)

    def asked(self, sentence: str) -> dict[str, Any]:
        """Return the sentence as the statement takes it: its vector, null when there is none, the technologies that it
        names with its own words, and the weights of the score."""
        vector = self._encoder.encode([sentence])[0] if self._warm else None
        spotted = self._spotter.spot(sentence)
        return {
            "vector": None if vector is None or not vector.any() else vector.tolist(),
            "technologies": [found.technology_id for found in spotted],
            "words": [found.words for found in spotted],
            "low": partner_search.LOW,
            "high": partner_search.HIGH,
            "least": partner_search.LEAST,
            "intercept": partner_search.INTERCEPT,
            "likeness_weight": partner_search.LIKENESS_WEIGHT,
            "technology_weight": partner_search.TECHNOLOGY_WEIGHT,
        }

    def named(self, sentence: str) -> list[dict[str, Any]]:
        """Return each technology that the sentence names with its places, in the order of first mention."""
        found: dict[str, dict[str, Any]] = {}
        for technology_id, words, start, end in self._spotter.phrases(sentence):
            one = found.setdefault(technology_id, {"id": technology_id, "phrases": []})
            one["phrases"].append({"words": words, "start": start, "end": end})
        return list(found.values())


def partner_search_reasons(hit: list[Any], _arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """Return why an organisation was found: from the offer nearest to the sentence and the technologies it has."""
    offer, likeness, held, named, words = hit
    spotted = [Spotted(*found) for found in zip(named, words, strict=True)]
    score, reasons = partner_search.explain_search_hit(spotted, offer or "", likeness, held)
    plain = [{"kind": r.kind, "weight": r.weight, "ko": r.ko, "en": r.en, "fact": r.fact} for r in reasons]
    return with_points(plain, score)


def rule_lines(value: Any, _arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the conditions of a call in words."""
    tree = json.loads(value) if value else {"all": []}
    return [
        {"kind": line.kind, "text_ko": line.required_ko, "text_en": line.required_en, "source_text": line.source_text}
        for line in describe_rules(tree)
    ]


def read_functions(sentences: Sentences) -> Mapping[str, Callable[..., Any]]:
    """Return what the compiler's declarations name."""
    return {
        "lucene": lucene,
        "name_query": name_query,
        "asked_sentence": sentences.asked,
        "named_technologies": sentences.named,
        "partner_search_reasons": partner_search_reasons,
        "rule_lines": rule_lines,
        **READS,
        "de_minimis": de_minimis,
    }
