"""Conditions without their place in a tree: the same one is the same object in all rules that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias
from weakref import WeakValueDictionary

from madang_matching.eligibility.dates import Dates, Reference
from madang_matching.eligibility.requirement import Requirement, Sentence

DaysRead: TypeAlias = Callable[[Dates], object] | None
_OF_THE_CALL: frozenset[Reference] = frozenset(("notice", "opening", "closing"))
"""Reference days that differ from call to call; the others are the day of application, or never known."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Atom:
    """A condition, with what follows from it alone. Compared by identity, so that answers are found quickly."""

    requirement: Requirement
    sentence: Sentence
    fields: tuple[str, ...]
    days: DaysRead
    """The days of the call that it reads beside the day of application; None: none of them."""


_ATOMS: WeakValueDictionary[Requirement, Atom] = WeakValueDictionary()
"""Those that some rules ask; they go with the last of these rules."""


def atom_of(requirement: Requirement) -> Atom:
    """Return the one atom of equal requirements."""
    atom = _ATOMS.get(requirement)
    if atom is None:
        days = _days_read(requirement.references)
        atom = _ATOMS[requirement] = Atom(requirement, requirement.sentence(), requirement.fields, days)
    return atom


def _days_read(references: Iterable[Reference]) -> DaysRead:
    names = sorted(_OF_THE_CALL.intersection(references))
    return attrgetter(*names) if names else None
