"""What is told of an organisation's single undertaking: the aid of the others, and whether it is all known."""

from typing import LiteralString

_OPEN: LiteralString = (
    "EXISTS { ({o})-[:NAMES_AFFILIATE]->(asked:Organisation) WHERE NOT EXISTS { (asked)-[:NAMES_AFFILIATE]->({o}) } }"
)
"""Whether `{o}` has named one that has not named it back."""

_AID: LiteralString = (
    "COLLECT { MATCH (linked)-[:RECEIVED]->(aid:Award) WHERE aid.removed_at IS NULL "
    "AND (aid.regime = 'de_minimis' OR aid.de_minimis_eur IS NOT NULL) "
    "RETURN [aid.received_on, aid.de_minimis_eur] ORDER BY aid.received_on, aid.id }"
)
_FACTS: LiteralString = (
    "CASE WHEN NOT EXISTS { (linked)-[:RECEIVED]->(held:Award) WHERE held.removed_at IS NULL } "
    "THEN coalesce(linked.facts, '{}') END"
)

OTHERS: LiteralString = (
    "UNWIND coalesce({o}.affiliate_ids, []) AS linked_id MATCH (linked:Organisation {id: linked_id}) "
    "WITH linked ORDER BY linked.id"
)
"""Clauses that bind each other member `linked` of the single undertaking of `{o}`, by id."""

MEMBER: LiteralString = _OPEN.replace("{o}", "linked") + ", " + _FACTS + ", " + _AID
"""Of another member: it has named one that has not answered; its facts where no ledger is kept, which may say that
nothing was received; [[day, euros], …]."""

GROUP: LiteralString = (
    "[" + _OPEN + ", size(coalesce({o}.affiliate_ids, [])), COLLECT { " + OTHERS + " RETURN [" + MEMBER + "] }]"
)
"""Of `{o}`: [it has named one that has not answered, how many others there are, those others]."""
