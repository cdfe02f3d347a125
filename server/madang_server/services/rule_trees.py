"""Edits of a rule tree as plain JSON: add, replace, remove, move, wrap. Places are given from the top, as in 0.2."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import orjson

Node = dict[str, Any]
GROUPS = ("all", "any")
AT_MOST = 60
"""Letters of a place."""


class NoSuchPlaceError(LookupError):
    """The tree has no such place, or not one that this can be done at."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a tree. The top has the empty place and depth 0."""

    at: str
    depth: int
    word: str
    """all, any, not or kind."""
    node: Mapping[str, Any]
    first: bool
    last: bool


def read_tree(stored: str | None) -> Node:
    """Return the tree as `all` over its parts; an unreadable text gives the empty tree."""
    try:
        found: object = orjson.loads(stored) if stored else {}
    except orjson.JSONDecodeError:
        found = {}
    return rooted(found)


def rooted(tree: object) -> Node:
    """Return the tree with `all` at its top."""
    if not isinstance(tree, dict) or not tree:
        return {"all": []}
    node: Node = tree  # pyright: ignore[reportUnknownVariableType]
    return node if isinstance(node.get("all"), list) and len(node) == 1 else {"all": [node]}


def write_tree(tree: Node) -> str:
    """Return the tree as it is stored; the empty one as no rules at all."""
    return orjson.dumps(tree if tree["all"] else {}).decode()


def word_of(node: Mapping[str, Any]) -> str:
    """Return what the node is: all, any, not or kind."""
    return next((word for word in ("all", "any", "not") if word in node), "kind")


def parts_of(node: Mapping[str, Any]) -> list[Any]:
    """Return the parts of a group, or the one part of a negation; a condition has none."""
    word = word_of(node)
    if word == "not":
        return [node["not"]]
    found: object = node[word] if word in GROUPS else []
    return found if isinstance(found, list) else []  # pyright: ignore[reportUnknownVariableType]


def walk(tree: Node) -> Iterator[Place]:
    """Yield every place from top to bottom, without recursion: a stored tree may be deep."""
    waiting: list[tuple[str, int, Any, bool, bool]] = [("", 0, tree, True, True)]
    while waiting:
        at, depth, node, first, last = waiting.pop()
        if not isinstance(node, dict):
            node = {}
        yield Place(at, depth, word_of(node), node, first, last)  # pyright: ignore[reportUnknownArgumentType]
        parts = parts_of(node)  # pyright: ignore[reportUnknownArgumentType]
        for index in reversed(range(len(parts))):
            inner = f"{at}.{index}" if at else str(index)
            waiting.append((inner, depth + 1, parts[index], index == 0, index == len(parts) - 1))


def node_at(tree: Node, at: str) -> Node:
    """Return the node at a place. Raises NoSuchPlaceError."""
    return _find(tree, at)[-1]


def added(tree: Node, at: str, leaf: Node) -> Node:
    """Return the tree with a condition at the end of the group at a place. Raises NoSuchPlaceError."""
    copy = deepcopy(tree)
    group = _find(copy, at)[-1]
    if word_of(group) not in GROUPS:
        raise NoSuchPlaceError(at)
    parts_of(group).append(leaf)
    return copy


def replaced(tree: Node, at: str, leaf: Node) -> Node:
    """Return the tree with another condition at the place of one. Raises NoSuchPlaceError."""
    return _changed(tree, at, lambda node: [leaf] if word_of(node) == "kind" else None)


def removed(tree: Node, at: str) -> Node:
    """Return the tree without what stands at a place; what is empty then goes, too. Raises NoSuchPlaceError."""
    return _pruned(_changed(tree, at, lambda _: []))


def wrapped(tree: Node, at: str, word: str) -> Node:
    """Return the tree with what stands at a place put into a group of its own, or negated. Raises NoSuchPlaceError."""
    return _changed(tree, at, lambda node: [{"not": node} if word == "not" else {word: [node]}])


def unwrapped(tree: Node, at: str) -> Node:
    """Return the tree with the parts of a group, or of a negation, in its place. Raises NoSuchPlaceError."""
    return _changed(tree, at, lambda node: parts_of(node) or None)


def moved(tree: Node, at: str, by: int) -> Node:
    """Return the tree with what stands at a place `by` places further in its group; at its end it stays.

    Raises: NoSuchPlaceError.
    """
    copy = deepcopy(tree)
    *way, _ = _find(copy, at)
    if not way:
        raise NoSuchPlaceError(at)
    parts, index = parts_of(way[-1]), int(at.rpartition(".")[2])
    other = index + by
    if word_of(way[-1]) in GROUPS and 0 <= other < len(parts):
        parts[index], parts[other] = parts[other], parts[index]
    return copy


def _changed(tree: Node, at: str, change: Callable[[Node], list[Any] | None]) -> Node:
    """Put what `change` makes of the node into its place; None: it cannot be done there."""
    copy = deepcopy(tree)
    *way, node = _find(copy, at)
    made = change(node)
    if not way or made is None:
        raise NoSuchPlaceError(at)
    parent, index = way[-1], int(at.rpartition(".")[2])
    if word_of(parent) == "not":
        # A negation has one part: several become a group, none takes the negation away.
        parent["not"] = made[0] if len(made) == 1 else {"all": made}
    else:
        parts_of(parent)[index : index + 1] = made
    return copy


def _find(tree: Node, at: str) -> list[Node]:
    """Return the nodes from the top to the place."""
    if len(at) > AT_MOST:
        raise NoSuchPlaceError(at)
    way = [tree]
    for step in at.split(".") if at else ():
        parts = parts_of(way[-1])
        if not (step.isascii() and step.isdigit()) or int(step) >= len(parts) or not isinstance(parts[int(step)], dict):
            raise NoSuchPlaceError(at)
        way.append(parts[int(step)])
    return way


def _pruned(tree: Node) -> Node:
    """Return the tree without empty groups and negations of nothing; the top stays."""

    def kept(node: Any) -> Any:
        if not isinstance(node, dict) or word_of(node) == "kind":  # pyright: ignore[reportUnknownArgumentType]
            return node  # pyright: ignore[reportUnknownVariableType]
        parts = [each for each in map(kept, parts_of(node)) if each is not None]  # pyright: ignore[reportUnknownArgumentType]
        word = word_of(node)  # pyright: ignore[reportUnknownArgumentType]
        if not parts:
            return None
        return {"not": parts[0]} if word == "not" else {word: parts}

    return kept(tree) or {"all": []}
