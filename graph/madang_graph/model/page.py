"""The page `docs/graph.md`: everything that may stand in the graph, drawn and described once.

`python -m madang_graph.model.page` prints it; a test compares it with the committed file.
"""

from __future__ import annotations

import re

from madang_graph.model import NODES, RELATIONSHIPS, Node, Property, Relationship

_HEAD = """\
# What stands in the graph

Made by `python -m madang_graph.model.page > docs/graph.md`; edit `graph/madang_graph/model`, not this page.
Each label, property and relationship is declared there once; statements may name nothing else.
"""
_PATTERN = re.compile(r"\(:(\w+)\)-\[:(\w+)\]->\(:(\w+)\)")


def page() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD, _drawing(), "## Nodes\n", *(_node(node) for node in NODES), "## Relationships\n"]
    parts += [_relationship(one) for one in RELATIONSHIPS]
    return "\n".join(parts)


def _drawing() -> str:
    lines = ["```mermaid", "graph LR"]
    for one in RELATIONSHIPS:
        match = _PATTERN.fullmatch(one.pattern)
        if match is None:
            raise ValueError(f"{one.pattern} is no pattern of two labels and a type.")
        lines.append(f"  {match[1]} -->|{match[2]}| {match[3]}")
    return "\n".join([*lines, "```", ""])


def _node(node: Node) -> str:
    notes = [f"Key: `{node.key}`."]
    if node.prefix:
        notes.append(f"Public ids start with `{node.prefix}`.")
    if node.search:
        notes.append("In the full-text index.")
    return f"### {node.label}\n\n{node.description} {' '.join(notes)}\n\n{_properties(node.properties)}"


def _relationship(one: Relationship) -> str:
    table = f"\n\n{_properties(one.properties)}" if one.properties else "\n"
    return f"### `{one.pattern}`\n\n{one.description}{table}"


def _properties(properties: dict[str, Property]) -> str:
    rows = ["| property | stored as | what it says |", "|---|---|---|"]
    for name, declared in properties.items():
        words = f" One of: {', '.join(f'`{word}`' for word in declared.values)}." if declared.values else ""
        rows.append(f"| `{name}` | {declared.kind.value} | {declared.description}{words} |")
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    print(page(), end="")
