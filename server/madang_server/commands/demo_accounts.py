"""The demo accounts, as the command line prints them."""

from __future__ import annotations

from madang_graph.client import Graph


async def demo_accounts(graph: Graph) -> list[tuple[str, str]]:
    """Return e-mail address and name of each demo account, by address."""
    rows = await graph.read("MATCH (p:Person) WHERE p.demo RETURN p.email, p.name ORDER BY p.email LIMIT 20")
    return [(email, name) for email, name in rows]
