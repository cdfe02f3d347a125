"""Bulk reads for the matching: few statements, rows as positional lists, for jobs and never for pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, LiteralString

from madang_graph.affiliates import GROUP
from madang_graph.writes.instants import instant

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row

BULK_TIMEOUT_S = 50.0
"""Jobs read whole tables; a page's two seconds would cut them off."""
ORGANISATIONS_PER_READ = 2_000
"""Rows with several vectors each: more would hold hundreds of megabytes in the driver at once."""

# Members of a district, and whoever has people here. Imports for the landscape of a field add tens of thousands of
# organisations elsewhere, which nobody here asked about.
_MATCHED: LiteralString = """
MATCH (o:Organisation)
WHERE EXISTS { (o)-[:MEMBER_OF]->(:District) } OR EXISTS { (:Person)-[:ACTS_FOR]->(o) }
RETURN o.id AS id
ORDER BY id
"""


async def matched_ids(graph: Graph) -> list[str]:
    """Return the ids of the organisations that take part in matching, in order: members of some district, and those
    that some person acts for."""
    return [row[0] for row in await graph.read(_MATCHED, timeout_s=BULK_TIMEOUT_S)]


_ORGANISATIONS: LiteralString = """
UNWIND $ids AS id
MATCH (o:Organisation {id: id})
RETURN o.id, o.kind, o.name_ko, o.name_en, o.summary_ko, o.summary_en, o.founded_on, o.employees, o.revenue_won,
  o.industry_code, o.stage, o.trl, o.maturity, o.location.longitude, o.location.latitude, o.certificates, o.profiling,
  o.visibility, o.text_vector, o.text_vector_key,
  COLLECT { MATCH (o)-[:LOCATED_IN]->(d:District) WHERE d.code <> '' RETURN d.code ORDER BY d.code },
  COLLECT { MATCH (o)-[:USES]->(t:Technology) RETURN t.id ORDER BY t.id },
  COLLECT {
    MATCH (o)-[:SEEKS]->(n:Need) WHERE coalesce(n.state, 'open') = 'open'
    RETURN [n.id, n.text, n.text_vector, n.text_vector_key,
      COLLECT { MATCH (n)-[:ABOUT]->(t:Technology) RETURN t.id ORDER BY t.id }]
    ORDER BY n.id
  },
  COLLECT {
    MATCH (o)-[:OFFERS]->(f:Offer)
    RETURN [f.id, f.text, f.text_vector, f.text_vector_key,
      COLLECT { MATCH (f)-[:ABOUT]->(t:Technology) RETURN t.id ORDER BY t.id }]
    ORDER BY f.id
  },
  COLLECT {
    MATCH (o)-[s:STATED_BY]->(x:Source)
    RETURN [s.fields,
      CASE WHEN x.synthetic THEN 'demo' WHEN x.key = 'self' THEN x.key ELSE coalesce(x.title_ko, x.title_en, x.key) END,
      coalesce(s.as_of, x.as_of)]
    ORDER BY coalesce(s.as_of, x.as_of)
  },
  o.country, o.facts,
  COLLECT {
    MATCH (o)-[:RECEIVED]->(a:Award) WHERE a.removed_at IS NULL
    RETURN [coalesce(head(COLLECT { MATCH (a)-[:UNDER]->(p:Programme) RETURN p.id }), a.name, ''), a.received_on,
      a.ends_on, a.amount_won, a.state, a.regime, a.de_minimis_eur, a.plan, a.programme_group, a.recorded_at]
    ORDER BY a.id
  }, """ + GROUP.replace("{o}", "o")


async def organisation_rows(graph: Graph, ids: Sequence[str]) -> list[Row]:
    """Return the organisations with their open needs, offers and provenance; unknown ids are left out.

    Returns: [id, kind, name_ko, name_en, summary_ko, summary_en, founded_on, employees, revenue_won, industry_code,
             stage, trl, maturity, longitude, latitude, certificates, profiling, visibility, vector, vector key,
             district codes, technology ids, needs, offers, statements, country, facts as JSON text, awards, group] in
             the order of `ids`; needs and offers are [id, text, vector, vector key, technology ids], statements
             [property names, source, date], oldest first, awards [programme id or name, received_on, ends_on,
             amount_won, state, regime, de_minimis_eur, plan, group, recorded_at], the group `affiliates.GROUP`.
    """
    rows: list[Row] = []
    for start in range(0, len(ids), ORGANISATIONS_PER_READ):
        batch = list(ids[start : start + ORGANISATIONS_PER_READ])
        rows += await graph.read(_ORGANISATIONS, {"ids": batch}, timeout_s=BULK_TIMEOUT_S)
    return rows


