"""Documents that ask for everything: each field of a type, each edge with the ids at its far end."""

from __future__ import annotations

from graphql import GraphQLObjectType, GraphQLOutputType, GraphQLSchema, get_named_type, is_leaf_type

from tests.oracle.edges import EDGES


def _object(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    kind = schema.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind


def _value(kind: GraphQLOutputType) -> str:
    """Select all leaves of a value without identity."""
    named = get_named_type(kind)
    assert isinstance(named, GraphQLObjectType)
    leaves = [name for name, field in named.fields.items() if is_leaf_type(get_named_type(field.type))]
    return "{ " + " ".join(leaves) + " }"


def leaves_of(schema: GraphQLSchema, type_name: str) -> dict[str, str]:
    """Return the selection of each field of a type that leads to no other node."""
    found: dict[str, str] = {}
    for name, field in _object(schema, type_name).fields.items():
        if f"{type_name}.{name}" in EDGES:
            continue
        is_leaf = is_leaf_type(get_named_type(field.type))
        found[name] = name if is_leaf else f"{name} {_value(field.type)}"
    return found


def edges_of(schema: GraphQLSchema, type_name: str) -> dict[str, str]:
    """Return the selection of each edge of a type: ids, what the edge itself says, and how many there are."""
    found: dict[str, str] = {}
    for name, field in _object(schema, type_name).fields.items():
        if f"{type_name}.{name}" not in EDGES:
            continue
        named = get_named_type(field.type)
        if named.name.endswith("Connection"):
            edge = _object(schema, named.name.removesuffix("Connection") + "Edge")
            own = [
                one if is_leaf_type(get_named_type(declared.type)) else f"{one} {_value(declared.type)}"
                for one, declared in edge.fields.items()
                if one not in ("node", "cursor")
            ]
            found[name] = (
                f"{name}(first: 100) {{ totalCount nodes {{ id }} edges {{ cursor node {{ id }} {' '.join(own)} }} "
                "pageInfo { hasNextPage startCursor endCursor } }"
            )
        elif "first" in field.args:
            found[name] = f"{name}(first: 100) {{ organisation {{ id }} position }}"
        else:
            found[name] = f"{name} {{ id }}"
    return found


def ids_in(answer: object) -> set[str]:
    """Return every `id` anywhere in an answer."""
    if isinstance(answer, dict):
        own = {answer["id"]} if isinstance(answer.get("id"), str) else set()
        return own.union(*(ids_in(value) for value in answer.values()))
    if isinstance(answer, list):
        return set().union(*(ids_in(value) for value in answer))
    return set()
