"""Plans: what is known of a document before it runs, kept by its text and by the shape of its variables.

Looked up before anything else: a known document with variables of a known shape costs no parsing, no validation, no
compiling, and Neo4j knows its statement already.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLSchema,
    NoUndefinedVariablesRule,
    NoUnusedVariablesRule,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    VariableNode,
    VariablesInAllowedPositionRule,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
    specified_rules,
    type_from_ast,
    validate,
)
from graphql.execution import get_variable_values
from madang_graph.reading.compiler import Compiler, Plan
from madang_server.api.guard import MOST_NESTING, MOST_TOKENS, Guard, check_text, check_values
from madang_server.api.selections import Selector

# Left out: what compares every pair of fields (the selector does it in one pass), and what guards operations and
# directives that the schema does not have. Each rule costs a call per node of the document.
_RULES = tuple(
    rule
    for rule in specified_rules
    if rule is not OverlappingFieldsCanBeMergedRule
    and not rule.__name__.startswith(("DeferStream", "Stream", "SingleFieldSubscriptions"))
)
_OF_VARIABLES = frozenset({NoUndefinedVariablesRule, NoUnusedVariablesRule, VariablesInAllowedPositionRule})
_RULES_WITHOUT_VARIABLES = tuple(rule for rule in _RULES if rule not in _OF_VARIABLES)
_MOST_ERRORS = 5
_MOST_DOCUMENTS = 500
MOST_PLANS = 2_000
_MOST_DOCUMENT_CHARACTERS = 500_000
_MOST_PLAN_CHARACTERS = 8_000_000

K = TypeVar("K")
V = TypeVar("V")


class Bounded(OrderedDict[K, V]):
    """A table that forgets what was used longest ago, by number of entries and by their weight."""

    def __init__(self, most: int, most_weight: int = sys.maxsize) -> None:
        super().__init__()
        self._most = most
        self._most_weight = most_weight
        self._weights: dict[K, int] = {}
        self._weight = 0

    def find(self, key: K) -> V | None:
        value = self.get(key)
        if value is not None:
            self.move_to_end(key)
        return value

    def keep(self, key: K, value: V, weight: int = 0) -> V:
        self.drop(key)
        self[key] = value
        self._weights[key] = weight
        self._weight += weight
        while len(self) > 1 and (len(self) > self._most or self._weight > self._most_weight):
            oldest, _ = self.popitem(last=False)
            self._weight -= self._weights.pop(oldest)
        return value

    def drop(self, key: K) -> None:
        if key in self:
            del self[key]
            self._weight -= self._weights.pop(key)


@dataclass(frozen=True, slots=True)
class Known:
    """A document that parses and is valid, with one of its operations chosen."""

    document: DocumentNode
    operation: OperationDefinitionNode
    variables: tuple[tuple[str, Any], ...]
    """Name and input type of each variable."""
    counted: frozenset[str]
    """Variables used as `first` or in `where`: their values decide the cost."""
    identities: frozenset[str]
    """Variables used as `id` or `ids`: the prefixes of their values tell which types to look in."""

    @property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        return {d.name.value: d for d in self.document.definitions if isinstance(d, FragmentDefinitionNode)}

    @property
    def is_query(self) -> bool:
        return self.operation.operation is OperationType.QUERY


@dataclass(frozen=True, slots=True)
class Ready:
    """A known document with a plan for one shape of its variables."""

    known: Known
    plan: Plan | None
    """None when it asks for nothing but introspection."""
    keys: tuple[str, ...]
    """Keys of the answer, in order."""
    asked: tuple[FieldNode, ...]
    """Introspection fields."""


class InvalidDocumentError(Exception):
    """A document or its variables do not fit the schema; carries GraphQL errors with their places."""

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors


class Plans:
    """Documents and plans of one schema."""

    def __init__(self, schema: GraphQLSchema, compiler: Compiler) -> None:
        self.schema = schema
        self.compiler = compiler
        self._known: Bounded[tuple[str, str | None], Known] = Bounded(_MOST_DOCUMENTS, _MOST_DOCUMENT_CHARACTERS)
        self._ready: Bounded[tuple[Any, ...], Ready] = Bounded(MOST_PLANS, _MOST_PLAN_CHARACTERS)

    def known(self, text: str, operation_name: str | None) -> Known:
        """Return the document, parsed and validated. Raises GuardError, InvalidDocumentError."""
        key = (text, operation_name)
        known = self._known.find(key)
        return known if known is not None else self._known.keep(key, self._read(text, operation_name), len(text))

    def _read(self, text: str, operation_name: str | None) -> Known:
        check_text(text)
        try:
            document = parse(text, no_location=False, max_tokens=MOST_TOKENS)
        except GraphQLError as error:
            raise InvalidDocumentError("GRAPHQL_PARSE_FAILED", [error]) from error
        except RecursionError:
            raise InvalidDocumentError(
                "GRAPHQL_PARSE_FAILED", [GraphQLError(f"The query nests deeper than {MOST_NESTING} levels.")]
            ) from None
        operation = _chosen(document, operation_name)
        # Every operation of a document is validated, so every one is measured first.
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                Guard(self.schema, document, {}).check(definition)
        rules = _RULES if "$" in text else _RULES_WITHOUT_VARIABLES
        errors = validate(self.schema, document, rules, max_errors=_MOST_ERRORS)
        if errors:
            raise InvalidDocumentError("GRAPHQL_VALIDATION_FAILED", errors)
        variables = tuple(
            (d.variable.name.value, type_from_ast(self.schema, d.type)) for d in operation.variable_definitions or ()
        )
        counted = _used_as(document, "first") | {
            name for name, kind in variables if isinstance(get_named_type(kind), GraphQLInputObjectType)
        }
        return Known(document, operation, variables, counted, _used_as(document, "id", "ids"))

    def coerced(self, known: Known, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the variables, defaults filled in. Raises GuardError, InvalidDocumentError."""
        if not known.variables:
            return {}
        check_values({name: given[name] for name, _ in known.variables if name in given})
        result = get_variable_values(
            self.schema, known.operation.variable_definitions or (), dict(given), max_errors=_MOST_ERRORS
        )
        if isinstance(result, list):
            raise InvalidDocumentError("BAD_USER_INPUT", result)
        return dict(result.coerced)

    def check_counted(self, known: Known, variables: Mapping[str, Any]) -> None:
        """Measure again with the variables that decide the cost. Raises GuardError."""
        if known.counted:
            Guard(self.schema, known.document, variables).check(known.operation)

    def ready(self, text: str, operation_name: str | None, known: Known, variables: Mapping[str, Any]) -> Ready:
        """Return the plan for coerced variables of this shape. Raises GuardError, InvalidDocumentError."""
        shape = tuple(
            self._prefixes(variables.get(name))
            if name in known.identities
            else _shape(variables.get(name, _MISSING), kind, exact=name in known.counted)
            for name, kind in known.variables
        )
        key = (text, operation_name, shape)
        ready = self._ready.find(key)
        if ready is not None:
            return ready
        try:
            ready = self._made_ready(known, variables)
        except InvalidDocumentError:
            self._known.drop((text, operation_name))  # its fields conflict: what is refused is not kept
            raise
        return self._ready.keep(key, ready, len(text) + (len(ready.plan.text) if ready.plan is not None else 0))

    def _prefixes(self, value: Any) -> Any:
        """Return which of the known prefixes the ids have: made-up ones must not make new plans."""
        ids = [str(one) for one in (value if isinstance(value, list) else [value])]
        known = (node.node.prefix for node in self.compiler.catalogue.nodes)
        return (isinstance(value, list), frozenset(p for p in known if any(one.startswith(p) for one in ids)))

    def _made_ready(self, known: Known, variables: Mapping[str, Any]) -> Ready:
        self.check_counted(known, variables)
        try:
            picks, asked, keys = Selector(self.schema, known.fragments, variables).roots(known.operation)
        except GraphQLError as error:
            raise InvalidDocumentError("GRAPHQL_VALIDATION_FAILED", [error]) from error
        reads = any(pick.name != "__typename" for pick in picks)
        plan = self.compiler.compile(tuple(picks)) if picks and reads else None
        return Ready(known, plan, tuple(keys), tuple(asked))


