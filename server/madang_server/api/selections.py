"""From a validated GraphQL document to the selection that the compiler takes: fragments opened, fields merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    print_ast,
    value_from_ast,
)
from madang_graph.reading.selection import Const, Given, Pick, Var

_INTROSPECTION = ("__schema", "__type")


class Selector:
    """Makes the picks of one operation for one set of variables.

    The variables matter by their shape only: which are given, what `@skip` and `@include` say, which order is chosen.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = fragments

    def roots(self, operation: OperationDefinitionNode) -> tuple[list[Pick], list[FieldNode], list[str]]:
        """Return (root picks, introspection fields, which are answered elsewhere, keys of both in order)."""
        query = self._schema.query_type
        assert query is not None
        groups = self._groups([operation.selection_set.selections], query)
        picks: list[Pick] = []
        asked: list[FieldNode] = []
        for key, nodes in groups.items():
            if nodes[0].name.value in _INTROSPECTION:
                asked += nodes
            else:
                picks.append(self._pick(key, nodes, query))
        return picks, asked, list(groups)

    def of_field(self, nodes: Iterable[FieldNode], type_name: str) -> tuple[Pick, ...]:
        """Return the picks below these fields, whose type is the object type `type_name`."""
        kind = self._schema.get_type(type_name)
        assert isinstance(kind, GraphQLObjectType)
        sets = [node.selection_set.selections for node in nodes if node.selection_set]
        return self._picks(sets, kind)

    def _picks(self, sets: list[Any], kind: GraphQLObjectType) -> tuple[Pick, ...]:
        return tuple(self._pick(key, nodes, kind) for key, nodes in self._groups(sets, kind).items())

    def _groups(self, sets: Iterable[Iterable[SelectionNode]], kind: GraphQLObjectType) -> dict[str, list[FieldNode]]:
        groups: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for selections in sets:
            self._collect(selections, kind, groups, spread)
        return groups

    def _collect(
        self,
        selections: Iterable[SelectionNode],
        kind: GraphQLObjectType,
        groups: dict[str, list[FieldNode]],
        spread: set[str],
    ) -> None:
        for node in selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                groups.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if self._applies(node.type_condition, kind):
                    self._collect(node.selection_set.selections, kind, groups, spread)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if self._applies(fragment.type_condition, kind):
                    self._collect(fragment.selection_set.selections, kind, groups, spread)

    def _applies(self, condition: Any, kind: GraphQLObjectType) -> bool:
        if condition is None or condition.name.value == kind.name:
            return True
        other = self._schema.get_type(condition.name.value)
        return other is not None and is_abstract_type(other) and self._schema.is_sub_type(other, kind)

    def _included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            if directive.name.value in ("skip", "include"):
                for argument in directive.arguments or ():
                    if self._yes(argument.value) is (directive.name.value == "skip"):
                        return False
        return True

    def _yes(self, value: Any) -> bool:
        return bool(self._variables.get(value.name.value) if isinstance(value, VariableNode) else value.value)

    def _pick(self, key: str, nodes: list[FieldNode], parent: GraphQLObjectType) -> Pick:
        first = nodes[0]
        name = first.name.value
        if len(nodes) > 1:
            self._check_alike(key, nodes)
        if name == "__typename":
            return Pick(key, name)
        declared = parent.fields[name]
        arguments = {
            argument.name.value: given
            for argument in first.arguments or ()
            if (given := self._given(argument.value, declared.args[argument.name.value].type)) is not None
        }
        kind = get_named_type(declared.type)
        if not is_composite_type(kind):
            return Pick(key, name, arguments)
        concrete: Any = self._schema.get_possible_types(kind) if is_abstract_type(kind) else (kind,)
        sets = [node.selection_set.selections for node in nodes if node.selection_set]
        return Pick(key, name, arguments, {one.name: self._picks(sets, one) for one in concrete})

    def _check_alike(self, key: str, nodes: list[FieldNode]) -> None:
        # Takes the place of the validator's rule, which compares every pair of fields.
        first = nodes[0]
        for other in nodes[1:]:
            if other.name.value != first.name.value or _arguments(other) != _arguments(first):
                raise GraphQLError(
                    f"Fields `{key}` conflict: they differ in name or arguments. Give one of them another alias.", nodes
                )

    def _given(self, node: ValueNode, kind: Any) -> Given | None:
        """Return an argument's value; None when it is a variable that was not given."""
        if isinstance(node, VariableNode):
            name = node.name.value
            return Var(name, (), self._variables[name]) if name in self._variables else None
        if not _has_variable(node):
            return Const(self._literal(node, kind))
        inner = kind.of_type if hasattr(kind, "of_type") and str(kind).endswith("!") else kind
        if isinstance(node, ListValueNode):
            of = inner.of_type if hasattr(inner, "of_type") else inner
            return [given for value in node.values if (given := self._given(value, of)) is not None]
        assert isinstance(node, ObjectValueNode)
        return {
            field.name.value: given
            for field in node.fields
            if (given := self._given(field.value, inner.fields[field.name.value].type)) is not None
        }

    def _literal(self, node: ValueNode, kind: Any) -> Any:
        if isinstance(node, EnumValueNode):
            return node.value
        return value_from_ast(node, kind)


def _arguments(node: FieldNode) -> list[str]:
    return sorted(print_ast(argument) for argument in node.arguments or ())


def _has_variable(node: ValueNode) -> bool:
    if isinstance(node, VariableNode):
        return True
    if isinstance(node, ListValueNode):
        return any(_has_variable(value) for value in node.values)
    return isinstance(node, ObjectValueNode) and any(_has_variable(field.value) for field in node.fields)
