"""Constraints and indexes, derived from the vocabulary and applied so that a second run changes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, LiteralString, cast

from madang_graph.model import NODES, RELATIONSHIPS, Kind

if TYPE_CHECKING:
    from madang_graph.client import Graph

VECTOR_DIMENSIONS = 512

# Lookups and orders that pages and jobs ask for, beside the unique keys.
_RANGE_INDEXES: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("Organisation", "name_key"),
    ("Organisation", "kind"),
    ("Organisation", "industry_code"),
    ("Organisation", "employees"),
    ("Organisation", "founded_on"),
    ("Programme", "name_key"),
    ("Call", "name_key"),
    ("Call", "closes_at"),
    ("Call", "opens_at"),
    ("Space", "name_key"),
    ("District", "name_key"),
    ("District", "code"),
    ("Technology", "name_key"),
    ("Technology", "code"),
    ("Industry", "name_key"),
    ("Industry", "code"),
    ("Project", "name_key"),
    ("Need", "posted_at"),
    ("Introduction", "expires_at"),
    ("Judgement", "said_at"),
    ("Session", "expires_at"),
    ("Outbox", "created_at"),
    ("Audit", "at"),
)

SUGGESTED: tuple[str, ...] = tuple(node.label for node in NODES if node.search and "name_starts" in node.properties)
"""Labels of the things that are suggested by their names."""

_EMAIL: LiteralString = "CREATE CONSTRAINT person_email IF NOT EXISTS FOR (n:Person) REQUIRE n.email IS UNIQUE"


def schema_statements() -> list[LiteralString]:
    """Return every CREATE … IF NOT EXISTS of the schema, in the order in which to run them."""
    statements: list[LiteralString] = [_unique(node.label, node.key) for node in NODES]
    statements.append(_EMAIL)
    statements.append(_fulltext([node.label for node in NODES if node.search]))
    statements.append(_name_starts(SUGGESTED))
    for node in NODES:
        for name, prop in node.properties.items():
            if prop.kind is Kind.VECTOR:
                statements.append(_vector(node.label, name))
            elif prop.kind is Kind.POINT:
                statements.append(_point(node.label, name))
    statements.extend(_range(label, name) for label, name in _RANGE_INDEXES)
    return statements


# A statement that names a type or property which no node has yet is planned anew when the first one appears. That took
# up to three seconds, which the first visitor after the first dismissed call or introduction had to wait.
NAME_RELATIONSHIPS: LiteralString = "UNWIND $names AS name CALL db.createRelationshipType(name)"
NAME_PROPERTIES: LiteralString = "UNWIND $names AS name CALL db.createProperty(name)"


async def apply_schema(graph: Graph) -> None:
    """Create what is missing of names, constraints and indexes, and wait until the indexes answer."""
    types = {part for each in RELATIONSHIPS for part in re.findall(r"\[:(\w+)\]", each.pattern)}
    properties = {name for each in (*NODES, *RELATIONSHIPS) for name in each.properties}
    await graph.run_alone(NAME_RELATIONSHIPS, {"names": sorted(types)})
    await graph.run_alone(NAME_PROPERTIES, {"names": sorted(properties)})
    for statement in schema_statements():
        await graph.run_alone(statement)
    await graph.run_alone("CALL db.awaitIndexes(120)")


# The names below are labels and properties of the vocabulary, so the text is as literal as they are.
def _unique(label: str, key: str) -> LiteralString:
    name = f"{_snake(label)}_{key}"
    return cast("LiteralString", f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE")


def _range(label: str, key: str) -> LiteralString:
    name = f"{_snake(label)}_{key}"
    return cast("LiteralString", f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})")


def _point(label: str, key: str) -> LiteralString:
    name = f"{_snake(label)}_{key}"
    return cast("LiteralString", f"CREATE POINT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})")


def _fulltext(labels: list[str]) -> LiteralString:
    return cast(
        "LiteralString",
        f"CREATE FULLTEXT INDEX named IF NOT EXISTS FOR (n:{'|'.join(labels)}) ON EACH [n.search_text] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}",
    )


def _name_starts(labels: tuple[str, ...]) -> LiteralString:
    # The text is folded and cut into its parts already; the analyzer only has to part it at spaces.
    return cast(
        "LiteralString",
        f"CREATE FULLTEXT INDEX name_starts IF NOT EXISTS FOR (n:{'|'.join(labels)}) ON EACH [n.name_starts] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
    )


def _vector(label: str, key: str) -> LiteralString:
    name = f"{_snake(label)}_text"
    options = f"`vector.dimensions`: {VECTOR_DIMENSIONS}, `vector.similarity_function`: 'cosine'"
    return cast(
        "LiteralString",
        f"CREATE VECTOR INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key}) OPTIONS {{indexConfig: {{{options}}}}}",
    )


def _snake(label: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in label).lstrip("_")
