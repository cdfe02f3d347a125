"""The search for the fewest changes that turn a rule tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, TypeAlias

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.logic import leaves, value_of
from madang_matching.eligibility.requirement import APPLICATION_DAY, Change, Way, changed
from madang_matching.eligibility.tree import Group, Leaf, Negation, Rule
from madang_matching.eligibility.verdicts import CHECK, ELIGIBLE, number_of

MOST_STEPS = 5_000
"""Conditions and states looked at in one search; a tree that needs more is left without an answer."""
MOST_TURNS = 12
"""States that follow from each other in one search: a longer row goes in circles, as where two conditions each undo
what the other needs and a list grows with each round."""
_WAYS_STEPS = 20
"""What it costs to ask a condition for its ways: it checks many values."""
MOST_SUBSETS = 6
"""Up to so many changes each subset is tried; above, only single changes are left out."""
_SAME = {"registered": "founded_on", "industry_revision": "industry_code"}
"""Values that follow from others, so that both change together."""


class Goal(NamedTuple):
    """A part of the tree and what it shall say: 2 eligible, 0 not eligible."""

    rule: Rule
    wanted: int


class Repair(NamedTuple):
    """Changes that turn the tree, provided that what is left to read holds."""

    changes: tuple[Change, ...]
    left: tuple[Leaf, ...] = ()

    @property
    def cost(self) -> tuple[int, int, int, int, str]:
        """What is preferred: less to read, fewer changes, fewer outside one's power, fewer that wait for a day."""
        by = [change.by for change in self.changes]
        names = ",".join(f"{change.field}={change.value!r}" for change in self.changes)
        return len(self.left), len(by), by.count("outside"), by.count("time"), names


_Changes: TypeAlias = dict[str, Change]
"""By field."""


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """The applicant after some changes."""

    applicant: Applicant
    dates: Dates
    changes: _Changes
    left: dict[int, Leaf]
    """By identity: what is taken to hold because only a person can read it."""

    @property
    def key(self) -> tuple[object, ...]:
        """States of the same changes are the same."""
        values = sorted((name, repr(change.value)) for name, change in self.changes.items())
        return (tuple(values), tuple(sorted(self.left)))


