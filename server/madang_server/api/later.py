"""Arguments whose value has to be found out before a statement can run."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from madang_graph.client import Graph
from madang_graph.viewer import Viewer


class Later(ABC):
    """Stands among the parameters of a statement for a value that is read and computed first.

    Two that are equal have the same value, which is then found out once for one statement.
    """

    @abstractmethod
    async def value(self, graph: Graph, viewer: Viewer, now: str) -> Any:
        """Return the value as the statement takes it. Raises GraphError, ArgumentError.

        Args: now: the instant of the request, as the graph stores instants.
        """


async def arrived(parameters: Mapping[str, Any], graph: Graph, viewer: Viewer) -> dict[str, Any]:
    """Return the parameters with the values that had to be found out."""
    waiting = list(dict.fromkeys(value for value in parameters.values() if isinstance(value, Later)))
    if not waiting:
        return dict(parameters)
    now: str = parameters["now"]
    found = await asyncio.gather(*(each.value(graph, viewer, now) for each in waiting))
    values = dict(zip(waiting, found, strict=True))
    return {name: values[value] if isinstance(value, Later) else value for name, value in parameters.items()}
