"""Answers made up from a document and the committed schema: every selected field, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    build_schema,
    get_named_type,
    is_abstract_type,
    parse,
)

SCHEMA = Path(__file__).parents[2] / "server" / "madang_server" / "api" / "schema.graphql"
_SCALARS = {
    "ID": "id_abc",
    "String": "마당 <&\"'> yard",
    "Int": 3,
    "Float": 0.5,
    "Boolean": True,
    "Date": "2024-02-29",
    "Instant": "2026-03-25T09:00:00Z",
    "Won": 320_000_000,
    "GeoJSON": {"type": "Point", "coordinates": [127.0, 37.5]},
}
Answers = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def schema() -> GraphQLSchema:
    return build_schema(SCHEMA.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def make_answer(schema: GraphQLSchema) -> Answers:
    """(document, sparse, asked, enum_at, text) → an answer. Sparse: what may be null is null, lists are empty."""

    def make(
        document: str, *, sparse: bool = False, asked: bool = True, enum_at: int = 0, text: str = _SCALARS["String"]
    ) -> dict[str, Any]:
        return _Maker(schema, document, sparse, asked, enum_at, text).answer()

    return make


class _Maker:
    def __init__(
        self, schema: GraphQLSchema, document: str, sparse: bool, asked: bool, enum_at: int, text: str
    ) -> None:
        self.text = text
        parsed = parse(document)
        self.schema, self.sparse, self.asked, self.enum_at = schema, sparse, asked, enum_at
        self.fragments = {d.name.value: d for d in parsed.definitions if isinstance(d, FragmentDefinitionNode)}
        self.operation = next(d for d in parsed.definitions if isinstance(d, OperationDefinitionNode))

    def answer(self) -> dict[str, Any]:
        assert self.schema.query_type is not None
        return self._object(self.schema.query_type, [self.operation.selection_set], root=True)

    def _object(self, kind: Any, selections: list[SelectionSetNode], *, root: bool = False) -> dict[str, Any]:
        fields: dict[str, list[FieldNode]] = {}
        for key, node in self._fields(kind, selections):
            fields.setdefault(key, []).append(node)
        made: dict[str, Any] = {}
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == "__typename":
                made[key] = kind.name
                continue
            inner = [node.selection_set for node in nodes if node.selection_set]
            made[key] = self._value(kind.fields[name].type, inner, root=root)
        return made

    def _fields(self, kind: Any, selections: list[SelectionSetNode]) -> Iterator[tuple[str, FieldNode]]:
        for selection in (each for one in selections for each in one.selections):
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                yield (selection.alias or selection.name).value, selection
                continue
            fragment = selection if isinstance(selection, InlineFragmentNode) else self.fragments[selection.name.value]
            on = fragment.type_condition.name.value if fragment.type_condition else kind.name
            of = self.schema.type_map[on]
            if on == kind.name or (is_abstract_type(of) and self.schema.is_sub_type(of, kind)):
                yield from self._fields(kind, [fragment.selection_set])

    def _included(self, selection: Any) -> bool:
        # The pages' only condition is $asked.
        return all((directive.name.value == "include") == self.asked for directive in selection.directives or ())

    def _value(self, kind: Any, inner: list[SelectionSetNode], *, root: bool = False) -> Any:
        if isinstance(kind, GraphQLNonNull):
            return self._present(kind.of_type, inner)
        return None if self.sparse and not root else self._present(kind, inner)

    def _present(self, kind: Any, inner: list[SelectionSetNode]) -> Any:
        if isinstance(kind, GraphQLList):
            if self.sparse:
                return []
            named = get_named_type(kind)
            if is_abstract_type(named):
                return [self._object(each, inner) for each in self.schema.get_possible_types(named)]
            return [self._present_item(kind.of_type, inner), self._present_item(kind.of_type, inner)]
        if isinstance(kind, GraphQLScalarType):
            if kind.name == "String":
                return self.text
            return False if self.sparse and kind.name == "Boolean" else _SCALARS[kind.name]
        if isinstance(kind, GraphQLEnumType):
            return list(kind.values)[self.enum_at % len(kind.values)]
        if is_abstract_type(kind):
            return self._object(self.schema.get_possible_types(kind)[0], inner)
        return self._object(kind, inner)

    def _present_item(self, kind: Any, inner: list[SelectionSetNode]) -> Any:
        return self._present(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, inner)
