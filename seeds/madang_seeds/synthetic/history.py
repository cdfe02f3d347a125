"""What happened in the synthetic district before the cut: requests to meet, and joint projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import exp
from random import Random

from madang_seeds.synthetic.members import Member
from madang_seeds.synthetic.topics import all_topics
from madang_seeds.synthetic.wishes import Wishes

_WRONG_ANSWER = 0.05
_PROJECTS_PER_MEMBER = 0.8
_FROM_MUTUAL, _FROM_OWN_WISH = 0.45, 0.25
_OLDEST_DAYS, _LATEST_DAYS = 1_800, 20


@dataclass(frozen=True, slots=True)
class Request:
    """One side asked to meet."""

    asker: int
    asked: int
    on: str
    accepted: bool
    """Whether the other side would choose the asker too, but for one answer in twenty."""


@dataclass(frozen=True, slots=True)
class Project:
    """A joint undertaking."""

    number: int
    members: tuple[int, ...]
    started_on: str
    topics: tuple[str, ...]


def mutual(wishes: Wishes) -> dict[int, frozenset[int]]:
    """Return for each member those it would choose and that would choose it."""
    chosen = [wishes.chooses(number) for number in range(len(wishes.best))]
    return {
        number: frozenset(other for other in chosen[number] if number in chosen[other]) for number in range(len(chosen))
    }


def draw_requests(wishes: Wishes, seed: int, day: date) -> Iterator[Request]:
    """Yield the requests of all in the two years before the day."""
    chosen = [wishes.chooses(number) for number in range(len(wishes.best))]
    for asker, asked in enumerate(wishes.asked.tolist()):
        random = Random(f"{seed}/requests/{asker}")
        for other in asked:
            on = (day - timedelta(days=random.randint(_LATEST_DAYS, 730))).isoformat()
            yield Request(asker, other, on, (asker in chosen[other]) != (random.random() < _WRONG_ANSWER))


def draw_projects(
    members: Sequence[Member], wishes: Wishes, suited: dict[int, frozenset[int]], seed: int, day: date
) -> Iterator[Project]:
    """Yield joint projects: stars begin more of them, nearly half of the partners suit both ways, the rest do not."""
    communities: dict[str, list[int]] = {}
    for each in members:
        communities.setdefault(_community(each), []).append(each.number)
    weights = list(accumulate(exp(0.8 * each.appeal) for each in members))
    for number in range(int(len(members) * _PROJECTS_PER_MEMBER)):
        random = Random(f"{seed}/project/{number}")
        first = random.choices(range(len(members)), cum_weights=weights)[0]
        chosen = {first}
        for _ in range(random.choices((1, 2, 3), (60, 28, 12))[0]):
            chance, pool = random.random(), communities[_community(members[first])]
            if chance < _FROM_MUTUAL and suited[first]:
                pool = sorted(suited[first])
            elif chance < _FROM_MUTUAL + _FROM_OWN_WISH:
                pool = wishes.best[first].tolist()
            chosen.add(random.choice(pool))
        if len(chosen) > 1:
            days = random.randint(_LATEST_DAYS, _OLDEST_DAYS)
            topics = {all_topics()[each].code for each in (*members[first].supplies[:1], *members[first].lacks[:1])}
            yield Project(
                number, tuple(sorted(chosen)), (day - timedelta(days=days)).isoformat(), tuple(sorted(topics))
            )


def _community(member: Member) -> str:
    return all_topics()[member.supplies[0]].community
