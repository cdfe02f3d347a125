"""The API's types, made from the read model of `graph`: objects, connections, filters, orders, and Query itself.

Nothing here has a resolver that runs: reads are compiled. The classes exist so that Strawberry knows the schema; they
are attributes of this module so that string annotations, which may refer to each other in cycles, resolve.
"""

from __future__ import annotations

import enum
import inspect
import keyword
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NewType, Optional  # noqa: F401 — the string annotations read them

import strawberry
from madang_graph.reading.declare import NODE, Argument, Entity, Field, Many, One
from madang_graph.reading.lists import sorts_of
from madang_graph.reading.types import FieldType, Scalar, Value, ValueField, Words
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import MANYS, ONES

__all__ = ["SCALARS", "Query", "all_types"]

_BY_NAME = {entity.name: entity for entity in ENTITIES}
_made: dict[str, type] = {}

Date = NewType("Date", str)
Instant = NewType("Instant", str)
Won = NewType("Won", int)
GeoJSON = NewType("GeoJSON", object)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"Expected ISO text, got {value!r}.")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise ValueError(f"Expected a whole number of won, got {value!r}.")
    return value


SCALARS: dict[object, Any] = {
    Date: strawberry.scalar(name="Date", description="A date, YYYY-MM-DD.", serialize=lambda v: v, parse_value=_text),
    Instant: strawberry.scalar(
        name="Instant", description="An instant in UTC, YYYY-MM-DDTHH:MM:SSZ.", serialize=lambda v: v, parse_value=_text
    ),
    Won: strawberry.scalar(
        name="Won", description="An amount in whole won, up to 64 bit.", serialize=lambda v: v, parse_value=_whole
    ),
    GeoJSON: strawberry.scalar(name="GeoJSON", description="A GeoJSON geometry, WGS84.", serialize=lambda v: v),
}

_PYTHON = {
    Scalar.ID: "strawberry.ID",
    Scalar.STRING: "str",
    Scalar.INT: "int",
    Scalar.FLOAT: "float",
    Scalar.BOOLEAN: "bool",
    Scalar.DATE: "Date",
    Scalar.INSTANT: "Instant",
    Scalar.WON: "Won",
    Scalar.GEOJSON: "GeoJSON",
}
_ORDERED = (Scalar.INT, Scalar.FLOAT, Scalar.DATE, Scalar.INSTANT, Scalar.WON)


def _keep(name: str, made: type) -> type:
    _made[name] = made
    globals()[name] = made
    return made


