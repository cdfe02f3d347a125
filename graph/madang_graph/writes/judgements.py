"""Judgements: note what an organisation says of a suggestion, with the score as it was shown, and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, LiteralString

from madang_graph.ids import new_id
from madang_graph.writes.instants import instant

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row, Transaction

SAID = ("useful", "not_relevant")
ANSWERED = ("accepted", "refused")
CAME_OUT = ("worked", "failed")
_GROUPS = {verdict: group for group in (SAID, ANSWERED, CAME_OUT) for verdict in group}
_TIMEOUT_S = 50.0


@dataclass(frozen=True, slots=True)
class NewJudgement:
    """A word on a call or an organisation. Both ends are known to exist."""

    organisation_id: str
    subject_id: str
    verdict: str
    """One of `model.judgements.JUDGEMENT_VERDICTS`."""
    reason: str | None = None
    note: str | None = None
    person_id: str | None = None
    introduction_id: str | None = None


_JUDGE_CALL: LiteralString = """
MATCH (o:Organisation {id: $organisation_id})
MATCH (s:Call {id: $subject_id})
OPTIONAL MATCH (o)-[f:FITS]->(s)
WHERE o.lists_version IS NULL OR f.version = o.lists_version
WITH o, s, head(collect(f)) AS r
CREATE (o)-[:JUDGED]->(j:Judgement {
  id: $id, verdict: $verdict, reason: $reason, note: $note, said_at: $now, score: r.score, rank: r.rank,
  list_version: r.version, model_version: CASE WHEN r IS NOT NULL THEN o.lists_model END, contributions: r.reasons
})-[:JUDGES]->(s)
"""

_JUDGE_PARTNER: LiteralString = """
MATCH (o:Organisation {id: $organisation_id})
MATCH (s:Organisation {id: $subject_id})
OPTIONAL MATCH (o)-[f:SUGGESTED]->(s)
WHERE o.lists_version IS NULL OR f.version = o.lists_version
WITH o, s, head(collect(f)) AS r
CREATE (o)-[:JUDGED]->(j:Judgement {
  id: $id, verdict: $verdict, reason: $reason, note: $note, said_at: $now, score: r.score, rank: r.rank,
  list_version: r.version, model_version: CASE WHEN r IS NOT NULL THEN o.lists_model END, contributions: r.reasons
})-[:JUDGES]->(s)
"""

_SAID_BY: LiteralString = """
MATCH (j:Judgement {id: $id})
MATCH (p:Person {id: $person_id})
CREATE (j)-[:SAID_BY]->(p)
"""

_CAME_OF: LiteralString = """
MATCH (j:Judgement {id: $id})
MATCH (x:Introduction {id: $introduction_id})
CREATE (j)-[:CAME_OF]->(x)
"""


async def judge(transaction: Transaction, new: NewJudgement, now: datetime) -> str:
    """Note the judgement beside the earlier ones and return its id.

    Earlier words of the same organisation on the same subject that it replaces are ended: useful and not relevant
    replace each other, so do accepted and refused, worked and failed. Score, rank, versions and reasons are those of
    the list that the organisation sees now.
    """
    await end(transaction, new.organisation_id, new.subject_id, _GROUPS[new.verdict], now)
    judgement_id = new_id("jdg_")
    await transaction.run(
        _JUDGE_CALL if new.subject_id.startswith("call_") else _JUDGE_PARTNER,
        {
            "id": judgement_id,
            "organisation_id": new.organisation_id,
            "subject_id": new.subject_id,
            "verdict": new.verdict,
            "reason": new.reason,
            "note": new.note,
            "now": instant(now),
        },
    )
    if new.person_id:
        await transaction.run(_SAID_BY, {"id": judgement_id, "person_id": new.person_id})
    if new.introduction_id:
        await transaction.run(_CAME_OF, {"id": judgement_id, "introduction_id": new.introduction_id})
    return judgement_id


_END: LiteralString = """
MATCH (:Organisation {id: $organisation_id})-[:JUDGED]->(j)-[:JUDGES]->(s)
WHERE s.id = $subject_id AND j.ended_at IS NULL AND j.verdict IN $verdicts
SET j.ended_at = $now
RETURN count(j)
"""


async def end(
    transaction: Transaction, organisation_id: str, subject_id: str, verdicts: Sequence[str], now: datetime
) -> int:
    """End the organisation's words of these kinds on the subject; return how many held."""
    rows = await transaction.run(
        _END,
        {
            "organisation_id": organisation_id,
            "subject_id": subject_id,
            "verdicts": list(verdicts),
            "now": instant(now),
        },
    )
    return rows[0][0]


_HELD: LiteralString = """
MATCH (j:Judgement)
WHERE j.said_at > '' AND j.ended_at IS NULL
MATCH (o:Organisation)-[:JUDGED]->(j)-[:JUDGES]->(s)
RETURN o.id, s.id, j.verdict, j.reason, j.said_at
ORDER BY j.said_at, j.id
"""


async def judgement_rows(graph: Graph) -> list[Row]:
    """Return [organisation id, id of the call or organisation judged, verdict, reason or None, said_at] of each
    judgement that holds, oldest first."""
    return await graph.read(_HELD, timeout_s=_TIMEOUT_S)
