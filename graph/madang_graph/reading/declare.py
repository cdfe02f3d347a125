"""How a subject declares what can be read of it: fields, edges, filters, sorts, and who may see what.

Cypher fragments name the node `{n}`, the far node of an edge `{m}` and the relationship `{r}`; the compiler puts its
own variables there. A predicate is a fragment that is true for those who may see. Nothing else may be put into a
statement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, LiteralString

from madang_graph.model.declare import Kind, Node, Property, Relationship
from madang_graph.reading.types import FieldType, Scalar, Words

Predicate = LiteralString
EVERYONE: Predicate = ""

Compute = Callable[[Any, dict[str, Any]], Any]
"""(stored value, arguments with `language` filled in) → JSON value. Pure."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field, which the field's fragment reads as the parameter `$a_<name>`."""

    name: str
    type: Scalar | Words
    description: str
    default: Any = None
    required: bool = False
    enter: str = ""
    """Name of a function over the given value that the API hands to the compiler; empty: the value as it is."""
    most: int | None = None
    """Greatest value of an Int; smaller than 0 is refused as well."""
    many: bool = False
    """True: a list of the type, of which the fragment sees the set: a map with each member as a key."""


@dataclass(frozen=True, slots=True)
class Field:
    """A leaf: a scalar, word, or value, or a list of these."""

    name: str
    type: FieldType
    cypher: LiteralString
    description: str
    visible: Predicate = EVERYONE
    nullable: bool = True
    many: bool = False
    arguments: tuple[Argument, ...] = ()
    compute: Compute | str | None = None
    """A pure function over the stored value, or the name of one that the API hands to the compiler."""
    prepare: str = ""
    """As that of a `Many`."""
    localised: bool = False
    """The statement brings the Korean and the English text; which of them is shown is chosen where it is read. To
    choose in the statement takes Neo4j twice as long to plan."""
    filter: bool = False
    cost: int = 0
    """Items counted by the guard when the field is a list without `first`."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: its name without direction, its key, and whether the key can be missing (then last)."""

    name: str
    cypher: LiteralString
    nullable: bool = False
    descending: bool = False
    """Direction of the default; both directions are offered."""


@dataclass(frozen=True, slots=True)
class One:
    """An edge to at most one node."""

    name: str
    target: str
    pattern: LiteralString
    description: str
    visible: Predicate = EVERYONE
    filter: bool = True


@dataclass(frozen=True, slots=True)
class Many:
    """An edge to a list: a Relay connection, or, when `plain`, a list of items that hold the node under `node_name`."""

    name: str
    target: str
    pattern: LiteralString
    description: str
    visible: Predicate = EVERYONE
    """Who may see the list at all; others get an empty one."""
    condition: Predicate = ""
    """What else must hold for `{n}`, `{m}`, `{r}`."""
    clause: LiteralString = ""
    """Whole clauses that bind `{m}` and `{r}`, in place of MATCH with the pattern."""
    edge: str = ""
    """Name of the edge's own type, without `Edge`; empty when the edge has no fields."""
    edge_fields: tuple[Field, ...] = ()
    sorts: tuple[Sort, ...] = ()
    """Orders of the edge itself; before those of the target."""
    arguments: tuple[Argument, ...] = ()
    prepare: str = ""
    """Name of a function over all arguments together that the API hands to the compiler; the clause reads what it
    gives as the parameter `$a_prepared`. Empty: each argument is a parameter of its own."""
    plain: bool = False
    node_name: str = "node"
    first: int = 20
    most: int = 100
    filter: bool = True


@dataclass(frozen=True, slots=True)
class Test:
    """A filter that no field has: one of some words, as something else says of the node."""

    name: str
    words: Words
    of: str
    """Name of the id that may be given: who says so."""
    predicate: LiteralString
    """True for those to take; reads `$t_of`, the id or null, and `$t_words`, the stored words."""
    description: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What the nodes of a list can be counted by: a node counts for each of its values."""

    name: str
    """Its word in the API."""
    cypher: LiteralString
    """The values of `{n}`, a list of texts as the filters take them."""
    description: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A type of the API and the label it reads."""

    name: str
    node: Node
    description: str
    fields: tuple[Field, ...]
    edges: tuple[One | Many, ...] = ()
    sorts: tuple[Sort, ...] = ()
    visible: Predicate = EVERYONE
    tests: tuple[Test, ...] = ()
    """Filters besides those of its fields."""
    facets: tuple[Facet, ...] = ()
    """What lists of it can be counted by, beside their filters."""
    is_node: bool = True
    """True: it has a public id that `node(id)` finds."""

    def field(self, name: str) -> Field | One | Many | None:
        return next((f for f in (*self.fields, *self.edges) if f.name == name), None)


@dataclass(frozen=True, slots=True)
class Root:
    """A field of Query that finds one node by clauses that bind `{m}`."""

    name: str
    target: str
    match: LiteralString
    description: str
    arguments: tuple[Argument, ...] = ()


NODE = "Node"
"""Target of fields that may give a node of any type."""


_SCALARS = {
    Kind.TEXT: Scalar.STRING,
    Kind.TEXTS: Scalar.STRING,
    Kind.INT: Scalar.INT,
    Kind.WON: Scalar.WON,
    Kind.FLOAT: Scalar.FLOAT,
    Kind.BOOL: Scalar.BOOLEAN,
    Kind.DATE: Scalar.DATE,
    Kind.INSTANT: Scalar.INSTANT,
}


def camel(snake: str) -> str:
    """Return the API's name of a property, as in `founded_on` → `foundedOn`."""
    head, *rest = snake.split("_")
    return head + "".join(part.capitalize() for part in rest)


def stored(
    holder: Node | Relationship,
    name: LiteralString,
    *,
    visible: Predicate = EVERYONE,
    words: Words | None = None,
    nullable: bool = True,
    filter: bool = False,
    of: LiteralString = "{n}",
) -> Field:
    """Return the field that reads one declared property as it is stored."""
    declared: Property = holder.properties[name]
    many = declared.kind is Kind.TEXTS
    scalar = Scalar.ID if name == "id" else _SCALARS[declared.kind]
    key: LiteralString = of + "." + name
    return Field(
        camel(name),
        words or scalar,
        "coalesce(" + key + ", [])" if many else key,
        declared.description,
        visible=visible,
        nullable=nullable and not many and name != "id",
        many=many,
        filter=filter,
    )


LANGUAGE = Words("Language", ("ko", "en"), "A language of the platform.")
_IN_LANGUAGE = Argument("language", LANGUAGE, "Language wanted; without it, that of the request.")


def localised(holder: Node, stem: LiteralString, description: str, *, nullable: bool = True) -> Field:
    """Return the field that reads `stem_ko` or `stem_en` by language, or the other where it is missing."""
    missing = {f"{stem}_ko", f"{stem}_en"} - holder.properties.keys()
    if missing:
        raise KeyError(*missing)
    ko: LiteralString = "{n}." + stem + "_ko"
    en: LiteralString = "{n}." + stem + "_en"
    return Field(
        camel(stem),
        Scalar.STRING,
        "[" + ko + ", " + en + "]",
        description,
        nullable=nullable,
        arguments=(_IN_LANGUAGE,),
        localised=True,
    )


def boolean(name: str, cypher: LiteralString, description: str, *, filter: bool = False) -> Field:
    """Return a computed yes/no that is never null."""
    return Field(name, Scalar.BOOLEAN, "coalesce(" + cypher + ", false)", description, nullable=False, filter=filter)
