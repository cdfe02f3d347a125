"""What a mutation gives back is read like everything else: by the compiler, from the selection below its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLNonNull, GraphQLObjectType, GraphQLSchema
from madang_graph.reading.types import Value
from madang_graph.subjects.eligibility import ELIGIBILITY
from madang_server.api.selections import Selector

VALUES: Mapping[str, Value] = {ELIGIBILITY.name: ELIGIBILITY}
"""Values that mutations answer with."""


async def read_payload(info: Any, type_name: str, entity_id: str) -> Any:
    """Return the entity as far as the selection below the current field asks for it.

    Returns: a dict with the keys of the answer, which the fields of the read types take as they are.
    """
    raw = info._raw_info
    # Strawberry hands plain values on where graphql-core 3.3 keeps them with their sources.
    values = raw.variable_values
    variables: dict[str, Any] = dict(values if isinstance(values, dict) else values.coerced)
    picks = Selector(raw.schema, raw.fragments, variables).of_field(raw.field_nodes, type_name)
    context = info.context
    return await context.api.read_entity(type_name, entity_id, picks, variables, context.viewer)


def read_values(info: Any, type_name: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return values as far as the selection below the current field asks for them, by the keys of the answer."""
    raw = info._raw_info
    given = raw.variable_values
    variables: dict[str, Any] = dict(given if isinstance(given, dict) else given.coerced)
    picks = Selector(raw.schema, raw.fragments, variables).of_field(raw.field_nodes, type_name)
    context = info.context
    read = context.api.plans.compiler.compile_value(VALUES[type_name], picks)
    return [read(value, variables, context.viewer.language) for value in values]


def _taken(source: dict[str, Any], info: Any, **_arguments: Any) -> Any:
    return source[info.path.key]


def take_from_answers(schema: GraphQLSchema, payload_types: frozenset[str]) -> None:
    """Let the fields of all read types take their value from a compiled answer, by its key in the answer.

    Args: payload_types: object types that mutations make themselves; their fields keep their resolvers.
    """
    for name, kind in schema.type_map.items():
        if not isinstance(kind, GraphQLObjectType) or name.startswith("__") or name in payload_types:
            continue
        kind.is_type_of = None
        for declared in kind.fields.values():
            declared.resolve = _taken


def payload_type_names(schema: GraphQLSchema) -> frozenset[str]:
    """Return the names of the mutation type, of every member of the unions that its fields return, and of what the
    errors among them hold."""
    mutation = schema.mutation_type
    if mutation is None:
        return frozenset()
    names = {mutation.name, "FieldProblem"}
    for declared in mutation.fields.values():
        kind = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
        names |= {member.name for member in getattr(kind, "types", ())} or {getattr(kind, "name", "")}
    return frozenset(names)
