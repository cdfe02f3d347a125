"""Lists: how a page of an edge or of a whole label is matched, ordered, cut and read into a connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from madang_graph.errors import SelectionError
from madang_graph.reading.cursors import CursorSigner
from madang_graph.reading.declare import NODE, Entity, Facet, Many, Sort
from madang_graph.reading.filters import Filters
from madang_graph.reading.fragments import Catalogue, bind, conjunction
from madang_graph.reading.selection import Given, Pick, entries, is_absent, now
from madang_graph.reading.writer import Writer, bounded


@dataclass(frozen=True, slots=True)
class Order:
    """A sort with its direction, as chosen by an argument such as NAME_ASC."""

    sort: Sort
    descending: bool

    @property
    def name(self) -> str:
        return f"{self.sort.name}_{'DESC' if self.descending else 'ASC'}"

    def clause(self, key: str, identity: str) -> str:
        """Return ORDER BY: missing keys last in both directions, by key, then by id."""
        missing = f"{key} IS NULL, " if self.sort.nullable else ""
        return f"ORDER BY {missing}{key}{' DESC' if self.descending else ''}, {identity}"


def sorts_of(edge: Many, target: Entity | None) -> tuple[Sort, ...]:
    """Return the orders that a list offers, the default first."""
    return (*edge.sorts, *(target.sorts if target is not None else ()))


def chosen_order(edge: Many, target: Entity | None, given: Given | None) -> Order:
    """Return the order that `sort` names, or the list's default."""
    sorts = sorts_of(edge, target)
    if is_absent(given):
        return Order(sorts[0], sorts[0].descending)
    word = now(given)
    name, _, direction = _word(word).rpartition("_")
    for sort in sorts:
        if sort.name == name:
            return Order(sort, direction == "DESC")
    raise SelectionError(f"{edge.name} has no order {now(given)!r}.")


def chosen_facet(target: Entity | None, given: Given | None) -> Facet:
    """Return what `by` names."""
    name = _word(now(given))
    for facet in target.facets if target is not None else ():
        if facet.name == name:
            return facet
    raise SelectionError(f"There is no facet {name!r}.")


def _word(given: object) -> str:
    # A variable comes as a member of the schema's enum, a literal as its word.
    return str(given.value if isinstance(given, Enum) else given)


@dataclass(frozen=True, slots=True)
class Bound:
    """A list with its variables: what to match, and which rows count before any cursor."""

    edge: Many
    n: str
    """The node that the list belongs to; empty for a list of a whole label."""
    m: str
    r: str
    match: str
    predicates: tuple[str, ...]
    ties: bool = False
    """True: ties to other nodes were matched as well; two parallel ones would give a row twice."""

    def rows(self, extra: str = "") -> str:
        rows = self.match + conjunction(*self.predicates, extra)
        return f"{rows} WITH DISTINCT {self.m}" if self.ties else rows


