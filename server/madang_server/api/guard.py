"""The guard: one linear look at a document before anything else is done with it.

Limits of the text come first (length, tokens, nesting, definitions, selections), by a scan that costs a tenth of
parsing; then, on the parsed document, depth, aliases, directives, fields and cost, each fragment measured once however
often it is spread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    VariableNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
    value_from_ast_untyped,
)
from madang_graph.reading.parts import MOST_IDS

MOST_CHARACTERS = 15_000
MOST_TOKENS = 2_000
MOST_NESTING = 60
MOST_DEFINITIONS = 50
MOST_SELECTIONS = 250
"""Names outside of arguments: fields, aliases, fragments. Validation costs by these; our largest page has 150."""
MOST_DEPTH = 10
MOST_ALIASES = 15
MOST_DIRECTIVES = 50
MOST_FIELDS = 1_000
"""With every fragment in place: what the compiler and the planner of the graph work on."""
MOST_COST = 10_000
MOST_NEIGHBOURS = 12
MOST_NEIGHBOUR_LEVELS = 4
"""Filters by what something is tied to, in all and within each other: planning them grows with every level, and the
graph's limit of time does not end the planning of a statement."""
MOST_VALUES = 500
"""In the variables of one request, whatever their form: keys of objects and items of lists."""
MOST_VALUE_LEVELS = 20
MOST_INTROSPECTED = 40_000
"""Objects of the schema that an introspection may give, by the sizes below; the usual tools ask for a third of it."""
_SIZES = {"types": 250, "fields": 12, "inputFields": 8, "args": 3, "enumValues": 6, "possibleTypes": 4, "directives": 8}
_DEFAULT_ITEMS = 20
_SHORT_LIST = 10

# Names, numbers, strings and single punctuators, as GraphQL's lexer counts them; comments and commas are none. Nothing
# here steps back over what it has read, and an open string ends with its line or with the text: one linear pass.
_TOKEN = re.compile(
    r'''#[^\n\r]*+|"""(?:[^"\\]|\\"""|\\|"(?!""))*+(?:"""|\Z)|"(?:[^"\\\n]|\\.)*+"?|\.\.\.'''
    r"|[_A-Za-z][_0-9A-Za-z]*+|-?\d[\d.eE+-]*+|[^\s,\ufeff]"
)


_INTROSPECTION = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


