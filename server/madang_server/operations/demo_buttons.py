"""The demo accounts that the sign-in page offers as buttons, in demo mode only."""

from __future__ import annotations

import contextlib

from madang_graph.client import Graph
from madang_graph.errors import GraphError
from madang_graph.writes.demo_people import demo_people

from madang_server.background import Stop

_AGAIN_S = 2.0
_FRESH_S = 60.0


class DemoButtons:
    """Called by pages, which cannot wait for the graph; empty outside demo mode and until the first reading."""

    def __init__(self, *, demo: bool) -> None:
        self._demo = demo
        self._people: list[dict[str, str]] = []

    def __call__(self) -> list[dict[str, str]]:
        """Return {id, name, role} of each demo account."""
        return self._people

    async def keep_fresh(self, graph: Graph, stop: Stop) -> None:
        """Read the accounts again and again, beside the service: the demo's data may be loaded after its start."""
        while self._demo:
            with contextlib.suppress(GraphError):
                self._people = [_button(*row) for row in await demo_people(graph)]
            if await stop.pause(_FRESH_S if self._people else _AGAIN_S):
                return


def _button(identity: str, name: str, admin: bool, district: str | None, acts_for: list[str] | None) -> dict[str, str]:
    if admin:
        role = "admin"
    elif district is not None:
        role = f"district_manager · {district}"
    else:
        role = " · ".join(acts_for) if acts_for else ""
    return {"id": identity, "name": name, "role": role}
