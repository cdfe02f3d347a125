"""The filters of lists: an input for each entity, made of tests on its fields and on what it is tied to."""

from __future__ import annotations

import strawberry
from madang_graph.reading.declare import NODE, Entity, Field, Many, One, Test
from madang_graph.reading.types import Scalar, Value, Words
from madang_server.api.registry import add_type, annotation_of, attribute, made

_ORDERED = (Scalar.INT, Scalar.FLOAT, Scalar.DATE, Scalar.INSTANT, Scalar.WON)


def _filter_of(declared: Field) -> str:
    kind = declared.type
    assert not isinstance(kind, Value)
    inner = annotation_of(kind, nullable=False, many=False)
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


def _test_of(test: Test) -> str:
    inner = annotation_of(test.words, nullable=False, many=False)
    name = f"{test.words.name}ForFilter"
    if name not in made:
        _input(name, test.description, {test.of: "strawberry.ID", "eq": inner, "in": f"list[{inner}]"})
    return name


def _input(name: str, description: str, members: dict[str, str]) -> str:
    if name not in made:
        fields = {
            attribute(member): (
                f"Optional[{annotation}]",
                strawberry.field(name=member, default=strawberry.UNSET, description=_TESTS.get(member)),
            )
            for member, annotation in members.items()
        }
        add_type(name, description, fields, make=strawberry.input)
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
    "for": "The organisation, one's own; without it, any of one's own.",
    "search": "All of these words occur in its names and texts.",
}


def where_type(target: Entity, edge: Many | None = None) -> str:
    own = [field for field in (edge.edge_fields if edge else ()) if field.filter]
    name = f"{edge.edge if edge and own else target.name}Where"
    if name in made:
        return name
    members = {"and": f"list[{name}]", "or": f"list[{name}]", "not": name} if not own else {}
    if target.node.search:
        members["search"] = "str"
    members |= {test.name: _test_of(test) for test in target.tests}
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
