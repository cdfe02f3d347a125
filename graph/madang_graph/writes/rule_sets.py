"""Rule sets: one call's versions of its conditions, and which of them is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Editor:
    """Someone who may edit for an owner of the call's programme."""

    id: str
    name: str
    organisation_ids: frozenset[str]
    """The owners for which this one may."""


@dataclass(frozen=True, slots=True)
class OwnedCall:
    """A call with its rules in force, and who runs its programme. Of a planned one: the rules it was begun with."""

    id: str
    planned: bool
    """True: it is not published yet, and nobody but its owner may learn that it is there."""
    owner_ids: frozenset[str]
    rules: str | None
    documents: tuple[str, ...]
    archived: bool
    version: int
    """Of its facts."""
    facts: Mapping[str, Any]
    """Those of `model.programmes.FACTS`; None where nothing is said."""
    editors: tuple[Editor, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version as it stands."""

    id: str
    number: int
    state: str
    version: int
    rules: str
    documents: tuple[str, ...]
    sent_by: str | None = None
    """Id of who sent it for review, as it stands."""


# The lock is a statement of its own: what is read after it was committed before.
_LOCK: LiteralString = """
MATCH (c:Call|PlannedCall {id: $id})
SET c.id = c.id
"""

_CALL: LiteralString = """
MATCH (c:Call|PlannedCall {id: $id})
RETURN c.id, c:PlannedCall,
  COLLECT { MATCH (o:Organisation)-[:RUNS]->(:Programme)-[:HAS_CALL|PLANS]->(c) RETURN o.id },
  c.rules, coalesce(c.documents, []), c.archived_at IS NOT NULL, coalesce(c.version, 0),
  c {.name_ko, .name_en, .summary_ko, .summary_en, .purposes, .noticed_on, .opens_at, .closes_at, .contract_on,
     .rolling, .until_funds, .amount_max_won, .own_share, .amount_note, .url},
  COLLECT {
    MATCH (who:Person)-[r:ACTS_FOR]->(o:Organisation)-[:RUNS]->(:Programme)-[:HAS_CALL|PLANS]->(c)
    WHERE r.role <> 'reader'
    WITH who, collect(DISTINCT o.id) AS owners ORDER BY who.name, who.id
    RETURN [who.id, coalesce(who.name, ''), owners]
  }
"""


async def find_call(transaction: Transaction, call_id: str) -> OwnedCall | None:
    """Return the call, held until the transaction ends, or None."""
    await transaction.run(_LOCK, {"id": call_id})
    rows = await transaction.run(_CALL, {"id": call_id})
    if not rows:
        return None
    id_, planned, owners, rules, documents, archived, version, facts, editors = rows[0]
    who = tuple(Editor(person_id, name, frozenset(of)) for person_id, name, of in editors)
    return OwnedCall(id_, planned, frozenset(owners), rules, tuple(documents), archived, version, facts, who)


_SETS: LiteralString = """
MATCH (:Call|PlannedCall {id: $id})-[:HAS_RULE_SET]->(s:RuleSet)
RETURN s.id, s.number, s.state, s.version, s.rules, coalesce(s.documents, []),
  head(COLLECT { MATCH (s)-[:SENT_BY]->(sender:Person) RETURN sender.id })
ORDER BY s.number
"""


async def sets_of(transaction: Transaction, call_id: str) -> list[RuleSet]:
    """Return the versions of a call, the oldest first."""
    rows = await transaction.run(_SETS, {"id": call_id})
    return [RuleSet(row[0], row[1], row[2], row[3], row[4], tuple(row[5]), row[6]) for row in rows]


_ADD: LiteralString = """
MATCH (c:Call|PlannedCall {id: $call_id})
CREATE (c)-[:HAS_RULE_SET]->(:RuleSet {
  id: $id, number: $number, state: $state, rules: $rules, documents: $documents, version: 1, saved_at: $now
})
"""


async def add(transaction: Transaction, call_id: str, new: RuleSet, now: datetime) -> RuleSet:
    """Add a version and return it with its id."""
    id_ = new_id("rls_")
    await transaction.run(
        _ADD,
        {
            "call_id": call_id,
            "id": id_,
            "number": new.number,
            "state": new.state,
            "rules": new.rules,
            "documents": list(new.documents),
            "now": instant(now),
        },
    )
    return RuleSet(id_, new.number, new.state, 1, new.rules, new.documents)


_SAVE: LiteralString = """
MATCH (s:RuleSet {id: $id})
SET s.rules = $rules, s.documents = $documents, s.state = $state, s.version = s.version + 1, s.saved_at = $now
WITH s
OPTIONAL MATCH (s)-[sent:SENT_BY]->(:Person)
DELETE sent
"""


async def save(
    transaction: Transaction, set_id: str, rules: str, documents: Sequence[str], state: str, now: datetime
) -> None:
    """Replace what a version says. Who sent it for review, sent another one."""
    given = {"id": set_id, "rules": rules, "documents": list(documents), "state": state, "now": instant(now)}
    await transaction.run(_SAVE, given)


_SEND: LiteralString = """
MATCH (s:RuleSet {id: $id})
MATCH (p:Person {id: $person_id})
MERGE (s)-[:SENT_BY]->(p)
"""


async def note_sender(transaction: Transaction, set_id: str, person_id: str) -> None:
    """Note who sent the version for review."""
    await transaction.run(_SEND, {"id": set_id, "person_id": person_id})


_PUBLISH: LiteralString = """
MATCH (c:Call {id: $call_id})-[:HAS_RULE_SET]->(s:RuleSet {id: $id})
SET s.state = 'published', s.version = s.version + 1, s.published_at = $now,
  c.rules = s.rules, c.documents = s.documents, c.updated_at = $now,
  c.kept_fields = [kept IN coalesce(c.kept_fields, []) WHERE kept <> 'rules'] + 'rules'
WITH c, s
MATCH (c)-[:HAS_RULE_SET]->(old:RuleSet)
WHERE old.state = 'published' AND old.id <> s.id
SET old.state = 'archived', old.version = old.version + 1
"""


async def publish(transaction: Transaction, call_id: str, set_id: str, now: datetime) -> None:
    """Put a version into force; the one that was is archived. From now on imports leave the rules of the call alone."""
    await transaction.run(_PUBLISH, {"call_id": call_id, "id": set_id, "now": instant(now)})


_ARCHIVE_CALL: LiteralString = """
MATCH (c:Call|PlannedCall {id: $id})
SET c.archived_at = $archived_at, c.updated_at = $now
"""


async def archive_call(transaction: Transaction, call_id: str, archived: bool, now: datetime) -> None:
    """Take a call off, or put it back."""
    at = instant(now)
    await transaction.run(_ARCHIVE_CALL, {"id": call_id, "archived_at": at if archived else None, "now": at})


_FORGET_PREVIEW: LiteralString = """
MATCH (s:RuleSet {id: $id})
OPTIONAL MATCH (s)-[r:PASSES|GAINS|LOSES]->(:Organisation)
DELETE r
"""

_NOTE_PREVIEW: LiteralString = """
MATCH (s:RuleSet {id: $id})
SET s.preview = $preview, s.preview_by = $person_id
WITH s
CALL (s) {
  UNWIND $passing AS id MATCH (o:Organisation {id: id}) MERGE (s)-[:PASSES]->(o)
}
CALL (s) {
  UNWIND $gaining AS id MATCH (o:Organisation {id: id}) MERGE (s)-[:GAINS]->(o)
}
CALL (s) {
  UNWIND $losing AS id MATCH (o:Organisation {id: id}) MERGE (s)-[:LOSES]->(o)
}
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """Who passes: counts as JSON text, and the firms to be named."""

    person_id: str
    counts: str
    passing: Sequence[str]
    gaining: Sequence[str]
    losing: Sequence[str]


async def note_preview(transaction: Transaction, set_id: str, preview: Preview) -> None:
    """Keep a preview in place of the one before."""
    await transaction.run(_FORGET_PREVIEW, {"id": set_id})
    await transaction.run(
        _NOTE_PREVIEW,
        {
            "id": set_id,
            "preview": preview.counts,
            "person_id": preview.person_id,
            "passing": list(preview.passing),
            "gaining": list(preview.gaining),
            "losing": list(preview.losing),
        },
    )
