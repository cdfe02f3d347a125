"""What the oracle answers with: nodes, entries, pages, values; cursors opened, enums as the schema writes them."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLEnumType, GraphQLInterfaceType, GraphQLSchema, build_schema, get_named_type

from tests.oracle.filters import Word


@dataclass(frozen=True)
class Ref:
    """A node as one of its types."""

    type: str
    id: str


@dataclass(frozen=True)
class Entry:
    """An entry of a list: the far node, what the tie says, and its sort value."""

    ref: Ref
    tie: dict[str, Any]
    sort: Any


@dataclass(frozen=True)
class Page:
    entries: list[Entry]
    everyone: list[Entry]
    more: bool


@dataclass(frozen=True)
class Said:
    """A value without identity."""

    fields: dict[str, Any]


def cursor(entry: Entry) -> str:
    return "cursor:" + json.dumps([entry.sort, entry.ref.id], ensure_ascii=False)


def without_seals(expected: Any, actual: Any) -> Any:
    """Return the actual answer with each cursor opened, where the oracle has a cursor."""
    if isinstance(expected, str) and expected.startswith("cursor:") and isinstance(actual, str):
        raw = base64.urlsafe_b64decode(actual + "=" * (-len(actual) % 4))
        return "cursor:" + json.dumps(json.loads(raw[9:]), ensure_ascii=False)
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {k: without_seals(expected.get(k), v) for k, v in actual.items()}
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [without_seals(e, a) for e, a in zip(expected, actual, strict=True)]
    return actual


def shown(value: Any, info: Any) -> Any:
    if isinstance(get_named_type(info.return_type), GraphQLEnumType):
        if isinstance(value, list):
            return [one.upper() for one in value]
        return None if value is None else value.upper()
    return value


def marked(value: Any, info: Any, name: str) -> Any:
    """Mark enum values inside `where`, so that the filters know them from texts."""
    declared = info.parent_type.fields[info.field_name].args[name].type
    return _mark(value, declared)


def _mark(value: Any, declared: Any) -> Any:
    kind = get_named_type(declared)
    if value is None:
        return None
    if isinstance(value, list):
        return [_mark(one, kind) for one in value]
    if isinstance(value, dict):
        return {k: _mark(v, kind.fields[k].type) for k, v in value.items()}
    return Word(value) if isinstance(kind, GraphQLEnumType) else value


def oracle_schema(sdl: str) -> GraphQLSchema:
    """Return the committed schema, with nothing behind it but the oracle's resolvers."""
    schema = build_schema(sdl)
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = None
    return schema
