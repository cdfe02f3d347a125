"""`where`: typed filters become predicates. A null anywhere means "no condition"; what the viewer may not see matches
nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from madang_graph.errors import SelectionError
from madang_graph.reading.declare import Entity, Field, Many, One, Test
from madang_graph.reading.fragments import Catalogue, bind, conjunction
from madang_graph.reading.selection import Given, entries, members
from madang_graph.reading.types import Words
from madang_graph.reading.writer import ArgumentError, Enter, Writer, stored_word
from madang_graph.text import search_text

_COMPARISONS = {"eq": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
MOST_LISTED = 100


def _folded(value: str) -> str:
    return value.casefold()


def _search_words(value: str) -> list[str]:
    return search_text(value[:200]).split()[:12]


class Filters:
    """Compiles `where` arguments of one statement."""

    def __init__(self, catalogue: Catalogue, writer: Writer) -> None:
        self._catalogue = catalogue
        self._writer = writer

    def hoisted(self, entity: Entity, n: str, given: Given) -> tuple[list[str], list[str]]:
        """Return (clauses to match as well, predicates).

        An edge that is filtered by nothing but its target's id becomes part of the match: the target is found by its
        unique key, and the planner starts from the side with fewer ties instead of asking every node in turn.
        """
        first: list[str] = []
        predicates: list[str] = []
        for name, value in entries(given):
            edge = entity.field(name)
            target = self._by_id_only(edge, value)
            if target is None or not isinstance(edge, One | Many):
                predicates.append(self._entry(entity, n, name, value))
                continue
            m, r = self._writer.variable("f"), self._writer.variable("r")
            far = self._catalogue.entity(edge.target)
            identity = f"{{id: ${self._writer.parameter(target)}}}"
            first.append(f"MATCH ({m}:{far.node.label} {identity}){conjunction(bind(far.visible, n=m))}")
            pattern = bind(edge.pattern, n=n, m=m, r=r).replace(f"({m}:{far.node.label})", f"({m})")
            first.append(f"MATCH {pattern}")
            if edge.visible:
                predicates.append(bind(edge.visible, n=n))
        return first, predicates

    def _by_id_only(self, edge: object, value: Given) -> Given | None:
        if not isinstance(edge, One | Many) or (isinstance(edge, Many) and edge.condition):
            return None
        inner = entries(value)
        if isinstance(edge, Many):
            if [key for key, _ in inner] != ["some"]:
                return None
            inner = entries(inner[0][1])
        if [key for key, _ in inner] != ["id"]:
            return None
        test = entries(inner[0][1])
        return test[0][1] if [key for key, _ in test] == ["eq"] else None

    def predicate(self, entity: Entity, n: str, given: Given) -> str:
        """Return the predicate of a `where` object, `true` when it asks nothing."""
        parts = [self._entry(entity, n, name, value) for name, value in entries(given)]
        return f"({' AND '.join(parts)})" if parts else "true"

    def _entry(self, entity: Entity, n: str, name: str, value: Given) -> str:
        if name in ("and", "or"):
            parts = [self.predicate(entity, n, part) for part in members(value)]
            if not parts:
                return "true" if name == "and" else "false"
            return f"({f' {name.upper()} '.join(parts)})"
        if name == "not":
            return f"NOT coalesce({self.predicate(entity, n, value)}, false)"
        if name == "search":
            words = self._writer.parameter(value, _search_words)
            return f"all(word IN ${words} WHERE {n}.search_text CONTAINS word)"
        test = next((each for each in entity.tests if each.name == name), None)
        if test is not None:
            return self._of_words(test, n, dict(entries(value)))
        declared = entity.field(name)
        if isinstance(declared, Field):
            return self.leaf(declared, bind(declared.cypher, n=n), bind(declared.visible, n=n), value)
        if declared is None:
            raise SelectionError(f"{entity.name} has no filter {name!r}.")
        return self._edge(declared, n, value)

    def _of_words(self, test: Test, n: str, given: Mapping[str, Given]) -> str:
        """Return the predicate of a test; without words it asks nothing."""
        parts: list[str] = []
        for name in ("eq", "in"):
            if name in given:
                words = self._writer.parameter(given[name], _listed(stored_word))
                of = self._writer.parameter(given.get(test.of))
                parts.append(bind(test.predicate, n=n).replace("$t_of", f"${of}").replace("$t_words", f"${words}"))
        return f"({' AND '.join(parts)})" if parts else "true"

    def leaf(self, declared: Field, key: str, visible: str, value: Given) -> str:
        """Return the predicate of a filter on one field whose value is the fragment `key`."""
        tests = [self._test(declared, key, name, operand) for name, operand in entries(value)]
        if not tests:
            return "true"
        return f"({' AND '.join([visible, *tests] if visible else tests)})"

    def _test(self, declared: Field, key: str, name: str, operand: Given) -> str:
        enter: Enter | None = stored_word if isinstance(declared.type, Words) else None
        if name in _COMPARISONS:
            return f"{key} {_COMPARISONS[name]} ${self._writer.parameter(operand, enter)}"
        if name == "in":
            return f"{key} IN ${self._writer.parameter(operand, _listed(enter))}"
        if name == "has":
            return f"${self._writer.parameter(operand, enter)} IN {key}"
        if name == "hasAny":
            return f"any(item IN ${self._writer.parameter(operand, _listed(enter))} WHERE item IN {key})"
        if name == "contains":
            return f"toLower({key}) CONTAINS ${self._writer.parameter(operand, _folded)}"
        if name == "startsWith":
            return f"toLower({key}) STARTS WITH ${self._writer.parameter(operand, _folded)}"
        raise SelectionError(f"{declared.name} cannot be compared by {name!r}.")

    def _edge(self, edge: One | Many, n: str, value: Given) -> str:
        if isinstance(edge, One):
            return self._exists(edge, n, value)
        parts = [("NOT " if name == "none" else "") + self._exists(edge, n, inner) for name, inner in entries(value)]
        return f"({' AND '.join(parts)})" if parts else "true"

    def _exists(self, edge: One | Many, n: str, value: Given) -> str:
        m, r = self._writer.variable("f"), self._writer.variable("r")
        predicates = self._catalogue.edge_predicates(edge, n, m, r)
        predicates.append(self.predicate(self._catalogue.entity(edge.target), m, value))
        return f"EXISTS {{ {self._catalogue.edge_match(edge, n, m, r)}{conjunction(*predicates)} }}"


def _listed(enter: Enter | None) -> Enter:
    def listed(value: Any) -> list[Any]:
        values = cast("list[Any]", value) if isinstance(value, list) else [value]
        if len(values) > MOST_LISTED:
            raise ArgumentError(f"A list in `where` may hold at most {MOST_LISTED} values.")
        present = [v for v in values if v is not None]
        return [enter(v) for v in present] if enter else present

    return listed