def _attribute(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _enum(name: str, words: Iterable[str], description: str) -> str:
    if name not in _made:
        made = enum.Enum(name, {word: word for word in words}, type=str, module=__name__)
        _keep(name, strawberry.enum(made, description=description))
    return name


def _object(
    name: str, description: str, members: dict[str, tuple[str, Any]], bases: tuple[type, ...] = (), make: Any = None
) -> str:
    namespace: dict[str, Any] = {"__module__": __name__, "__annotations__": {}}
    for member, (annotation, field) in members.items():
        if annotation:
            namespace["__annotations__"][member] = annotation
        namespace[member] = field
    plain = type(name, bases, namespace)
    _keep(name, (make or strawberry.type)(plain, name=name, description=description))
    return name


def _annotation(kind: FieldType, *, nullable: bool, many: bool) -> str:
    if isinstance(kind, Words):
        inner = _enum(kind.name, kind.shown.values(), kind.description)
    elif isinstance(kind, Value):
        inner = _value(kind)
    else:
        inner = _PYTHON[kind]
    outer = f"list[{inner}]" if many else inner
    return f"Optional[{outer}]" if nullable else outer


def _never(*_arguments: Any, **_named: Any) -> Any:
    raise AssertionError("Reads are compiled; no resolver of a read runs.")


def _stub(annotation: str, arguments: list[inspect.Parameter]) -> Callable[..., Any]:
    """Return a function that has the arguments and type of a field, and that nobody calls."""

    def stub(*given: Any, **named: Any) -> Any:
        return _never(*given, **named)

    stub.__signature__ = inspect.Signature(arguments, return_annotation=annotation)  # type: ignore[attr-defined]
    stub.__annotations__ = {"return": annotation, **{a.name: a.annotation for a in arguments}}
    stub.__module__ = __name__
    return stub


def _parameter(name: str, annotation: str, description: str, default: Any) -> inspect.Parameter:
    declared = f"Annotated[{annotation}, strawberry.argument(name={name!r}, description={description!r})]"
    return inspect.Parameter(_attribute(name), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=declared)


def _declared_parameter(argument: Argument) -> inspect.Parameter:
    annotation = _annotation(argument.type, nullable=not argument.required, many=False)
    if argument.required:
        default = inspect.Parameter.empty
    else:
        default = strawberry.UNSET if argument.default is None else argument.default
    return _parameter(argument.name, annotation, argument.description, default)


def _member(name: str, annotation: str, description: str, arguments: list[inspect.Parameter]) -> tuple[str, Any]:
    if not arguments:
        return annotation, strawberry.field(name=name, description=description)
    return "", strawberry.field(name=name, description=description, resolver=_stub(annotation, arguments))


def _leaf(declared: Field) -> tuple[str, Any]:
    annotation = _annotation(declared.type, nullable=declared.nullable or bool(declared.visible), many=declared.many)
    arguments = [_declared_parameter(argument) for argument in declared.arguments]
    return _member(declared.name, annotation, declared.description, arguments)


def _value(kind: Value) -> str:
    if kind.name not in _made:
        members = {field.name: _value_member(field) for field in kind.fields}
        _object(kind.name, kind.description, members)
    return kind.name


def _value_member(declared: ValueField) -> tuple[str, Any]:
    annotation = _annotation(declared.type, nullable=declared.nullable, many=False)
    arguments: list[inspect.Parameter] = []
    if declared.localised:
        language = _enum("Language", ("KO", "EN"), "A language of the platform.")
        note = "Language wanted; without it, that of the request."
        arguments.append(_parameter("language", f"Optional[{language}]", note, strawberry.UNSET))
    return _member(declared.name, annotation, declared.description, arguments)


# Filters


def _filter_of(declared: Field) -> str:
    kind = declared.type
    assert not isinstance(kind, Value)
    inner = _annotation(kind, nullable=False, many=False)
    stem = kind.name if isinstance(kind, Words) else kind.value
    if declared.many:
        return _input(f"{stem}ListFilter", f"Tests on a list of {stem}.", {"has": inner, "hasAny": f"list[{inner}]"})
    tests = {"eq": inner}
    if kind is not Scalar.BOOLEAN:
        tests["in"] = f"list[{inner}]"
    if kind in _ORDERED:
        tests |= {"lt": inner, "lte": inner, "gt": inner, "gte": inner}
    if kind is Scalar.STRING:
        tests |= {"contains": inner, "startsWith": inner}
    return _input(f"{stem}Filter", f"Tests on a {stem}; all that are given must hold.", tests)


def _input(name: str, description: str, members: dict[str, str]) -> str:
    if name not in _made:
        fields = {
            _attribute(member): (
                f"Optional[{annotation}]",
                strawberry.field(name=member, default=strawberry.UNSET, description=_TESTS.get(member)),
            )
            for member, annotation in members.items()
        }
        _object(name, description, fields, make=strawberry.input)
    return name


_TESTS = {
    "eq": "Equal to.",
    "in": "One of; at most 100.",
    "lt": "Less than.",
    "lte": "Less than or equal to.",
    "gt": "Greater than.",
    "gte": "Greater than or equal to.",
    "contains": "Contains this text, without regard to case.",
    "startsWith": "Starts with this text, without regard to case.",
    "has": "Holds this.",
    "hasAny": "Holds one of these.",
    "and": "All of these hold.",
    "or": "One of these holds.",
    "not": "This does not hold.",
    "some": "One of the list is so.",
    "none": "None of the list is so.",
    "search": "All of these words occur in its names and texts.",
}


def _where(target: Entity, edge: Many | None = None) -> str:
    own = [field for field in (edge.edge_fields if edge else ()) if field.filter]
    name = f"{edge.edge if edge and own else target.name}Where"
    if name in _made:
        return name
    members = {"and": f"list[{name}]", "or": f"list[{name}]", "not": name} if not own else {}
    if target.node.search:
        members["search"] = "str"
    members |= {field.name: _filter_of(field) for field in (*target.fields, *own) if field.filter}
    for declared in target.edges:
        if declared.filter and declared.target != NODE:
            inner = f"{declared.target}Where"
            members[declared.name] = inner if isinstance(declared, One) else _some_or_none(declared.target)
    return _input(name, f"Which {target.name} to take; all that is given must hold.", members)


def _some_or_none(target: str) -> str:
    return _input(
        f"{target}ListWhere", f"Tests on a list of {target}.", {"some": f"{target}Where", "none": f"{target}Where"}
    )


# Connections


def _sort(edge: Many, stem: str, target: Entity | None) -> str:
    names = [f"{sort.name}_{direction}" for sort in sorts_of(edge, target) for direction in ("ASC", "DESC")]
    return _enum(f"{stem}Sort", names, f"Orders of {stem}; missing values come last.")


def _many(edge: Many) -> tuple[str, Any]:
    arguments = [_declared_parameter(argument) for argument in edge.arguments]
    note = f"How many to return, 0 to {edge.most}."
    arguments.append(_parameter("first", "Optional[int]", note, edge.first))
    if edge.plain:
        annotation = f"list[{_plain_item(edge)}]"
        return "", strawberry.field(name=edge.name, description=edge.description, resolver=_stub(annotation, arguments))
    target = None if edge.target == NODE else _BY_NAME[edge.target]
    stem = edge.edge or edge.target
    note = "Return what comes after this cursor."
    arguments.append(_parameter("after", "Optional[str]", note, strawberry.UNSET))
    if target is not None:
        where = _where(target, edge)
        arguments.append(_parameter("where", f"Optional[{where}]", "Which to take.", strawberry.UNSET))
    sort = _sort(edge, stem, target)
    arguments.append(_parameter("sort", f"Optional[{sort}]", "In which order.", strawberry.UNSET))
    stub = _stub(_connection(edge, stem), arguments)
    return "", strawberry.field(name=edge.name, description=edge.description, resolver=stub)


def _plain_item(edge: Many) -> str:
    if edge.edge not in _made:
        members = {field.name: _leaf(field) for field in edge.edge_fields}
        members[edge.node_name] = (edge.target, strawberry.field(name=edge.node_name, description="What stands there."))
        _object(edge.edge, edge.description, members)
    return edge.edge


def _connection(edge: Many, stem: str) -> str:
    name = f"{stem}Connection"
    if name in _made:
        return name
    members = {field.name: _leaf(field) for field in edge.edge_fields}
    members["node"] = (edge.target, strawberry.field(name="node", description="What the edge leads to."))
    members["cursor"] = (
        "str",
        strawberry.field(name="cursor", description="Where the page may go on: give it as `after`."),
    )
    _object(f"{stem}Edge", f"One entry of a list of {stem}.", members)
    _object(
        name,
        f"A page of a list of {stem}.",
        {
            "edges": (f"list[{stem}Edge]", strawberry.field(name="edges", description="The entries of the page.")),
            "nodes": (f"list[{edge.target}]", strawberry.field(name="nodes", description="The nodes of the page.")),
            "pageInfo": ("PageInfo", strawberry.field(name="pageInfo", description="Whether there is more.")),
            "totalCount": ("int", strawberry.field(name="totalCount", description="How many there are in all.")),
        },
    )
    return name


def _one(edge: One) -> tuple[str, Any]:
    return f"Optional[{edge.target}]", strawberry.field(name=edge.name, description=edge.description)


def _entity(entity: Entity) -> None:
    members = {field.name: _leaf(field) for field in entity.fields}
    for edge in entity.edges:
        members[edge.name] = _one(edge) if isinstance(edge, One) else _many(edge)
    bases: tuple[type, ...] = ()
    if entity.is_node:
        del members["id"]
        bases = (_made["Node"],)
    _object(entity.name, entity.description, members, bases)


def _query() -> str:
    members: dict[str, tuple[str, Any]] = {}
    for root in ONES:
        arguments = [_declared_parameter(argument) for argument in root.arguments]
        members[root.name] = _member(root.name, f"Optional[{root.target}]", root.description, arguments)
    ids = _parameter("ids", "list[strawberry.ID]", "Public ids, at most 100.", inspect.Parameter.empty)
    note = "The nodes with these ids, in that order; null for those that the viewer may not see."
    members["nodes"] = _member("nodes", f"list[Optional[{NODE}]]", note, [ids])
    members |= {edge.name: _many(edge) for edge in MANYS}
    return _object("Query", "What can be read.", members)


def _build() -> None:
    identity = ("strawberry.ID", strawberry.field(name="id", description="Public id, typed and stable."))
    _object(NODE, "Anything with a public id.", {"id": identity}, make=strawberry.interface)
    _object(
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
    for entity in ENTITIES:
        _where(entity)
    for entity in ENTITIES:
        _entity(entity)
    _query()


_build()


def all_types() -> list[type]:
    """Return every object type, so that those reached only through an interface are in the schema."""
    return [_made[entity.name] for entity in ENTITIES]


def by_name() -> dict[str, Any]:
    """Return every type and scalar by its name, for the inputs and payloads of mutations."""
    return {**_made, "Date": Date, "Instant": Instant, "Won": Won, "GeoJSON": GeoJSON}


Query = _made["Query"]
