"""Rules as they are judged: negations moved inwards to the conditions, whose texts are made once for all applicants.

Negation normal form: by De Morgan's laws, which hold in Kleene's logic too, a negated `all` is an `any` of negated
parts, and the other way round. What stays negated is single conditions, so each says for itself what counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias
from weakref import WeakKeyDictionary

from madang_matching.eligibility.atoms import Atom
from madang_matching.eligibility.tree import Group, Leaf, Negation, Rule

_NOT = ("해당하지 않을 것: ", "Must not hold: ")
_ONE_OF = ("다음 중 하나: ", "One of these: ")
_NOTHING = ("", "")
_Words: TypeAlias = tuple[str, str]
"""Korean and English."""


@dataclass(frozen=True, slots=True)
class Line:
    """A condition in its place."""

    kind: str
    atom: Atom
    negated: bool
    required_ko: str
    required_en: str
    source_text: str


@dataclass(frozen=True, slots=True)
class Join:
    """Parts that must all hold, or of which one is enough."""

    one_is_enough: bool
    places: tuple[int, ...]
    """Of the lines that are parts themselves."""
    joins: tuple[Join, ...]
    span: slice
    """Of all lines below it."""


@dataclass(frozen=True, slots=True)
class NormalForm:
    """A rule tree as lines, in the order of the rules, and as joins of them."""

    lines: tuple[Line, ...]
    root: Join


_FORMS: WeakKeyDictionary[Rule, NormalForm] = WeakKeyDictionary()


def form_of(rule: Rule) -> NormalForm:
    """Return the normal form of rules; it is made when it is first asked for, and kept as long as they are."""
    form = _FORMS.get(rule)
    if form is None:
        lines: list[Line] = []
        part = _part(rule, _NOTHING, False, lines)
        root = Join(False, (part,), (), slice(0, 1)) if isinstance(part, int) else part
        form = _FORMS[rule] = NormalForm(tuple(lines), root)
    return form


def _part(rule: Rule, prefix: _Words, negated: bool, lines: list[Line]) -> Join | int:
    """Append the lines of a part, and return its join, or the place of its only line."""
    if isinstance(rule, Negation):
        return _part(rule.part, prefix, not negated, lines)
    if isinstance(rule, Group):
        return _join(rule, prefix, negated, lines)
    lines.append(_line(rule, prefix, negated))
    return len(lines) - 1


def _join(group: Group, prefix: _Words, negated: bool, lines: list[Line]) -> Join:
    one_is_enough = (group.word == "any") != negated
    inner = _ONE_OF if one_is_enough and len(group.parts) > 1 else prefix
    first = len(lines)
    parts = [_part(part, inner, negated, lines) for part in group.parts]
    places = tuple(part for part in parts if isinstance(part, int))
    return Join(
        one_is_enough, places, tuple(part for part in parts if isinstance(part, Join)), slice(first, len(lines))
    )


def _line(leaf: Leaf, prefix: _Words, negated: bool) -> Line:
    (not_ko, not_en), sentence = _NOT if negated else _NOTHING, leaf.atom.sentence
    return Line(
        leaf.kind,
        leaf.atom,
        negated,
        prefix[0] + not_ko + sentence.ko,
        prefix[1] + not_en + sentence.en,
        leaf.source_text,
    )