class Search:
    """One applicant, one day; conditions that were checked for the same values are remembered."""

    def __init__(self, applicant: Applicant, dates: Dates) -> None:
        self._start = _State(applicant, dates, {}, {})
        self._known: dict[tuple[object, ...], int] = {}
        self._ways: dict[tuple[object, ...], tuple[Way, ...]] = {}
        self._rules: list[Rule] = []
        self._steps = 0
        self._cut = False
        self._unread = False
        self._circled = False

    @property
    def cut_short(self) -> bool:
        """Whether the last search ended before all states were looked at."""
        return self._circled or self._steps >= MOST_STEPS

    def repair(self, rule: Rule, wanted: int = ELIGIBLE) -> Repair | None:
        """Return the cheapest repair; None where nothing turns the tree, or the search would be too long.

        Ties go to the names and values in order, so the answer is always the same.
        """
        self._rules.append(rule)  # conditions are remembered by identity, so they must live as long
        self._steps, self._circled = 0, False
        goal = Goal(rule, wanted)
        found = self._solve((goal,))
        if found is not None and not self._all_met((goal,), self._after(found)):
            found = self._together((goal,))
        return found and self._without_needless((goal,), found)

    def _solve(self, goals: tuple[Goal, ...]) -> Repair | None:
        """Goals that share no field are repaired apart: their changes cannot disturb each other."""
        changes: list[Change] = []
        left: list[Leaf] = []
        for part in _components(_flat(goals), self._start):
            found = self._component(part)
            if found is None:
                return None
            changes += found.changes
            left += found.left
        return Repair(_sorted(changes), tuple(left))

    def _component(self, goals: tuple[Goal, ...]) -> Repair | None:
        if self._all_met(goals, self._start):
            return Repair(())
        choice = next((goal for goal in goals if _is_choice(goal) and not self._met(goal, self._start)), None)
        if choice is None:
            return self._together(goals)
        place = goals.index(choice)
        ways = (
            self._solve((*goals[:place], part, *goals[place + 1 :]))
            for part in _parts(choice)
            if self._steps < MOST_STEPS
        )
        return min((way for way in ways if way is not None), key=lambda way: way.cost, default=None)

    def _together(self, goals: tuple[Goal, ...]) -> Repair | None:
        """Try ever more changes, and only then what must be read."""
        for unread in range(1 + sum(1 for goal in goals for _ in leaves(goal.rule))):
            self._unread = False
            for fields in range(1 + len(_fields(goals))):
                self._cut = False
                found = [_repair_of(state) for state in self._close(goals, goals, self._start, fields, unread)]
                if found:
                    return min(found, key=lambda repair: repair.cost)
                if not self._cut or self._steps >= MOST_STEPS:
                    break
            if not self._unread:
                break
        return None

    def _close(
        self, pending: tuple[Goal, ...], goals: tuple[Goal, ...], state: _State, fields: int, unread: int
    ) -> Iterator[_State]:
        """Yield states in which all goals are met, by at most so many changed fields and unread conditions."""
        stack: list[tuple[tuple[Goal, ...], _State, frozenset[tuple[object, ...]]]] = [
            (pending, state, frozenset((state.key,)))
        ]
        while stack and self._steps < MOST_STEPS:
            self._steps += 1
            pending, state, seen = stack.pop()
            pending = self._open(pending, state)
            if not pending:
                if self._all_met(goals, state):
                    yield state
                else:
                    stack.append((goals, state, seen))
                continue
            goal, rest = pending[0], pending[1:]
            if _is_choice(goal):
                stack += [((part, *rest), state, seen) for part in reversed(_parts(goal))]
                continue
            if len(seen) > MOST_TURNS:
                self._circled = True
                continue
            for after in self._turned(goal, state, fields, unread):
                if after.key not in seen:
                    stack.append((rest, after, seen | {after.key}))

    def _open(self, pending: tuple[Goal, ...], state: _State) -> tuple[Goal, ...]:
        """Drop what is met; the first that remains is a choice or a condition."""
        while pending:
            goal = pending[0]
            if self._met(goal, state):
                pending = pending[1:]
            elif isinstance(goal.rule, Leaf) or _is_choice(goal):
                break
            else:
                pending = (*_parts(goal), *pending[1:])
        return pending

    def _turned(self, goal: Goal, state: _State, fields: int, unread: int) -> Iterator[_State]:
        leaf = goal.rule
        assert isinstance(leaf, Leaf)
        key = self._key(leaf, state)
        ways = self._ways.get((*key, goal.wanted))
        if ways is None:
            wanted = goal.wanted == ELIGIBLE
            self._steps += _WAYS_STEPS
            ways = self._ways[(*key, goal.wanted)] = leaf.requirement.changes(state.applicant, state.dates, wanted)
        for way in ways:
            changes = _with(state.changes, way)
            applicant, dates = changed(state.applicant, state.dates, way)
            if dates.closing is not None and dates.today > max(dates.closing, state.dates.today):
                continue
            if len(changes) > fields:
                self._cut = True
                continue
            yield _State(applicant, dates, changes, state.left)
        if not ways and self._value(leaf, state) == CHECK:
            self._unread = self._unread or len(state.left) >= unread
            if len(state.left) < unread:
                yield _State(state.applicant, state.dates, state.changes, {**state.left, id(leaf): leaf})

    def _met(self, goal: Goal, state: _State) -> bool:
        return self._reached(goal.rule, goal.wanted, state) == goal.wanted

    def _reached(self, rule: Rule, wanted: int, state: _State) -> int:
        """The value of a part, where what is left to read says what is wanted of it."""
        if not state.left:
            return value_of(rule, lambda leaf: self._value(leaf, state))
        if isinstance(rule, Negation):
            return ELIGIBLE - self._reached(rule.part, ELIGIBLE - wanted, state)
        if isinstance(rule, Leaf):
            return wanted if id(rule) in state.left else self._value(rule, state)
        values = [self._reached(part, wanted, state) for part in rule.parts]
        return min(values) if rule.word == "all" else max(values)

    def _all_met(self, goals: tuple[Goal, ...], state: _State) -> bool:
        return all(self._met(goal, state) for goal in goals)

    def _value(self, leaf: Leaf, state: _State) -> int:
        key = self._key(leaf, state)
        value = self._known.get(key)
        if value is None:
            self._steps += 1
            verdict = leaf.requirement.check(state.applicant, state.dates).verdict
            value = self._known[key] = number_of(verdict)
        return value

    def _key(self, leaf: Leaf, state: _State) -> tuple[object, ...]:
        requirement = leaf.requirement
        return (id(requirement), state.dates.today, *(state.applicant.value(name) for name in requirement.fields))

    def _after(self, repair: Repair) -> _State:
        applicant, dates = changed(self._start.applicant, self._start.dates, repair.changes)
        return _State(applicant, dates, {}, {id(leaf): leaf for leaf in repair.left})

    def _without_needless(self, goals: tuple[Goal, ...], repair: Repair) -> Repair:
        """Return the least part of the changes that turns the tree too."""
        changes = repair.changes
        sizes = range(len(changes)) if len(changes) <= MOST_SUBSETS else (len(changes) - 1,)
        for size in sizes:
            for some in combinations(changes, size):
                less = Repair(some, repair.left)
                if self._all_met(goals, self._after(less)):
                    return self._without_needless(goals, less)
        return repair


