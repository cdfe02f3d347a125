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
from madang_graph.reading.declare import Entity, Field, Many, Root
from madang_graph.reading.fragments import Catalogue
from madang_graph.reading.leaves import Leaves
from madang_graph.reading.parts import Parts
from madang_graph.reading.selection import Pick, Var
from madang_graph.reading.types import Value
from madang_graph.reading.writer import Source, Writer
from madang_graph.viewer import Viewer

Functions = Mapping[str, Callable[..., Any]]


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
        leaves: tuple[Field, ...] = (),
    ) -> None:
        self.catalogue = Catalogue(entities)
        self._ones = {root.name: root for root in ones}
        self._manys = {many.name: many for many in manys}
        self._leaves = {leaf.name: leaf for leaf in leaves}
        self._functions = functions
        self._cursors = cursors

    def compile(self, picks: tuple[Pick, ...]) -> Plan:
        """Return the plan of a query's root selection. Raises SelectionError for what is not declared."""
        writer = Writer(self._functions)
        writer.constants["seal"] = self._cursors.seal
        parts = Parts(self.catalogue, writer, self._cursors)
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
        expression, reading = Parts(self.catalogue, writer, self._cursors).one_root(root, pick, "d[0]")
        writer.code += ["def build(d, p, a, lang):", f"    return {{'entity': {reading}}}"]
        return Plan(
            cast("LiteralString", f"RETURN {expression}"),
            tuple(writer.sources),
            tuple(writer.arguments),
            _built(writer),
        )

    def compile_value(
        self, kind: Value, picks: tuple[Pick, ...]
    ) -> Callable[[Any, Mapping[str, Any], str], dict[str, Any]]:
        """Return what reads the picks of a value that no statement gave: (value, variables, language) → answer."""
        writer = Writer(self._functions)
        reader = Leaves(writer).value(kind, picks)
        writer.code += ["def build(v, a, lang):", f"    return {reader}(v, a, lang)"]
        build, sources = _built(writer), tuple(writer.arguments)

        def read(value: Any, variables: Mapping[str, Any], language: str) -> dict[str, Any]:
            return build(value, [{k: s.value(variables) for k, s in one.items()} for one in sources], language)

        return read

    def _root(self, parts: Parts, pick: Pick, column: str) -> tuple[str, str]:
        if pick.name == "nodes":
            return parts.nodes_root(pick, column)
        if pick.name in self._ones:
            return parts.one_root(self._ones[pick.name], pick, column)
        if pick.name in self._leaves:
            return parts.leaf_root(self._leaves[pick.name], pick, column)
        if pick.name in self._manys:
            return parts.many(self._manys[pick.name], "", pick, column)
        raise SelectionError(f"A query cannot start from {pick.name!r}.")


def _built(writer: Writer) -> Callable[..., dict[str, Any]]:
    namespace: dict[str, Any] = dict(writer.constants)
    # The source is made of our own names and of `repr` of GraphQL names; no value of a request is in it.
    exec(compile("\n".join(writer.code), "<plan>", "exec"), namespace)  # noqa: S102
    return namespace["build"]
