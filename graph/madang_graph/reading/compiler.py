"""The compiler: a selection becomes one Cypher statement, its parameters, and a builder of the answer.

A node becomes one positional list, a list of nodes one `COLLECT { … }`; the builder, generated once per plan, takes the
lists apart in the order of the document. The statement's text depends on the shape of a selection only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, cast

from madang_graph.errors import ContractBrokenError, SelectionError
from madang_graph.reading.cursors import CursorSigner
from madang_graph.reading.declare import NODE, Entity, Field, Many, One, Root
from madang_graph.reading.filters import Filters
from madang_graph.reading.fragments import Catalogue, bind, conjunction
from madang_graph.reading.lists import Bound, Lists, chosen_order
from madang_graph.reading.selection import Pick, Var, members, now
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.reading.writer import CHECKS, ArgumentError, Source, Writer, stored_word
from madang_graph.viewer import Viewer

Functions = Mapping[str, Callable[..., Any]]
MOST_IDS = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled selection. Immutable, shared by all requests of its shape."""

    text: LiteralString
    sources: tuple[Source, ...]
    arguments: tuple[dict[str, Source], ...]
    build: Callable[[list[Any], dict[str, Any], list[dict[str, Any]], str], dict[str, Any]]

    def parameters(self, variables: Mapping[str, Any], viewer: Viewer, now: str) -> dict[str, Any]:
        """Return the statement's parameters for one request. Raises ArgumentError and CursorError for bad values."""
        parameters = viewer.parameters()
        parameters["now"] = now
        for index, source in enumerate(self.sources):
            parameters[f"p{index}"] = source.value(variables)
        return parameters

    def answer(self, record: list[Any], parameters: dict[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer of the statement's one record, keys in the order of the document.

        Raises: ContractBrokenError when stored data break their declaration.
        """
        language = cast("str", parameters["viewer_language"])
        arguments = [{k: s.value(variables) for k, s in one.items()} for one in self.arguments]
        try:
            return self.build(record, parameters, arguments, language)
        except (KeyError, TypeError, IndexError) as error:
            raise ContractBrokenError("An answer", error.args, "declared") from error


class Compiler:
    """Compiles selections over a set of entities. Keeps no state between compilations."""

    def __init__(
        self,
        entities: tuple[Entity, ...],
        ones: tuple[Root, ...],
        manys: tuple[Many, ...],
        functions: Functions,
        cursors: CursorSigner,
    ) -> None:
        self.catalogue = Catalogue(entities)
        self._ones = {root.name: root for root in ones}
        self._manys = {many.name: many for many in manys}
        self._functions = functions
        self._cursors = cursors

    def compile(self, picks: tuple[Pick, ...]) -> Plan:
        """Return the plan of a query's root selection. Raises SelectionError for what is not declared."""
        writer = Writer(self._functions)
        writer.constants["seal"] = self._cursors.seal
        parts = _Parts(self.catalogue, writer, self._cursors)
        columns: list[str] = []
        entries: list[str] = []
        for pick in picks:
            if pick.name == "__typename":
                entries.append(f"{pick.key!r}: 'Query'")
                continue
            expression, reading = self._root(parts, pick, f"d[{len(columns)}]")
            columns.append(expression)
            entries.append(f"{pick.key!r}: {reading}")
        body = [f"return {{{', '.join(entries)}}}"]
        writer.code += ["def build(d, p, a, lang):", *(f"    {line}" for line in body)]
        return Plan(
            cast("LiteralString", f"RETURN {', '.join(columns)}"),
            tuple(writer.sources),
            tuple(writer.arguments),
            _built(writer),
        )

    def compile_entity(self, entity_name: str, picks: tuple[Pick, ...]) -> Plan:
        """Return the plan that reads one entity by `$p0`, its id, given as the variable `id`."""
        pick = Pick("entity", entity_name, {"id": Var("id", (), "")}, {entity_name: picks})
        root = Root(entity_name, entity_name, "", "")
        writer = Writer(self._functions)
        writer.constants["seal"] = self._cursors.seal
        expression, reading = _Parts(self.catalogue, writer, self._cursors).one_root(root, pick, "d[0]")
        writer.code += ["def build(d, p, a, lang):", f"    return {{'entity': {reading}}}"]
        return Plan(
            cast("LiteralString", f"RETURN {expression}"),
            tuple(writer.sources),
            tuple(writer.arguments),
            _built(writer),
        )

    def _root(self, parts: _Parts, pick: Pick, column: str) -> tuple[str, str]:
        if pick.name == "nodes":
            return parts.nodes_root(pick, column)
        if pick.name in self._ones:
            return parts.one_root(self._ones[pick.name], pick, column)
        if pick.name in self._manys:
            return parts.many(self._manys[pick.name], "", pick, column)
        raise SelectionError(f"A query cannot start from {pick.name!r}.")


def _built(writer: Writer) -> Callable[..., dict[str, Any]]:
    namespace: dict[str, Any] = dict(writer.constants)
    # The source is made of our own names and of `repr` of GraphQL names; no value of a request is in it.
    exec(compile("\n".join(writer.code), "<plan>", "exec"), namespace)  # noqa: S102
    return namespace["build"]


class _Parts:
    """Compiles the parts of one statement. Each method returns (Cypher expression, builder expression)."""

    def __init__(self, catalogue: Catalogue, writer: Writer, cursors: CursorSigner) -> None:
        self._catalogue = catalogue
        self._writer = writer
        self._filters = Filters(catalogue, writer)
        self._lists = Lists(catalogue, writer, self._filters, cursors)

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
            return self.field(declared, bind(declared.cypher, n=n), bind(declared.visible, n=n), pick, column)
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

    def field(self, declared: Field, cypher: str, visible: str, pick: Pick, column: str) -> tuple[str, str]:
        """Return a leaf: its expression, null for those who may not see it, and its checked reading."""
        index = -1
        if declared.arguments:
            sources = {a.name: self._writer.argument(a, pick.arguments.get(a.name)) for a in declared.arguments}
            if declared.compute is not None:
                index = self._writer.argument_set(sources)
            for name, source in sources.items():
                if f"$a_{name}" in cypher:
                    parameter = self._writer.parameter(source.given, source.enter)
                    cypher = cypher.replace(f"$a_{name}", f"${parameter}")
        if visible:
            cypher = f"CASE WHEN {visible} THEN {cypher} END"
        return cypher, self._reading(declared, pick, column, index)

    def _reading(self, declared: Field, pick: Pick, column: str, index: int) -> str:
        value = column
        if declared.compute is not None:
            compute = self._writer.named(declared.compute) if isinstance(declared.compute, str) else declared.compute
            arguments = f"a[{index}]" if index >= 0 else "{}"
            value = f"{self._writer.constant(compute)}({column}, {arguments})"
        if isinstance(declared.type, Value):
            reader = self._value(declared.type, pick.picks.get(declared.type.name, ()))
            if declared.many:
                return f"[{reader}(v, a, lang) for v in {value}]"
            return f"({reader}(v, a, lang) if (v := {value}) is not None else None)"
        if declared.many:
            if isinstance(declared.type, Words):
                return f"[{self._writer.constant(_table(declared.type))}[v] for v in {value}]"
            return value
        return self._checked(declared.type, value, nullable=declared.nullable)

    def _checked(self, kind: Scalar | Words, value: str, *, nullable: bool) -> str:
        if isinstance(kind, Words):
            table = self._writer.constant(_table(kind, nullable=nullable))
            return f"{table}[{value}]"
        if not nullable:
            value = f"{self._writer.constant(_present)}({value})"
        check = CHECKS.get(kind)
        return value if check is None else f"{self._writer.constant(check)}({value})"

    def _value(self, kind: Value, picks: tuple[Pick, ...]) -> str:
        entries: list[str] = []
        for pick in picks:
            if pick.name == "__typename":
                entries.append(f"{pick.key!r}: {kind.name!r}")
                continue
            declared = kind.field(pick.name)
            if declared is None:
                raise SelectionError(f"{kind.name} has no field {pick.name!r}.")
            entries.append(f"{pick.key!r}: {self._value_field(declared, pick)}")
        return self._writer.function("v", "v, a, lang", [f"return {{{', '.join(entries)}}}"])

    def _value_field(self, declared: ValueField, pick: Pick) -> str:
        if declared.localised:
            stem = f"{declared.key}_" if declared.key else ""
            given = pick.arguments.get("language")
            language = "lang"
            if given is not None:
                index = self._writer.argument_set({"language": Source(given, stored_word)})
                language = f"(a[{index}]['language'] or lang)"
            value = f"{self._writer.constant(_in_language)}(v, {stem!r}, {language})"
        elif declared.nullable:
            value = f"v.get({declared.key!r})"
        else:
            value = f"v[{declared.key!r}]"
        return self._checked(declared.type, value, nullable=declared.nullable)

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
        total = False
        paged = False
        for inner in pick.picks.get(f"{stem}Connection", ()):
            reading, more = self._connection_field(bound, inner, stem, columns)
            total = total or inner.name == "totalCount"
            paged = paged or inner.name not in ("totalCount", "__typename")
            columns += more
            entries.append(f"{inner.key!r}: {reading}")
        page, limit = "null", ""
        if paged:
            page, limit = self._lists.page(bound, order, pick, f"[{', '.join(columns)}]")
        count = f"COUNT {{ {bound.rows()} }}" if total else "0"
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
        return f"[{page}, {count}]", f"{self._writer.function('c', 'c, p, a, lang', body)}({column}, p, a, lang)"

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
                expression, reading = self.field(declared, bind(declared.cypher, r=bound.r), "", pick, column)
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


_TABLES: dict[tuple[str, bool], dict[Any, Any]] = {}


def _table(words: Words, *, nullable: bool = False) -> dict[Any, Any]:
    """Return stored word → shown word, with None → None when it may be missing; one object per list."""
    table = _TABLES.get((words.name, nullable))
    if table is None:
        table = _TABLES[words.name, nullable] = {**words.shown, **({None: None} if nullable else {})}
    return table


def _present(value: Any) -> Any:
    if value is None:
        raise ContractBrokenError("A value", value, "never missing")
    return value


def _in_language(value: Mapping[str, Any], stem: str, language: str) -> Any:
    other = "en" if language == "ko" else "ko"
    return value.get(stem + language) or value.get(stem + other)


def _few_ids(ids: list[str]) -> list[str]:
    if len(ids) > MOST_IDS:
        raise ArgumentError(f"`ids` may hold at most {MOST_IDS} ids.")
    return ids
