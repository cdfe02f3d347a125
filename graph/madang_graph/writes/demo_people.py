"""The demo accounts, for the buttons of the sign-in page in demo mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row

_DEMO_PEOPLE: LiteralString = """
MATCH (p:Person {demo: true})
RETURN p.id, p.name, coalesce(p.admin, false),
  head(COLLECT { MATCH (p)-[:MANAGES]->(d:District) RETURN d.name_ko ORDER BY d.id }),
  head(COLLECT {
    MATCH (p)-[:ACTS_FOR]->(o:Organisation) RETURN [o.kind, coalesce(o.name_ko, o.name_en)] ORDER BY o.id
  })
ORDER BY p.created_at, p.id
LIMIT 20
"""


async def demo_people(graph: Graph) -> list[Row]:
    """Return [id, name, is administrator, name of a district that the person manages or None, [kind, name] of an
    organisation that the person acts for or None], oldest account first."""
    return await graph.read(_DEMO_PEOPLE)
