"""The parts of a statement: roots, nodes and lists, each as a Cypher expression with the code that reads it."""

from __future__ import annotations

from typing import Any

from madang_graph.errors import SelectionError
from madang_graph.reading.cursors import CursorSigner
from madang_graph.reading.declare import NODE, Entity, Field, Many, One, Root
from madang_graph.reading.filters import Filters
from madang_graph.reading.fragments import Catalogue, bind, conjunction
from madang_graph.reading.leaves import Leaves
from madang_graph.reading.lists import Bound, Lists, chosen_facet, chosen_order
from madang_graph.reading.selection import Pick, members, now
from madang_graph.reading.writer import ArgumentError, Writer

MOST_IDS = 100


class Parts:
    """Compiles the parts of one statement. Each method returns (Cypher expression, builder expression)."""

    def __init__(self, catalogue: Catalogue, writer: Writer, cursors: CursorSigner) -> None:
        self._catalogue = catalogue
        self._writer = writer
        self._lists = Lists(catalogue, writer, Filters(catalogue, writer), cursors)
        self._leaves = Leaves(writer)

    # roots

    def one_root(self, root: Root, pick: Pick, column: str) -> tuple[str, str]:
        if root.target == NODE:
            return self._any_node(pick, column)
        entity = self._catalogue.entity(root.target)
        n = self._writer.variable()
        match = bind(root.match, m=n)
        if not match:
            identity = self._writer.parameter(pick.arguments.get("id"))
            match = f"MATCH ({n}:{entity.node.label} {{id: ${identity}}})"
        row, reader = self.node(entity, n, pick.picks.get(entity.name, ()))
        expression = f"head(COLLECT {{ {match}{conjunction(bind(entity.visible, n=n))} RETURN {row} }})"
        return expression, f"({reader}(v, p, a, lang) if (v := {column}) is not None else None)"

    def leaf_root(self, declared: Field, pick: Pick, column: str) -> tuple[str, str]:
        """Return a value that a query starts from."""
        return self._leaves.field(declared, bind(declared.cypher), bind(declared.visible), pick, column)

    def _any_node(self, pick: Pick, column: str) -> tuple[str, str]:
        identity = self._writer.parameter(pick.arguments.get("id"))
        branches, readers = self._branches(pick, f"= ${identity}", [now(pick.arguments.get("id"))])
        if not branches:
            return "null", "None"
        reading = f"({readers}[v[1]](v[2], p, a, lang) if (v := {column}) is not None else None)"
        return f"head(COLLECT {{ {branches} }})", reading

    def nodes_root(self, pick: Pick, column: str) -> tuple[str, str]:
        ids = self._writer.parameter(pick.arguments.get("ids"), _few_ids)
        given = pick.arguments.get("ids")
        present = [] if given is None else [now(one) for one in members(given)]
        branches, readers = self._branches(pick, f"IN ${ids}", present)
        if not branches:
            return "[]", f"[None] * len(p[{ids!r}])"
        function = self._writer.function(
            "nodes",
            "rows, p, a, lang",
            [
                "found = {row[0]: row for row in rows}",
                f"return [({readers}[r[1]](r[2], p, a, lang) if (r := found.get(i)) is not None else None) "
                f"for i in p[{ids!r}]]",
            ],
        )
        return f"COLLECT {{ {branches} }}", f"{function}({column}, p, a, lang)"

    def _branches(self, pick: Pick, test: str, ids: list[Any]) -> tuple[str, str]:
        """Return a UNION over the entities whose prefix one of the ids has, and the name of the table of their readers.

        The prefixes belong to the shape: with a branch for each of fourteen types, planning took seconds.
        """
        branches: list[str] = []
        readers: list[str] = []
        for entity in self._catalogue.nodes:
            if not any(str(one).startswith(entity.node.prefix) for one in ids):
                continue
            n = self._writer.variable()
            row, reader = self.node(entity, n, pick.picks.get(entity.name, ()))
            predicate = conjunction(f"{n}.id {test}", bind(entity.visible, n=n))
            branches.append(
                f"MATCH ({n}:{entity.node.label}){predicate} RETURN [{n}.id, '{entity.name}', {row}] AS row"
            )
            readers.append(f"{entity.name!r}: {reader}")
        table = f"t{len(self._writer.code)}"
        self._writer.code.append(f"{table} = {{{', '.join(readers)}}}")
        return " UNION ALL ".join(branches), table

    # nodes and fields

    def node(self, entity: Entity, n: str, picks: tuple[Pick, ...]) -> tuple[str, str]:
        """Return (positional list of the picks of a node, name of the function that reads it)."""
        columns: list[str] = []
        entries: list[str] = []
        for pick in picks:
            column = f"r[{len(columns)}]"
            if pick.name == "__typename":
                entries.append(f"{pick.key!r}: {entity.name!r}")
                continue
            expression, reading = self._picked(entity, n, pick, column)
            columns.append(expression)
            entries.append(f"{pick.key!r}: {reading}")
        reader = self._writer.function("o", "r, p, a, lang", [f"return {{{', '.join(entries)}}}"])
        return f"[{', '.join(columns)}]", reader

    def _picked(self, entity: Entity, n: str, pick: Pick, column: str) -> tuple[str, str]:
        declared = entity.field(pick.name)
        if isinstance(declared, Field):
            return self._leaves.field(declared, bind(declared.cypher, n=n), bind(declared.visible, n=n), pick, column)
        if isinstance(declared, One):
            return self._one(declared, n, pick, column)
        if isinstance(declared, Many):
            return self.many(declared, n, pick, column)
        raise SelectionError(f"{entity.name} has no field {pick.name!r}.")

    def _one(self, edge: One, n: str, pick: Pick, column: str) -> tuple[str, str]:
        m = self._writer.variable()
        row, reader = self.node(self._catalogue.entity(edge.target), m, pick.picks.get(edge.target, ()))
        match = self._catalogue.edge_match(edge, n, m, "")
        predicates = conjunction(*self._catalogue.edge_predicates(edge, n, m, ""))
        expression = f"head(COLLECT {{ {match}{predicates} WITH {m} ORDER BY {m}.id LIMIT 1 RETURN {row} }})"
        return expression, f"({reader}(v, p, a, lang) if (v := {column}) is not None else None)"

    # lists

    def many(self, edge: Many, n: str, pick: Pick, column: str) -> tuple[str, str]:
        bound = self._lists.bound(edge, n, pick)
        if edge.plain:
            return self._plain(bound, pick, column)
        return self._connection(bound, pick, column)

    def _plain(self, bound: Bound, pick: Pick, column: str) -> tuple[str, str]:
        order = chosen_order(bound.edge, None, None)
        row, reader = self._edge_row(bound, pick.picks.get(bound.edge.edge, ()), offset=0)
        page, limit = self._lists.page(bound, order, pick, f"[{', '.join(row)}]")
        return page, f"[{reader}(r, p, a, lang) for r in {column}[:p[{limit!r}] - 1]]"

    def _connection(self, bound: Bound, pick: Pick, column: str) -> tuple[str, str]:
        edge = bound.edge
        target = None if edge.target == NODE else self._catalogue.entity(edge.target)
        order = chosen_order(edge, target, pick.arguments.get("sort"))
        stem = edge.edge or edge.target
        key = bind(order.sort.cypher, n=bound.m, r=bound.r)
        columns = [key, f"{bound.m}.id"]
        entries: list[str] = []
        counts: list[str] = []
        total = False
        paged = False
        for inner in pick.picks.get(f"{stem}Connection", ()):
            if inner.name == "counts":
                counts.append(self._lists.counts(bound, chosen_facet(target, inner.arguments.get("by"))))
                entries.append(f"{inner.key!r}: {self._counts(inner, f'c[{len(counts) + 1}]')}")
                continue
            reading, more = self._connection_field(bound, inner, stem, columns)
            total = total or inner.name == "totalCount"
            paged = paged or inner.name not in ("totalCount", "__typename")
            columns += more
            entries.append(f"{inner.key!r}: {reading}")
        page, limit = "null", ""
        if paged:
            page, limit = self._lists.page(bound, order, pick, f"[{', '.join(columns)}]")
        count = f"COUNT {{ {bound.rows()} RETURN {bound.m} }}" if total else "0"
        # The parameters of the list are used by COUNT and COLLECT alike.
        after = pick.arguments.get("after")
        before = self._writer.parameter(after) if after is not None else ""
        body = [
            f"rows = c[0][:p[{limit!r}] - 1]" if limit else "rows = ()",
            f"more = len(c[0]) >= p[{limit!r}]" if limit else "more = False",
            f"earlier = p[{before!r}] is not None" if before else "earlier = False",
            f"place = {self._lists.place(bound, order)!r}",
            f"return {{{', '.join(entries)}}}",
        ]
        parts = ", ".join([page, count, *counts])
        return f"[{parts}]", f"{self._writer.function('c', 'c, p, a, lang', body)}({column}, p, a, lang)"

    def _connection_field(self, bound: Bound, pick: Pick, stem: str, columns: list[str]) -> tuple[str, list[str]]:
        """Return (builder expression over `rows`, columns that it needs at the end of each row)."""
        if pick.name == "__typename":
            return repr(f"{stem}Connection"), []
        if pick.name == "totalCount":
            return "c[1]", []
        if pick.name == "pageInfo":
            return self._page_info(pick), []
        if pick.name == "nodes":
            row, reading = self._target(bound, pick, f"r[{len(columns)}]")
            return f"[{reading} for r in rows]", [row]
        if pick.name == "edges":
            row, reader = self._edge_row(bound, pick.picks.get(f"{stem}Edge", ()), offset=len(columns))
            return f"[{reader}(r, p, a, lang, place) for r in rows]", row
        raise SelectionError(f"A connection has no field {pick.name!r}.")

    def _counts(self, pick: Pick, column: str) -> str:
        readings = {"__typename": "'FacetCount'", "value": "v[0]", "count": "v[1]"}
        entries = [f"{inner.key!r}: {readings[inner.name]}" for inner in pick.picks.get("FacetCount", ())]
        return f"[{{{', '.join(entries)}}} for v in {column}]"

    def _page_info(self, pick: Pick) -> str:
        readings = {
            "__typename": "'PageInfo'",
            "hasNextPage": "more",
            "hasPreviousPage": "earlier",
            "startCursor": "(seal(place, rows[0][0], rows[0][1]) if rows else None)",
            "endCursor": "(seal(place, rows[-1][0], rows[-1][1]) if rows else None)",
        }
        entries = [f"{inner.key!r}: {readings[inner.name]}" for inner in pick.picks.get("PageInfo", ())]
        return f"{{{', '.join(entries)}}}"

    def _edge_row(self, bound: Bound, picks: tuple[Pick, ...], offset: int) -> tuple[list[str], str]:
        edge = bound.edge
        fields = {declared.name: declared for declared in edge.edge_fields}
        type_name = edge.edge if edge.plain else f"{edge.edge or edge.target}Edge"
        columns: list[str] = []
        entries: list[str] = []
        for pick in picks:
            column = f"r[{offset + len(columns)}]"
            if pick.name == "__typename":
                reading = repr(type_name)
            elif pick.name == "cursor" and not edge.plain:
                reading = "seal(place, r[0], r[1])"
            elif pick.name == edge.node_name:
                row, reading = self._target(bound, pick, column)
                columns.append(row)
            else:
                declared = fields.get(pick.name)
                if declared is None:
                    raise SelectionError(f"{type_name} has no field {pick.name!r}.")
                cypher = bind(declared.cypher, n=bound.n, m=bound.m, r=bound.r)
                expression, reading = self._leaves.field(declared, cypher, "", pick, column)
                columns.append(expression)
            entries.append(f"{pick.key!r}: {reading}")
        parameters = "r, p, a, lang" if edge.plain else "r, p, a, lang, place"
        return columns, self._writer.function("e", parameters, [f"return {{{', '.join(entries)}}}"])

    def _target(self, bound: Bound, pick: Pick, column: str) -> tuple[str, str]:
        if bound.edge.target != NODE:
            entity = self._catalogue.entity(bound.edge.target)
            row, reader = self.node(entity, bound.m, pick.picks.get(entity.name, ()))
            return row, f"{reader}({column}, p, a, lang)"
        cases: list[str] = []
        readers: list[str] = []
        for entity in self._catalogue.searched:
            row, reader = self.node(entity, bound.m, pick.picks.get(entity.name, ()))
            cases.append(f"WHEN {bound.m}:{entity.node.label} THEN ['{entity.name}', {row}]")
            readers.append(f"{entity.name!r}: {reader}")
        table = f"t{len(self._writer.code)}"
        self._writer.code.append(f"{table} = {{{', '.join(readers)}}}")
        return f"CASE {' '.join(cases)} END", f"{table}[{column}[0]]({column}[1], p, a, lang)"


def _few_ids(ids: list[str]) -> list[str]:
    if len(ids) > MOST_IDS:
        raise ArgumentError(f"`ids` may hold at most {MOST_IDS} ids.")
    return ids
