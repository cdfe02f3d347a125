"""Firms as one viewer may see them, for previews of rules: what is hidden from the viewer is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from madang_graph.affiliates import GROUP
from madang_graph.subjects.policies import ORGANISATION, OWN, OWN_OR_MANAGER

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row
    from madang_graph.viewer import Viewer

FIRMS_MOST = 20_000
TIMEOUT_S = 20.0

# The order is that of `subjects.eligibility.APPLICANT`; where a value came from is of no use here.
_FIRMS: LiteralString = (
    "MATCH (o:Organisation) "
    "WHERE (EXISTS { (o)-[:MEMBER_OF]->(:District) } OR EXISTS { (:Person)-[:ACTS_FOR]->(o) }) "
    "AND " + ORGANISATION.replace("{n}", "o") + " "
    "WITH o, "
    + OWN_OR_MANAGER.replace("{n}", "o")
    + " AS close, "
    + OWN.replace("{n}", "o")
    + " AS own ORDER BY o.id LIMIT $limit "
    "RETURN o.id, o.kind, o.founded_on, CASE WHEN close THEN o.employees END, CASE WHEN close THEN o.revenue_won END, "
    "o.industry_code, o.stage, o.trl, o.certificates, CASE WHEN own THEN o.facts END, "
    "COLLECT { MATCH (o)-[:LOCATED_IN]->(gu:District) WHERE gu.code <> '' RETURN gu.code ORDER BY gu.code }, [], "
    "COLLECT { MATCH (o)-[:RECEIVED]->(a:Award) WHERE own AND a.removed_at IS NULL "
    "RETURN [coalesce(head(COLLECT { MATCH (a)-[:UNDER]->(under:Programme) RETURN under.id }), a.name, ''), "
    "a.received_on, a.ends_on, a.amount_won, a.state, a.regime, a.de_minimis_eur, a.plan, a.programme_group, "
    "a.recorded_at] ORDER BY a.id }, o.name_ko, o.name_en, CASE WHEN own THEN " + GROUP.replace("{o}", "o") + " END"
)


async def firm_rows(graph: Graph, viewer: Viewer) -> list[Row]:
    """Return the firms that take part in matching and that the viewer may see, by id, each with what the viewer may
    see of it; at most 20,000."""
    return await graph.read(_FIRMS, {**viewer.parameters(), "limit": FIRMS_MOST}, timeout_s=TIMEOUT_S)