def _repair_of(state: _State) -> Repair:
    return Repair(_sorted(state.changes.values()), tuple(state.left.values()))


def _with(changes: _Changes, way: Way) -> _Changes:
    """A field that is changed twice stays in the hands of whom it was at first: its first value was only supposed."""
    added = {each.field: each for each in way}
    return changes | {name: each._replace(by=changes.get(name, each).by) for name, each in added.items()}


def _is_choice(goal: Goal) -> bool:
    """One part is enough."""
    return isinstance(goal.rule, Group) and (goal.rule.word == "any") == (goal.wanted == ELIGIBLE)


def _parts(goal: Goal) -> tuple[Goal, ...]:
    if isinstance(goal.rule, Negation):
        return (Goal(goal.rule.part, ELIGIBLE - goal.wanted),)
    assert isinstance(goal.rule, Group)
    return tuple(Goal(part, goal.wanted) for part in goal.rule.parts)


def _flat(goals: tuple[Goal, ...]) -> list[Goal]:
    """Return choices and conditions, all of which must be met."""
    found: list[Goal] = []
    for goal in goals:
        if isinstance(goal.rule, Leaf) or (_is_choice(goal) and len(_parts(goal)) > 1):
            found.append(goal)
        else:
            found += _flat(_parts(goal))
    return found


def _fields(goals: tuple[Goal, ...]) -> set[str]:
    names = {name for goal in goals for leaf in leaves(goal.rule) for name in leaf.requirement.fields}
    return {_SAME.get(name, name) for name in names} | {APPLICATION_DAY}


def _components(goals: list[Goal], start: _State) -> list[tuple[Goal, ...]]:
    """Part the goals so that goals of different parts share no field."""
    parts: list[tuple[set[str], list[int]]] = []
    for place, goal in enumerate(goals):
        fields: set[str] = set()
        for leaf in leaves(goal.rule):
            fields |= {_SAME.get(name, name) for name in leaf.requirement.fields}
            if leaf.requirement.turning_days(start.applicant, start.dates):
                fields.add(APPLICATION_DAY)
        places = [place]
        apart: list[tuple[set[str], list[int]]] = []
        for others, theirs in parts:
            if fields & others:
                fields, places = fields | others, theirs + places
            else:
                apart.append((others, theirs))
        parts = [*apart, (fields, places)]
    return [tuple(goals[place] for place in sorted(places)) for _, places in sorted(parts, key=lambda part: part[1])]


_ORDER = {"you": 0, "time": 1, "outside": 2}


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: (_ORDER[change.by], change.field)))