_CALLS: LiteralString = """
MATCH (c:Call)
WHERE (c.closes_at IS NULL OR c.closes_at >= $now) AND c.archived_at IS NULL AND c.withdrawn_on IS NULL
OPTIONAL MATCH (p:Programme)-[:HAS_CALL]->(c)
WITH c, head(collect(p)) AS p
RETURN c.id, c.name_ko, c.name_en, coalesce(c.summary_ko, p.summary_ko), coalesce(c.summary_en, p.summary_en),
  coalesce(c.purposes, p.purposes), c.rules, c.noticed_on, c.opens_at, c.closes_at, c.rolling,
  c.text_vector, c.text_vector_key,
  COLLECT { MATCH (x)-[:ABOUT]->(t:Technology) WHERE x = c OR x = p RETURN DISTINCT t.id ORDER BY t.id }, p.id,
  c.contract_on
ORDER BY c.id
"""


async def call_rows(graph: Graph, now: datetime) -> list[Row]:
    """Return the calls that have not closed, by id; what a call does not say is taken from its programme.

    Returns: [id, name_ko, name_en, summary_ko, summary_en, purposes, rules as JSON text, noticed_on, opens_at,
             closes_at, rolling, vector, vector key, technology ids, programme id or None,
             contract_on].
    """
    return await graph.read(_CALLS, {"now": instant(now)}, timeout_s=BULK_TIMEOUT_S)


_PROJECTS: LiteralString = """
MATCH (o:Organisation)-[:TOOK_PART_IN]->(p:Project)
WHERE EXISTS { (o)-[:MEMBER_OF]->(:District) } OR EXISTS { (:Person)-[:ACTS_FOR]->(o) }
WITH p, o.id AS member ORDER BY member
WITH p, collect(DISTINCT member) AS members
RETURN p.id, members, p.started_on, COLLECT {
  MATCH (p)-[:ABOUT]->(t:Technology) RETURN t.id AS id
  UNION
  MATCH (p)-[:FUNDED_BY]->(g:Programme) RETURN g.id AS id
}
ORDER BY p.id
"""


async def project_rows(graph: Graph) -> list[Row]:
    """Return [id, ids of the partners that are matched, started_on, ids of the technologies it is about and of the
    programmes that paid] of each project, by id."""
    return await graph.read(_PROJECTS, timeout_s=BULK_TIMEOUT_S)


_MEMBERSHIPS: LiteralString = """
MATCH (o:Organisation)-[r:TOOK_PART_IN]->(p:Programme)
WHERE EXISTS { (o)-[:MEMBER_OF]->(:District) } OR EXISTS { (:Person)-[:ACTS_FOR]->(o) }
RETURN o.id, p.id, min(r.since_on)
ORDER BY o.id, p.id
"""


async def membership_rows(graph: Graph) -> list[Row]:
    """Return [organisation id, programme id, since when or None] of each matched organisation that is, or was, in a
    programme, by both ids."""
    return await graph.read(_MEMBERSHIPS, timeout_s=BULK_TIMEOUT_S)


_TECHNOLOGIES: LiteralString = """
MATCH (t:Technology)
RETURN t.id, t.name_ko, t.name_en, t.keywords,
  head(COLLECT { MATCH (t)-[:PART_OF]->(p:Technology) RETURN p.id ORDER BY p.id })
ORDER BY t.id
"""


async def technology_rows(graph: Graph) -> list[Row]:
    """Return [id, name_ko, name_en, keywords, id of the broader one or None] of each technology, by id."""
    return await graph.read(_TECHNOLOGIES, timeout_s=BULK_TIMEOUT_S)


_DISTRICTS: LiteralString = """
MATCH (d:District)
WHERE d.kind IN ['city', 'gu', 'innovation_district']
RETURN d.id, COLLECT { MATCH (o:Organisation)-[:MEMBER_OF]->(d) RETURN o.id ORDER BY o.id }
ORDER BY d.id
"""


async def district_members(graph: Graph) -> dict[str, list[str]]:
    """Return the ids of the members of each district, by district id."""
    rows = await graph.read(_DISTRICTS, timeout_s=BULK_TIMEOUT_S)
    return {row[0]: row[1] for row in rows}


_VERSION: LiteralString = """
OPTIONAL MATCH (i:Import)
WITH max(i.at) AS imported
OPTIONAL MATCH (c:Call)
RETURN coalesce(imported, ''), count(c), coalesce(max(c.updated_at), '')
"""


async def data_version(graph: Graph) -> str:
    """Return a text that changes when an import ran or a call was added or edited; profiles of people's own edits
    are refreshed one by one and do not count."""
    ((imported, calls, edited),) = await graph.read(_VERSION, timeout_s=BULK_TIMEOUT_S)
    return f"{imported}/{calls}/{edited}"