class GuardError(Exception):
    """A document is too large in some way; the message says which limit it meets."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"The query has more than {most:,} {what}. Ask for less, or split it.")


def check_text(document: str) -> None:
    """Refuse a text that is too long, has too many parts or nests too deep to be parsed and validated in time."""
    if len(document) > MOST_CHARACTERS:
        raise GuardError("characters", MOST_CHARACTERS)
    tokens = selections = definitions = nesting = rounds = 0
    for match in _TOKEN.finditer(document):
        word = match.group()
        first = word[0]
        if first == "#":
            continue
        tokens += 1
        if first in "{[(":
            if not nesting and first == "{":
                definitions += 1
            nesting += 1
            rounds += first == "("
            if nesting > MOST_NESTING:
                raise GuardError("levels of brackets", MOST_NESTING)
        elif first in "}])":
            nesting -= 1
            rounds -= first == ")"
        elif not rounds and (first.isalpha() or first == "_"):
            selections += 1
        if tokens > MOST_TOKENS:
            raise GuardError("tokens", MOST_TOKENS)
        if selections > MOST_SELECTIONS:
            raise GuardError("fields, aliases and fragments", MOST_SELECTIONS)
        if definitions > MOST_DEFINITIONS:
            raise GuardError("operations and fragments", MOST_DEFINITIONS)


def check_values(given: Mapping[str, Any]) -> None:
    """Refuse variables with too many values or too many levels to be coerced and compiled in time."""
    level: list[Any] = [given]
    values = depth = 0
    while level:
        depth += 1
        if depth > MOST_VALUE_LEVELS:
            raise GuardError("levels in a variable", MOST_VALUE_LEVELS)
        below: list[Any] = []
        for one in level:
            inner = one.values() if isinstance(one, Mapping) else one
            values += len(inner)
            if values > MOST_VALUES:
                raise GuardError("values in the variables", MOST_VALUES)
            below += [value for value in inner if isinstance(value, dict | list)]
        level = below


@dataclass(frozen=True, slots=True)
class _Measure:
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    cost: int = 0
    introspected: int = 0
    neighbours: int = 0
    neighbour_levels: int = 0

    def plus(self, other: _Measure) -> _Measure:
        return _Measure(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
            self.cost + other.cost,
            self.introspected + other.introspected,
            self.neighbours + other.neighbours,
            max(self.neighbour_levels, other.neighbour_levels),
        )


class Guard:
    """Measures the operations of one document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._measured: dict[str, _Measure] = {}
        self._open: set[str] = set()

    def check(self, operation: OperationDefinitionNode) -> None:
        """Refuse an operation over one of the limits. Raises GuardError."""
        root = self._schema.get_root_type(operation.operation)
        measure = self._selections(operation.selection_set, root)
        directives = measure.directives + len(operation.directives or ())
        for what, value, most in (
            ("levels", measure.depth, MOST_DEPTH),
            ("aliases", measure.aliases, MOST_ALIASES),
            ("directives", directives, MOST_DIRECTIVES),
            ("fields, fragments included", measure.fields, MOST_FIELDS),
            ("objects of the schema to read", measure.introspected, MOST_INTROSPECTED),
            ("filters by neighbours", measure.neighbours, MOST_NEIGHBOURS),
            ("filters by neighbours within each other", measure.neighbour_levels, MOST_NEIGHBOUR_LEVELS),
            ("nodes to read, counted from `first`", measure.cost, MOST_COST),
        ):
            if value > most:
                raise GuardError(what, most)

    def _selections(self, selections: SelectionSetNode | None, parent: Any) -> _Measure:
        total = _Measure()
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                total = total.plus(self._field(selection, parent))
            elif isinstance(selection, InlineFragmentNode):
                on = selection.type_condition
                inner = self._schema.get_type(on.name.value) if on else parent
                total = total.plus(self._selections(selection.selection_set, inner))
                total = total.plus(_Measure(directives=len(selection.directives or ())))
            elif isinstance(selection, FragmentSpreadNode):
                total = total.plus(self._fragment(selection.name.value))
                total = total.plus(_Measure(directives=len(selection.directives or ())))
        return total

    def _fragment(self, name: str) -> _Measure:
        known = self._measured.get(name)
        if known is not None:
            return known
        fragment = self._fragments.get(name)
        # A missing or circular fragment is the validator's to report; here it must only not loop.
        if fragment is None or name in self._open:
            return _Measure()
        self._open.add(name)
        measure = self._selections(fragment.selection_set, self._schema.get_type(fragment.type_condition.name.value))
        self._open.discard(name)
        self._measured[name] = measure
        return measure

    def _field(self, field: FieldNode, parent: Any) -> _Measure:
        declared = None
        if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            declared = parent.fields.get(field.name.value) or _INTROSPECTION.get(field.name.value)
        inner = _Measure()
        if field.selection_set:
            inner = self._selections(field.selection_set, get_named_type(declared.type) if declared else None)
        items = self._items(field, declared, parent)
        count, levels = self._filters(field, declared)
        cost = items * (1 + inner.cost) if items else inner.cost
        # The schema refers to itself: the usual introspection is deep, and bounded by what it can give.
        about_schema = field.name.value in ("__schema", "__type")
        return _Measure(
            1 if about_schema else inner.depth + 1,
            inner.aliases + (1 if field.alias else 0),
            inner.directives + len(field.directives or ()),
            inner.fields + 1,
            0 if about_schema else cost,
            inner.introspected + (cost if about_schema else 0),
            inner.neighbours + count,
            max(inner.neighbour_levels, levels),
        )

    def _filters(self, field: FieldNode, declared: Any) -> tuple[int, int]:
        """Return (filters by neighbours in all, how many within each other) of a field's `where`."""
        if declared is None or "where" not in declared.args:
            return 0, 0
        for argument in field.arguments or ():
            if argument.name.value == "where":
                value = value_from_ast_untyped(argument.value, dict(self._variables))
                return _neighbours(declared.args["where"].type, value)
        return 0, 0

    def _items(self, field: FieldNode, declared: Any, parent: Any) -> int:
        """Return how many nodes a field may give: from `first`, from its default, or from the list it is."""
        if parent is not None and parent.name.startswith("__"):
            return _SIZES.get(field.name.value, 0) if field.selection_set else 0
        if parent is None or declared is None or not field.selection_set or _is_page(parent.name):
            return 0  # what stands inside a page was counted by its `first`
        if "first" in declared.args:
            return self._first(field, declared.args["first"].default_value)
        if "ids" in declared.args:
            return MOST_IDS
        kind = declared.type.of_type if is_non_null_type(declared.type) else declared.type
        return _SHORT_LIST if is_list_type(kind) else 1

    def _first(self, field: FieldNode, default: Any) -> int:
        first = default if isinstance(default, int) else _DEFAULT_ITEMS
        for argument in field.arguments or ():
            if argument.name.value == "first":
                if isinstance(argument.value, IntValueNode):
                    first = int(argument.value.value[:9])
                elif isinstance(argument.value, VariableNode):
                    given = self._variables.get(argument.value.name.value)
                    first = given if isinstance(given, int) else first
        return max(first, 0)


def _is_page(type_name: str) -> bool:
    return type_name.endswith(("Connection", "Edge"))


_JOINTS = ("and", "or", "not", "some", "none")


def _neighbours(kind: Any, value: Any) -> tuple[int, int]:
    named = get_named_type(kind)
    if isinstance(value, list):
        each = [_neighbours(named, one) for one in value]
        return sum(count for count, _ in each), max((levels for _, levels in each), default=0)
    if not isinstance(named, GraphQLInputObjectType) or not isinstance(value, dict):
        return 0, 0
    total = deepest = 0
    for key, inner in value.items():
        declared = named.fields.get(key)
        if declared is None or inner is None:
            continue
        count, levels = _neighbours(declared.type, inner)
        step = key not in _JOINTS and get_named_type(declared.type).name.endswith("Where")
        total += count + step
        deepest = max(deepest, levels + step)
    return total, deepest
