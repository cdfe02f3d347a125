"""Putting the compiler's variables into the fragments of the declarations."""

from __future__ import annotations

from madang_graph.errors import SelectionError
from madang_graph.reading.declare import NODE, Entity, Many, One


def bind(fragment: str, *, n: str = "", m: str = "", r: str = "") -> str:
    """Return the fragment with `{n}`, `{m}`, `{r}` replaced by variables."""
    return fragment.replace("{n}", n).replace("{m}", m).replace("{r}", r)


def conjunction(*predicates: str) -> str:
    """Return ` WHERE a AND b`, without the empty ones; empty text when all are."""
    present = [p for p in predicates if p]
    return f" WHERE {' AND '.join(present)}" if present else ""


class Catalogue:
    """The entities by name, and what follows from them."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        self._entities = {entity.name: entity for entity in entities}
        self.nodes = tuple(entity for entity in entities if entity.is_node)
        self.searched = tuple(entity for entity in self.nodes if entity.node.search)

    def entity(self, name: str) -> Entity:
        try:
            return self._entities[name]
        except KeyError:
            raise SelectionError(f"No entity {name!r} is declared.") from None

    def edge_match(self, edge: One | Many, n: str, m: str, r: str) -> str:
        return "MATCH " + bind(edge.pattern, n=n, m=m, r=r)

    def edge_predicates(self, edge: One | Many, n: str, m: str, r: str) -> list[str]:
        """Return who may see the edge, what it asks, and who may see its far node."""
        predicates = [bind(edge.visible, n=n)]
        if isinstance(edge, Many):
            predicates.append(bind(edge.condition, n=n, m=m, r=r))
        if edge.target != NODE:
            predicates.append(bind(self.entity(edge.target).visible, n=m))
        return [p for p in predicates if p]