_MISSING = object()


def _shape(value: Any, kind: Any, *, exact: bool = False) -> Any:
    """Return what of a variable's value decides the statement: what is there, not what it holds."""
    if value is _MISSING:
        return "-"
    if value is None:
        return None
    if is_non_null_type(kind):
        kind = kind.of_type
    named = get_named_type(kind)
    if is_list_type(kind):
        if isinstance(named, GraphQLInputObjectType):
            return tuple(_shape(item, kind.of_type) for item in value)
        return "list"
    if isinstance(named, GraphQLInputObjectType):
        return tuple((key, _shape(value[key], named.fields[key].type)) for key in sorted(value))
    if isinstance(named, GraphQLEnumType) or isinstance(value, bool) or exact:
        return str(value)
    return "set"


def _chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if name is None and len(operations) == 1:
        return operations[0]
    for operation in operations:
        if operation.name and operation.name.value == name:
            return operation
    if name is None:
        message = "Name the operation to run in `operationName`: the document has several, or none."
    else:
        message = f"The document has no operation named {name!r}."
    raise InvalidDocumentError("OPERATION_RESOLUTION_FAILURE", [GraphQLError(message)])


def _used_as(document: DocumentNode, *names: str) -> frozenset[str]:
    """Return the variables that are the value of an argument with one of these names."""
    found: set[str] = set()
    stack: list[Any] = [
        d for d in document.definitions if isinstance(d, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    while stack:
        node = stack.pop()
        for argument in getattr(node, "arguments", None) or ():
            if argument.name.value in names and isinstance(argument.value, VariableNode):
                found.add(argument.value.name.value)
        inner = getattr(node, "selection_set", None)
        stack.extend(inner.selections if inner else ())
    return frozenset(found)
