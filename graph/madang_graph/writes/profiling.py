"""Opting out of profiling: what was computed about an organisation goes, at once and everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from madang_graph.client import Graph, Transaction

_OPTED_OUT: LiteralString = """
MATCH (o:Organisation)
WHERE o.profiling = false
RETURN o.id AS id
ORDER BY id
"""


async def opted_out_ids(graph: Graph, timeout_s: float) -> list[str]:
    """Return the ids of the organisations that opted out of profiling, in order."""
    return [row[0] for row in await graph.read(_OPTED_OUT, timeout_s=timeout_s)]


_FORGET_VECTORS: LiteralString = """
MATCH (o:Organisation {id: $id})
OPTIONAL MATCH (o)-[:SEEKS|OFFERS]->(t:Need|Offer)
WITH o, collect(t) AS texts
REMOVE o.text_vector, o.text_vector_key
FOREACH (t IN texts | REMOVE t.text_vector, t.text_vector_key)
"""

_FORGET_OLD_LISTS: LiteralString = """
MATCH (o:Organisation {id: $id})-[r:FITS|SUGGESTED]->()
WHERE r.version <> o.lists_version
DELETE r
"""

# What is being put in the place of a list is newer than the list, and its count is asked before it is shown.
_LEAVE_LISTS: LiteralString = """
MATCH (other:Organisation)-[r:SUGGESTED]->(o:Organisation {id: $id})
WHERE r.computed_at <= coalesce(other.lists_computed_at, r.computed_at)
DELETE r
"""

_FORGET_SCORES: LiteralString = """
MATCH (o:Organisation {id: $id})
OPTIONAL MATCH (o)-[:JUDGED]->(said:Judgement)
OPTIONAL MATCH (o)<-[:JUDGES]-(heard:Judgement)
WITH collect(DISTINCT said) + collect(DISTINCT heard) AS judgements
FOREACH (j IN judgements | REMOVE j.score, j.rank, j.contributions)
"""


async def forget_profile(transaction: Transaction, organisation_id: str) -> None:
    """Remove what was computed about an organisation that opted out, beside its list of now: its vectors and those of
    its needs and offers, its older lists, its places on the lists of others, and scores with their parts that were kept
    beside what was said of suggestions."""
    for statement in (_FORGET_VECTORS, _FORGET_OLD_LISTS, _LEAVE_LISTS, _FORGET_SCORES):
        await transaction.run(statement, {"id": organisation_id})
