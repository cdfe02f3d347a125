"""The API's types, made from the read model of `graph`: objects, connections, filters, orders, and Query itself.

Nothing here has a resolver that runs: reads are compiled. The classes exist so that Strawberry knows the schema.
"""

from __future__ import annotations

import inspect
from typing import Any

import strawberry
from madang_graph.reading.declare import NODE, Entity, Field, Many, One
from madang_graph.reading.lists import sorts_of
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_server.api.filters import where_type
from madang_server.api.registry import (
    SCALARS,
    Date,
    GeoJSON,
    Instant,
    Won,
    add_type,
    annotation_of,
    declared_parameter,
    made,
    member,
    parameter,
    unresolved,
    word_type,
)

__all__ = ["SCALARS", "Query", "all_types", "by_name"]

_BY_NAME = {entity.name: entity for entity in ENTITIES}


def _leaf(declared: Field) -> tuple[str, Any]:
    annotation = annotation_of(declared.type, nullable=declared.nullable or bool(declared.visible), many=declared.many)
    arguments = [declared_parameter(argument) for argument in declared.arguments]
    return member(declared.name, annotation, declared.description, arguments)


def _sort(edge: Many, stem: str, target: Entity | None) -> str:
    names = [f"{sort.name}_{direction}" for sort in sorts_of(edge, target) for direction in ("ASC", "DESC")]
    return word_type(f"{stem}Sort", names, f"Orders of {stem}; missing values come last.")


def _many(edge: Many) -> tuple[str, Any]:
    arguments = [declared_parameter(argument) for argument in edge.arguments]
    note = f"How many to return, 0 to {edge.most}."
    arguments.append(parameter("first", "Optional[int]", note, edge.first))
    if edge.plain:
        annotation = f"list[{_plain_item(edge)}]"
        return "", strawberry.field(
            name=edge.name, description=edge.description, resolver=unresolved(annotation, arguments)
        )
    target = None if edge.target == NODE else _BY_NAME[edge.target]
    stem = edge.edge or edge.target
    note = "Return what comes after this cursor."
    arguments.append(parameter("after", "Optional[str]", note, strawberry.UNSET))
    if target is not None:
        where = where_type(target, edge)
        arguments.append(parameter("where", f"Optional[{where}]", "Which to take.", strawberry.UNSET))
    sort = _sort(edge, stem, target)
    arguments.append(parameter("sort", f"Optional[{sort}]", "In which order.", strawberry.UNSET))
    stub = unresolved(_connection(edge, stem), arguments)
    return "", strawberry.field(name=edge.name, description=edge.description, resolver=stub)


def _plain_item(edge: Many) -> str:
    if edge.edge not in made:
        members = {field.name: _leaf(field) for field in edge.edge_fields}
        members[edge.node_name] = (edge.target, strawberry.field(name=edge.node_name, description="What stands there."))
        add_type(edge.edge, edge.description, members)
    return edge.edge


def _connection(edge: Many, stem: str) -> str:
    name = f"{stem}Connection"
    if name in made:
        return name
    target = None if edge.target == NODE else _BY_NAME[edge.target]
    members = {field.name: _leaf(field) for field in edge.edge_fields}
    members["node"] = (edge.target, strawberry.field(name="node", description="What the edge leads to."))
    members["cursor"] = (
        "str",
        strawberry.field(name="cursor", description="Where the page may go on: give it as `after`."),
    )
    add_type(f"{stem}Edge", f"One entry of a list of {stem}.", members)
    counts = {"counts": _counts(target)} if target is not None and target.facets and not edge.edge else {}
    add_type(
        name,
        f"A page of a list of {stem}.",
        {
            "edges": (f"list[{stem}Edge]", strawberry.field(name="edges", description="The entries of the page.")),
            "nodes": (f"list[{edge.target}]", strawberry.field(name="nodes", description="The nodes of the page.")),
            "pageInfo": ("PageInfo", strawberry.field(name="pageInfo", description="Whether there is more.")),
            "totalCount": ("int", strawberry.field(name="totalCount", description="How many there are in all.")),
            **counts,
        },
    )
    return name


def _counts(target: Entity) -> tuple[str, Any]:
    notes = " ".join(f"{facet.name}: {facet.description}" for facet in target.facets)
    by = word_type(f"{target.name}Facet", [facet.name for facet in target.facets], f"What to count by. {notes}")
    note = "How many of all there are for each value that occurs, in the order of the values."
    given = parameter("by", by, "Which values to count.", inspect.Parameter.empty)
    return member("counts", "list[FacetCount]", note, [given])


def _one(edge: One) -> tuple[str, Any]:
    return f"Optional[{edge.target}]", strawberry.field(name=edge.name, description=edge.description)


def _entity(entity: Entity) -> None:
    members = {field.name: _leaf(field) for field in entity.fields}
    for edge in entity.edges:
        members[edge.name] = _one(edge) if isinstance(edge, One) else _many(edge)
    bases: tuple[type, ...] = ()
    if entity.is_node:
        del members["id"]
        bases = (made["Node"],)
    add_type(entity.name, entity.description, members, bases)


def _query() -> str:
    members: dict[str, tuple[str, Any]] = {}
    for root in ONES:
        arguments = [declared_parameter(argument) for argument in root.arguments]
        members[root.name] = member(root.name, f"Optional[{root.target}]", root.description, arguments)
    ids = parameter("ids", "list[strawberry.ID]", "Public ids, at most 100.", inspect.Parameter.empty)
    note = "The nodes with these ids, in that order; null for those that the viewer may not see."
    members["nodes"] = member("nodes", f"list[Optional[{NODE}]]", note, [ids])
    members |= {edge.name: _many(edge) for edge in MANYS}
    members |= {leaf.name: _leaf(leaf) for leaf in LEAVES}
    return add_type("Query", "What can be read.", members)


def _build() -> None:
    identity = ("strawberry.ID", strawberry.field(name="id", description="Public id, typed and stable."))
    add_type(NODE, "Anything with a public id.", {"id": identity}, make=strawberry.interface)
    add_type(
        "PageInfo",
        "Whether there is more of a list.",
        {
            "hasNextPage": ("bool", strawberry.field(name="hasNextPage", description="There are entries after it.")),
            "hasPreviousPage": (
                "bool",
                strawberry.field(name="hasPreviousPage", description="The page was asked for by a cursor."),
            ),
            "startCursor": ("Optional[str]", strawberry.field(name="startCursor", description="Of the first entry.")),
            "endCursor": ("Optional[str]", strawberry.field(name="endCursor", description="Of the last entry.")),
        },
    )
    add_type(
        "FacetCount",
        "How many of a list there are for one value.",
        {
            "value": ("str", strawberry.field(name="value", description="The value as filters take it.")),
            "count": ("int", strawberry.field(name="count", description="How many have it.")),
        },
    )
    for entity in ENTITIES:
        where_type(entity)
    for entity in ENTITIES:
        _entity(entity)
    _query()


_build()


def all_types() -> list[type]:
    """Return every object type, so that those reached only through an interface are in the schema."""
    return [made[entity.name] for entity in ENTITIES]


def by_name() -> dict[str, Any]:
    """Return every type and scalar by its name, for the inputs and payloads of mutations."""
    return {**made, "Date": Date, "Instant": Instant, "Won": Won, "GeoJSON": GeoJSON}


Query = made["Query"]