class Lists:
    """Matches and cuts the lists of one statement."""

    def __init__(self, catalogue: Catalogue, writer: Writer, filters: Filters, cursors: CursorSigner) -> None:
        self._catalogue = catalogue
        self._writer = writer
        self._filters = filters
        self._cursors = cursors

    def bound(self, edge: Many, n: str, pick: Pick) -> Bound:
        """Return the list of a pick: of an edge from `n`, or, with `n` empty, of a whole label or its own clauses."""
        m, r = self._writer.variable("n"), self._writer.variable("r")
        match = self._match(edge, n, m, r, pick)
        predicates = self._catalogue.edge_predicates(edge, n, m, r)
        if edge.target == NODE:
            predicates.append(self._any_searched(m))
        first: list[str] = []
        where = pick.arguments.get("where")
        if where is not None and not is_absent(where):
            first, asked = self._where(edge, n, m, r, where)
            predicates += asked
        return Bound(edge, n, m, r, " ".join([*first, match]), tuple(predicates), ties=bool(first))

    def _match(self, edge: Many, n: str, m: str, r: str, pick: Pick) -> str:
        if edge.clause:
            clause = bind(edge.clause, n=n, m=m, r=r)
            if edge.prepare:
                name = self._writer.prepared(edge.prepare, edge.arguments, pick.arguments)
                return clause.replace("$a_prepared", f"${name}")
            for declared in edge.arguments:
                source = self._writer.argument(declared, pick.arguments.get(declared.name))
                name = self._writer.parameter(source.given, source.enter)
                clause = clause.replace(f"$a_{declared.name}", f"${name}")
            return clause
        if n:
            return self._catalogue.edge_match(edge, n, m, r)
        return f"MATCH ({m}:{self._catalogue.entity(edge.target).node.label})"

    def _where(self, edge: Many, n: str, m: str, r: str, where: Given) -> tuple[list[str], list[str]]:
        target = self._catalogue.entity(edge.target)
        own = {field.name: field for field in edge.edge_fields if field.filter}
        mine = [(name, value) for name, value in entries(where) if name in own]
        rest = {name: value for name, value in entries(where) if name not in own}
        predicates = [self._filters.leaf(own[name], bind(own[name].cypher, r=r), "", value) for name, value in mine]
        if not n and not edge.clause:
            first, asked = self._filters.hoisted(target, m, rest)
            return first, [*predicates, *asked]
        return [], [*predicates, self._filters.predicate(target, m, rest)]

    def _any_searched(self, m: str) -> str:
        tests = [
            f"({m}:{entity.node.label}" + (f" AND {bind(entity.visible, n=m)})" if entity.visible else ")")
            for entity in self._catalogue.searched
        ]
        return f"({' OR '.join(tests)})"

    def page(self, bound: Bound, order: Order, pick: Pick, row: str) -> tuple[str, str]:
        """Return (the COLLECT of one page, the parameter that holds its limit).

        One row more than asked is fetched, which tells whether there is a next page.
        """
        key = bind(order.sort.cypher, n=bound.m, r=bound.r)
        # With `IS NOT NULL` the index on the key gives the order; next to matched ties it would mislead the planner.
        indexed = not order.sort.nullable and "{r}" not in order.sort.cypher and not bound.ties
        extra = [f"{key} IS NOT NULL"] if indexed else []
        after = pick.arguments.get("after")
        if after is not None and not is_absent(after):
            extra.append(self._after(bound, order, key, after))
        carried = f"{bound.m}, {bound.r}" if "{r}" in bound.edge.pattern + bound.edge.clause else bound.m
        limit = self._writer.parameter(
            pick.arguments.get("first"), bounded("first", bound.edge.most, bound.edge.first, add=1)
        )
        return (
            f"COLLECT {{ {bound.rows(' AND '.join(extra))} WITH {carried} "
            f"{order.clause(key, bound.m + '.id')} LIMIT ${limit} RETURN {row} }}",
            limit,
        )

    def counts(self, bound: Bound, facet: Facet) -> str:
        """Return the COLLECT of [value, how many of all rows have it], in the order of the values."""
        value, number = self._writer.variable("w"), self._writer.variable("w")
        return (
            f"COLLECT {{ {bound.rows()} UNWIND {bind(facet.cypher, n=bound.m)} AS {value} "
            f"WITH {value}, count(*) AS {number} ORDER BY {value} RETURN [{value}, {number}] }}"
        )

    def place(self, bound: Bound, order: Order) -> str:
        return f"{bound.edge.name}:{bound.edge.target}:{order.name}"

    def _after(self, bound: Bound, order: Order, key: str, after: Given) -> str:
        place = self.place(bound, order)
        value = self._writer.parameter(after, _part(self._cursors, place, 0))
        last = self._writer.parameter(after, _part(self._cursors, place, 1))
        beyond = "<" if order.descending else ">"
        same = f"({key} = ${value} AND {bound.m}.id > ${last})"
        if not order.sort.nullable:
            return f"({key} {beyond} ${value} OR {same})"
        return (
            f"((${value} IS NOT NULL AND ({key} {beyond} ${value} OR {same} OR {key} IS NULL)) OR "
            f"(${value} IS NULL AND {key} IS NULL AND {bound.m}.id > ${last}))"
        )


def _part(cursors: CursorSigner, place: str, index: int) -> Callable[[str], object]:
    def enter(cursor: str) -> object:
        return cursors.open(place, cursor)[index]

    return enter
