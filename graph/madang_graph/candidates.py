"""Who comes into question for a sentence: organisations whose offers are near it or about a technology it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, LiteralString

from madang_graph.client import READ_TIMEOUT_S
from madang_graph.schema import VECTOR_DIMENSIONS

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row

_NOWHERE = [1.0] + [0.0] * (VECTOR_DIMENSIONS - 1)
"""Stands for a missing vector and is not read: the server plans null, and an empty list, apart from a list."""

_COLUMNS: LiteralString = """o.id, o.kind,
  o.name_ko, o.name_en, o.summary_ko, o.summary_en, o.founded_on, o.employees, o.industry_code, o.stage,
  o.location.longitude, o.location.latitude, o.profiling, o.country,
  COLLECT { MATCH (o)-[:LOCATED_IN]->(d:District) WHERE d.code <> '' RETURN d.code ORDER BY d.code },
  COLLECT { MATCH (o)-[:USES]->(t:Technology) RETURN t.id ORDER BY t.id },
  COLLECT {
    MATCH (o)-[:OFFERS]->(f:Offer)
    WITH f ORDER BY f.id LIMIT 50
    RETURN [f.id, f.text, f.text_vector, f.text_vector_key,
      COLLECT { MATCH (f)-[:ABOUT]->(t:Technology) RETURN t.id ORDER BY t.id }]
  },
  CASE WHEN $whole THEN o.text_vector END, CASE WHEN $whole THEN o.text_vector_key END,
  CASE WHEN $whole THEN COLLECT {
    MATCH (o)-[:SEEKS]->(n:Need) WHERE coalesce(n.state, 'open') = 'open' AND n.text_vector IS NOT NULL
    WITH n ORDER BY n.id LIMIT 50
    RETURN [n.id, n.text, n.text_vector, n.text_vector_key,
      COLLECT { MATCH (n)-[:ABOUT]->(t:Technology) RETURN t.id ORDER BY t.id }]
  } ELSE [] END
"""

_NEAR: LiteralString = (
    """
CALL () {
  UNWIND CASE WHEN $known THEN [$vector] ELSE [] END AS asked
  CALL db.index.vector.queryNodes('offer_text', 200, asked) YIELD node AS offer
  RETURN offer
  UNION
  UNWIND $technologies AS wanted
  MATCH (offer:Offer)-[:ABOUT]->(:Technology {id: wanted})
  WITH DISTINCT offer, CASE WHEN $known THEN coalesce(vector.similarity.cosine(offer.text_vector, $vector), 0.0)
    ELSE 0.0 END AS likeness
  ORDER BY likeness DESC, offer.id LIMIT 200
  RETURN offer
}
MATCH (o:Organisation)-[:OFFERS]->(offer)
WITH DISTINCT o
WHERE coalesce(o.profiling, true)
RETURN """
    + _COLUMNS
)


async def candidate_rows(
    graph: Graph,
    vector: Sequence[float] | None,
    technologies: Sequence[str],
    *,
    whole: bool,
    timeout_s: float = READ_TIMEOUT_S,
) -> list[Row]:
    """Return the organisations that may answer a sentence: at most 200 offers by meaning, and 200 by technology.

    Nobody's right to see is asked here: the caller shows none of it but through a statement that does. Those who opted
    out of profiling are left out.

    Args:
        vector: of the sentence; None: only technologies count.
        whole: also with needs and the vector of the summary, for a seeker that is known.

    Returns: [id, kind, name_ko, name_en, summary_ko, summary_en, founded_on, employees, industry_code, stage,
             longitude, latitude, profiling, country, district codes, technology ids, offers, vector, vector key,
             needs]; offers and needs are [id, text, vector, vector key, technology ids].
    """
    given = {
        "known": vector is not None,
        "vector": _NOWHERE if vector is None else list(vector),
        "technologies": list(technologies) or [""],
        "whole": whole,
    }
    return await graph.read(_NEAR, given, timeout_s=timeout_s)


_ASKING: LiteralString = (
    """
MATCH (o:Organisation {id: $id})
RETURN """
    + _COLUMNS
)


async def asking_row(graph: Graph, organisation_id: str, timeout_s: float = READ_TIMEOUT_S) -> Row | None:
    """Return the row of who asks, as `candidate_rows` does; None when there is none."""
    rows = await graph.read(_ASKING, {"id": organisation_id, "whole": True}, timeout_s=timeout_s)
    return rows[0] if rows else None


_SAMPLE: LiteralString = (
    """
MATCH (o:Organisation)
WHERE EXISTS { (o)-[:OFFERS]->(:Offer) } OR EXISTS { (o)-[:SEEKS]->(:Need) }
WITH o ORDER BY o.id
WITH collect(o) AS found
WITH found, toInteger(ceil(size(found) * 1.0 / $most)) AS step
UNWIND CASE WHEN step = 0 THEN [] ELSE range(0, size(found) - 1, step) END AS place
WITH found[place] AS o
RETURN """
    + _COLUMNS
)


async def sample_rows(graph: Graph, most: int, timeout_s: float) -> list[Row]:
    """Return at most so many of the organisations that offer or seek something, spread evenly over their ids, as
    `candidate_rows` does."""
    return await graph.read(_SAMPLE, {"most": most, "whole": True}, timeout_s=timeout_s)
