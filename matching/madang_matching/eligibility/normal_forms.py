"""Rules as they are judged: negations moved inwards to the conditions, whose texts are made once for all applicants.

Negation normal form: by De Morgan's laws, which hold in Kleene's logic too, a negated `all` is an `any` of negated
parts, and the other way round. What stays negated is single conditions, so each says for itself what counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias
from weakref import WeakKeyDictionary, WeakValueDictionary

from madang_matching.eligibility.dates import Dates, Reference
from madang_matching.eligibility.requirement import Requirement
from madang_matching.eligibility.tree import Group, Leaf, Negation, Rule

_NOT = ("해당하지 않을 것: ", "Must not hold: ")
_ONE_OF = ("다음 중 하나: ", "One of these: ")
_NOTHING = ("", "")
_Words: TypeAlias = tuple[str, str]
"""Korean and English."""
_DaysRead: TypeAlias = Callable[[Dates], object] | None
_OF_THE_CALL: frozenset[Reference] = frozenset(("notice", "opening", "closing", "contract"))
"""Reference days that differ from call to call; the others are the day of application, or never known."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Line:
    """A condition as it is told in its place. The same one is the same object in all rules, so that what one applicant
    is told of it is put together once."""

    kind: str
    requirement: Requirement
    negated: bool
    required_ko: str
    required_en: str
    source_text: str
    fields: tuple[str, ...]
    days: _DaysRead
    """The days of the call that it reads beside the day of application; None: none of them."""


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
_LINES: WeakValueDictionary[tuple[object, ...], Line] = WeakValueDictionary()
"""Those of some form; they go with the last form that has them."""


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
    requirement = leaf.requirement
    key = (leaf.kind, requirement, negated, prefix, leaf.source_text)
    line = _LINES.get(key)
    if line is None:
        (not_ko, not_en), sentence = _NOT if negated else _NOTHING, requirement.sentence()
        line = _LINES[key] = Line(
            leaf.kind,
            requirement,
            negated,
            prefix[0] + not_ko + sentence.ko,
            prefix[1] + not_en + sentence.en,
            leaf.source_text,
            requirement.fields,
            _days_read(requirement),
        )
    return line


def _days_read(requirement: Requirement) -> _DaysRead:
    names = sorted(_OF_THE_CALL.intersection(requirement.references))
    return attrgetter(*names) if names else None
