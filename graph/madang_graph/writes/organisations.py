"""Organisations: found them, change their profile, lock them while something is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from madang_graph.client import Transaction
from madang_graph.ids import new_id
from madang_graph.name_starts import name_starts
from madang_graph.text import name_key, search_text
from madang_graph.writes.instants import instant


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation as a write finds it, locked until the transaction ends."""

    id: str
    version: int
    visibility: str
    district_ids: tuple[str, ...]
    """Districts it is a member of."""
    values: Mapping[str, object]
    """The stored properties that people may edit, by name; None where there is none."""
    industry_id: str | None
    gu_id: str | None
    technology_ids: tuple[str, ...]


EDITABLE = (
    "kind",
    "name_ko",
    "name_en",
    "summary_ko",
    "summary_en",
    "founded_on",
    "employees",
    "revenue_won",
    "stage",
    "trl",
    "homepage",
    "visibility",
    "certificates",
    "profiling",
)
"""Properties that a person may set as they are; names and summaries feed derived ones."""

# Setting the id to itself takes the write lock of the node and changes nothing. In its own statement, because a value
# read in the same statement may have been read before the lock.
_LOCK = """
MATCH (o:Organisation)
WHERE o.id IN $ids
WITH o ORDER BY o.id
SET o.id = o.id
"""


async def lock(transaction: Transaction, *organisation_ids: str) -> None:
    """Hold these organisations until the transaction ends, so that what is read next cannot change meanwhile."""
    await transaction.run(_LOCK, {"ids": sorted(set(organisation_ids))})


_FIND = """
MATCH (o:Organisation {id: $id})
RETURN o.id, coalesce(o.version, 0), coalesce(o.visibility, 'private'),
  COLLECT { MATCH (o)-[:MEMBER_OF]->(d:District) RETURN d.id },
  o {.kind, .name_ko, .name_en, .summary_ko, .summary_en, .founded_on, .employees, .revenue_won, .stage, .trl,
     .homepage, .visibility, .certificates, .profiling},
  head(COLLECT { MATCH (o)-[:IN_INDUSTRY]->(i:Industry) RETURN i.id }),
  head(COLLECT { MATCH (o)-[:LOCATED_IN]->(g:District) RETURN g.id }),
  COLLECT { MATCH (o)-[:USES]->(t:Technology) RETURN t.id ORDER BY t.id }
"""


async def find(transaction: Transaction, organisation_id: str) -> Profile | None:
    """Return the organisation as it is now, or None. Call `lock` first when something is decided on it."""
    rows = await transaction.run(_FIND, {"id": organisation_id})
    if not rows:
        return None
    found, version, visibility, districts, values, industry, gu, technologies = rows[0]
    return Profile(found, version, visibility, tuple(districts), values, industry, gu, tuple(technologies))


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation that registers itself. At least one of the names is given; the other is None, not empty."""

    kind: str
    name_ko: str | None
    name_en: str | None


_ADD = """
CREATE (:Organisation {
  id: $id, kind: $kind, name_ko: $name_ko, name_en: $name_en, name_key: $name_key, search_text: $search_text,
  name_starts: $name_starts,
  synthetic: false, country: 'KR', visibility: 'public', certificates: [], profiling: true, version: 1, updated_at: $now
})
"""


async def add(transaction: Transaction, organisation: NewOrganisation, now: datetime) -> str:
    """Found an organisation and return its id."""
    organisation_id = new_id("org_")
    await transaction.run(
        _ADD,
        {
            "id": organisation_id,
            "kind": organisation.kind,
            "name_ko": organisation.name_ko,
            "name_en": organisation.name_en,
            "name_key": name_key(organisation.name_ko, organisation.name_en),
            "search_text": search_text(organisation.name_ko, organisation.name_en),
            "name_starts": name_starts(organisation.name_ko, organisation.name_en),
            "now": instant(now),
        },
    )
    return organisation_id


_CHANGE = """
MATCH (o:Organisation {id: $id})
SET o += $values
SET o.version = coalesce(o.version, 0) + 1, o.updated_at = $now
RETURN o.name_ko, o.name_en, o.summary_ko, o.summary_en,
  COLLECT { MATCH (o)-[:USES]->(t:Technology) RETURN coalesce(t.name_ko, '') + ' ' + coalesce(t.name_en, '') }
"""

_DERIVE = """
MATCH (o:Organisation {id: $id})
SET o.name_key = $name_key, o.search_text = $search_text, o.name_starts = $name_starts
"""


async def change(transaction: Transaction, organisation_id: str, values: Mapping[str, object], now: datetime) -> None:
    """Set properties, count the version up, and derive sort key and search text anew. Set ties before this.

    Args:    values: names out of EDITABLE; None removes the property.
    """
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise ValueError(f"Not editable: {sorted(unknown)}")
    row = (await transaction.run(_CHANGE, {"id": organisation_id, "values": dict(values), "now": instant(now)}))[0]
    name_ko, name_en, summary_ko, summary_en, technologies = row
    await transaction.run(
        _DERIVE,
        {
            "id": organisation_id,
            "name_key": name_key(name_ko, name_en),
            "name_starts": name_starts(name_ko, name_en),
            "search_text": search_text(name_ko, name_en, summary_ko, summary_en, *technologies),
        },
    )


_SET_INDUSTRY = """
MATCH (o:Organisation {id: $id})
OPTIONAL MATCH (i:Industry {id: $industry_id})
SET o.industry_code = i.code
WITH o, i
OPTIONAL MATCH (o)-[old:IN_INDUSTRY]->(:Industry)
DELETE old
WITH DISTINCT o, i
WHERE i IS NOT NULL
MERGE (o)-[:IN_INDUSTRY]->(i)
"""


async def set_industry(transaction: Transaction, organisation_id: str, industry_id: str | None) -> None:
    """Tie the organisation to one industry, or to none. The industry is known to exist."""
    await transaction.run(_SET_INDUSTRY, {"id": organisation_id, "industry_id": industry_id})


_SET_TECHNOLOGIES = """
MATCH (o:Organisation {id: $id})
CALL (o) {
  OPTIONAL MATCH (o)-[old:USES]->(t:Technology)
  WHERE NOT t.id IN $technology_ids
  DELETE old
}
CALL (o) {
  MATCH (t:Technology)
  WHERE t.id IN $technology_ids
  MERGE (o)-[:USES]->(t)
}
"""


async def set_technologies(transaction: Transaction, organisation_id: str, technology_ids: Sequence[str]) -> None:
    """Make these the technologies it works with, and no others. They are known to exist."""
    await transaction.run(_SET_TECHNOLOGIES, {"id": organisation_id, "technology_ids": list(technology_ids)})
