"""Rule trees: from JSON to typed conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.kinds.preference import NAME as PREFERENCE
from madang_matching.eligibility.kinds.prose import Prose
from madang_matching.eligibility.requirement import Requirement
from madang_matching.errors import RuleError
from madang_matching.records import RuleTree

MAX_DEPTH = 20
MAX_CONDITIONS = 1_000

NO_RULES = Prose(
    "자격 요건이 아직 등록되지 않았습니다. 공고를 확인해 주세요.", "No rules are on record. Please read the notice."
)
_UNREADABLE = "읽을 수 없는 조건입니다. 공고를 확인해 주세요."
_UNREADABLE_EN = "This condition cannot be read. Please read the notice."


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Leaf:
    """One condition with the sentence of the notice it was read from."""

    kind: str
    requirement: Requirement
    source_text: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Group:
    """`all` or `any` of its parts; at least one part."""

    word: str
    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Negation:
    """The opposite of its part."""

    part: Rule


Rule: TypeAlias = Leaf | Group | Negation

_Fallback: TypeAlias = Callable[[RuleError, object], "Rule"]


def parse_rules(tree: RuleTree) -> Rule:
    """Read a rule tree strictly, for forms in which people write rules.

    Raises: RuleError: with the path of the first place that cannot be read; also for more than 20 levels or 1,000
        conditions.
    """

    def refuse(error: RuleError, _node: object) -> Rule:
        raise error

    return _Reader(refuse).read(tree, "rules", 1)


def read_rules(tree: RuleTree) -> Rule:
    """Read a stored rule tree leniently: what cannot be read becomes a condition that says "check". Never raises."""
    if not tree:
        return Leaf("prose", NO_RULES, "")
    return _Reader(lambda _error, node: _unreadable(node)).read(tree, "rules", 1)


class _Reader:
    def __init__(self, on_error: _Fallback) -> None:
        self._on_error = on_error
        self._conditions = 0

    def read(self, node: object, path: str, depth: int, ranks: bool = True) -> Rule:
        """Read a node; `ranks`: a preference may stand here, as it is above every `any` and `not`."""
        try:
            return self._read(node, path, depth, ranks)
        except RuleError as error:
            return self._on_error(error, node)

    def _read(self, node: object, path: str, depth: int, ranks: bool) -> Rule:
        if depth > MAX_DEPTH:
            raise RuleError(path, f"more than {MAX_DEPTH} levels")
        if not isinstance(node, Mapping):
            raise RuleError(path, f"must be an object, not {_short(node)}")
        mapping = cast("Mapping[str, Any]", node)
        words = [word for word in ("all", "any", "not", "kind") if word in mapping]
        if len(words) != 1:
            raise RuleError(path, "must have exactly one of all, any, not, kind")
        if words[0] == "kind":
            return self._leaf(mapping, path, ranks)
        if words[0] == "not":
            return Negation(self.read(mapping["not"], f"{path}.not", depth + 1, False))
        return self._group(words[0], mapping[words[0]], f"{path}.{words[0]}", depth, ranks and words[0] == "all")

    def _group(self, word: str, parts: object, path: str, depth: int, ranks: bool) -> Group:
        if not isinstance(parts, list | tuple) or not parts:
            raise RuleError(path, "must be a list of at least one condition")
        nodes = cast("list[object]", parts)
        return Group(
            word, tuple(self.read(part, f"{path}[{index}]", depth + 1, ranks) for index, part in enumerate(nodes))
        )

    def _leaf(self, leaf: Mapping[str, Any], path: str, ranks: bool) -> Leaf:
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS:
            raise RuleError(path, f"more than {MAX_CONDITIONS} conditions")
        name = leaf["kind"]
        kind = KINDS.get(name) if isinstance(name, str) else None
        if kind is None:
            raise RuleError(f"{path}.kind", f"must be one of {', '.join(KINDS)}, not {_short(name)}")
        if name == PREFERENCE and not ranks:
            raise RuleError(path, "a preference changes rank only, so it must not stand under any or not")
        source = leaf.get("source_text")
        if source is not None and not isinstance(source, str):
            raise RuleError(f"{path}.source_text", f"must be a text, not {_short(source)}")
        return Leaf(kind.name, kind.read(leaf, path), (source or "").strip())


def _short(value: object) -> str:
    return repr(value)[:80]


def _unreadable(node: object) -> Leaf:
    """A leaf that keeps what words the broken node has, so that the person can still read them."""
    mapping = cast("Mapping[str, Any]", node if isinstance(node, Mapping) else {})

    def words(name: str) -> str:
        value = mapping.get(name)
        return value.strip() if isinstance(value, str) else ""

    source = words("source_text")
    korean = words("text_ko") or source or _UNREADABLE
    english = words("text_en") or source or _UNREADABLE_EN
    return Leaf(words("kind") or "unreadable", Prose(korean, english), source)
