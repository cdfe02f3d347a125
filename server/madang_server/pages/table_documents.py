"""From the document of a page to that of its table file: the same list in pages of a hundred, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    NameNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from madang_server.pages.coercion import Variables

PAGE = 100
_AFTER = "tableAfter"
_PAGE_INFO = "tablePage: pageInfo { hasNextPage endCursor }"
_FRAME = "Frame"


@dataclass(frozen=True, slots=True)
class TableDocument:
    """What is executed for a table file."""

    document: str
    variables: Variables
    place: tuple[str, ...]
    """Where the list is in the answer, by response keys; empty when all rows come at once."""

    def after(self, data: object) -> str | None:
        """Return the cursor of the next page; None after the last."""
        for name in (*self.place, "tablePage") if self.place else ():
            data = data[0] if isinstance(data, list) and data else data
            data = data.get(name) if isinstance(data, Mapping) else None
        return data["endCursor"] if isinstance(data, Mapping) and data.get("hasNextPage") else None

    def given(self, variables: Mapping[str, object], after: str | None) -> dict[str, object]:
        """Return the variables that the document takes."""
        taken = {name: value for name, value in variables.items() if name in self.variables.types}
        return taken | ({_AFTER: after} if self.place else {})


def table_document(document: str, schema: GraphQLSchema) -> TableDocument:
    """Return the document of a page's table file.

    The list is the field that a variable pages through (`after: $after`, or `first: $show`). On the way to it the
    leaves stay, for headings and links; what stands beside it goes. A page without such a list keeps all but the frame.
    """
    parsed = parse(document)
    operation = next(d for d in parsed.definitions if isinstance(d, OperationDefinitionNode))
    fragments = {d.name.value: d for d in parsed.definitions if isinstance(d, FragmentDefinitionNode)}
    way = next(_ways(operation.selection_set), ())
    if way:
        selections = _only(operation.selection_set, way)
    else:
        kept = (s for s in operation.selection_set.selections if not _is_frame(s))
        selections = SelectionSetNode(selections=tuple(kept))
    used = _used(selections, fragments)
    names = _variables_in([selections, *(fragments[name] for name in used)])
    declared = [d for d in operation.variable_definitions or () if d.variable.name.value in names]
    if way:
        declared.append(_declared_cursor())
    operation = replace(operation, selection_set=selections, variable_definitions=tuple(declared))
    text = print_ast(DocumentNode(definitions=(operation, *(fragments[name] for name in used))))
    return TableDocument(text, Variables.of(text, schema), tuple((f.alias or f.name).value for f in way))


def _ways(selections: SelectionSetNode, before: tuple[FieldNode, ...] = ()) -> Iterator[tuple[FieldNode, ...]]:
    """Yield the fields from the root to each list that a variable pages through."""
    for field in selections.selections:
        if not isinstance(field, FieldNode) or field.selection_set is None:
            continue
        way = (*before, field)
        paged = {a.name.value for a in field.arguments or () if isinstance(a.value, VariableNode)}
        if paged & {"after", "first"}:
            yield way
        yield from _ways(field.selection_set, way)


def _only(selections: SelectionSetNode, way: tuple[FieldNode, ...]) -> SelectionSetNode:
    """Return the leaves, and the first field of the way with the same done below it."""
    step, *rest = way
    if not rest:
        kept = _paged(step)
    elif step.selection_set is not None:
        kept = replace(step, selection_set=_only(step.selection_set, tuple(rest)))
    else:
        kept = step
    leaves = (s for s in selections.selections if isinstance(s, FieldNode) and s.selection_set is None)
    return SelectionSetNode(selections=(*leaves, kept))


def _paged(field: FieldNode) -> FieldNode:
    """Return the list in pages of a hundred, with what the next page needs."""
    kept = [a for a in field.arguments or () if a.name.value not in {"first", "after"}]
    listed = _parsed_field(f"list(first: {PAGE}, after: ${_AFTER}) {{ {_PAGE_INFO} }}")
    below = [*(field.selection_set.selections if field.selection_set else ())]
    below += listed.selection_set.selections if listed.selection_set else ()
    arguments = (*kept, *(listed.arguments or ()))
    return replace(field, arguments=arguments, selection_set=SelectionSetNode(selections=tuple(below)))


def _parsed_field(text: str) -> FieldNode:
    operation = parse(f"{{ {text} }}").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    field = operation.selection_set.selections[0]
    assert isinstance(field, FieldNode)
    return field


def _declared_cursor() -> VariableDefinitionNode:
    operation = parse("query ($" + _AFTER + ": String) { a }").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.variable_definitions
    return operation.variable_definitions[0]


def _is_frame(selection: SelectionNode) -> bool:
    return isinstance(selection, FragmentSpreadNode) and selection.name.value == _FRAME


def _used(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> list[str]:
    """Return the fragments that the operation spreads, directly or through others, each once."""
    used: list[str] = []
    wanted = _spreads(selections)
    while wanted:
        name = wanted.pop(0)
        if name not in used:
            used.append(name)
            wanted += _spreads(fragments[name])
    return used


def _spreads(node: Node) -> list[str]:
    return _names(node, FragmentSpreadNode)


def _variables_in(nodes: list[Node]) -> set[str]:
    return {name for node in nodes for name in _names(node, VariableNode)} - {_AFTER}


def _names(node: Node, kind: type[FragmentSpreadNode] | type[VariableNode]) -> list[str]:
    found: list[str] = []

    class Names(Visitor):
        def enter(self, node: Node, *_: object) -> None:
            if isinstance(node, kind):
                name = node.name
                assert isinstance(name, NameNode)
                found.append(name.value)

    visit(node, Names())
    return found
