"""`where` over records in memory: two-valued, null means "no condition"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from madang_graph.text import search_text

from tests.oracle.edges import EDGES
from tests.oracle.policy import may_read

if TYPE_CHECKING:
    from tests.oracle.resolvers import Oracle

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
}


def snake(camel: str) -> str:
    return re.sub("[A-Z]", lambda m: "_" + m.group().lower(), camel)


def matches(oracle: Oracle, kind: str, node: str, where: dict[str, Any] | None, tie: dict[str, Any]) -> bool:
    """Whether a node of this type, reached by this tie, satisfies `where`."""
    return all(
        _entry(oracle, kind, node, name, value, tie) for name, value in (where or {}).items() if value is not None
    )


def _entry(oracle: Oracle, kind: str, node: str, name: str, value: Any, tie: dict[str, Any]) -> bool:
    if name == "and":
        return all(matches(oracle, kind, node, part, tie) for part in _parts(value))
    if name == "or":
        return any(matches(oracle, kind, node, part, tie) for part in _parts(value))
    if name == "not":
        return not matches(oracle, kind, node, value, tie)
    if name == "search":
        text = oracle.properties(node).get("search_text")
        return all(text is not None and word in text for word in search_text(value[:200]).split()[:12])
    if f"{kind}.{name}" in EDGES:
        return _edge(oracle, kind, node, name, value)
    if name == "verdict" and isinstance(value, dict) and "for" in value:
        return all(value.get(test) is None for test in ("eq", "in"))  # Nobody in the small district has lists of all.
    if name == "verdict" and kind != "Judgement":
        return _leaf(tie.get("verdict"), value)
    tests = {k: v for k, v in value.items() if v is not None}
    if tests and not may_read(oracle.district, oracle.viewer, kind, name, node):
        return False
    return _leaf(oracle.stored(kind, node, name), tests)


def _edge(oracle: Oracle, kind: str, node: str, name: str, value: dict[str, Any]) -> bool:
    far = EDGES[f"{kind}.{name}"][2]
    ties = oracle.visible_ties(kind, node, name)
    if "some" not in value and "none" not in value and name in oracle.lists(kind):
        return True
    if name not in oracle.lists(kind):
        return any(matches(oracle, far, other, value, tie) for other, tie in ties)
    some, none = value.get("some"), value.get("none")
    return (some is None or any(matches(oracle, far, o, some, t) for o, t in ties)) and (
        none is None or not any(matches(oracle, far, o, none, t) for o, t in ties)
    )


def _leaf(stored: Any, tests: dict[str, Any]) -> bool:
    return all(_test(stored, name, operand) for name, operand in tests.items() if operand is not None)


def _test(stored: Any, name: str, operand: Any) -> bool:
    if name == "has":
        return _word(operand) in (stored or [])
    if name == "hasAny":
        return any(_word(one) in (stored or []) for one in _parts(operand) if one is not None)
    if stored is None:
        return False
    if name == "in":
        return stored in [_word(one) for one in _parts(operand) if one is not None]
    if name == "contains":
        return operand.casefold() in stored.lower()
    if name == "startsWith":
        return stored.lower().startswith(operand.casefold())
    return _COMPARE[name](stored, _word(operand))


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Word(str):
    """An enum value as it came from a document, to be compared with the stored word."""

    __slots__ = ()


def _word(value: Any) -> Any:
    return value.lower() if isinstance(value, Word) else value
