"""The synthetic district as a whole, with its truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madang_seeds.synthetic.calls import Call, draw_calls, eligible
from madang_seeds.synthetic.history import Project, Request, draw_projects, draw_requests, mutual
from madang_seeds.synthetic.members import Member, draw_member
from madang_seeds.synthetic.topics import complements
from madang_seeds.synthetic.wishes import draw_wishes


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Members with their history up to `day`, and what is true of them."""

    day: str
    """YYYY-MM-DD, the cut: all history is before it."""
    members: tuple[Member, ...]
    projects: tuple[Project, ...]
    requests: tuple[Request, ...]
    calls: tuple[Call, ...]
    choices: dict[int, tuple[int, ...]]
    """Whom each would choose, best first."""
    mutual: dict[int, frozenset[int]]
    """Whom each would choose and who would choose it."""
    to_meet: dict[int, frozenset[int]]
    """Of these the ones it had no project with, and no request between them: what suggestions should find."""
    eligible: dict[int, frozenset[int]]
    """Members that may truly apply, by number of the call."""


def plant(organisations: int, seed: int, day: date) -> Synthetic:
    """Return the district of this size; the same size, seed and day give the same one.

    Args:    organisations: at least 2.
    Raises:  ValueError: fewer.
    """
    if organisations < 2:
        raise ValueError("a district needs two organisations at least")
    partners = complements(seed)
    members = tuple(draw_member(number, seed, partners, day) for number in range(organisations))
    wishes = draw_wishes(members, seed)
    suited = mutual(wishes)
    requests = tuple(draw_requests(wishes, seed, day))
    projects = tuple(draw_projects(members, wishes, suited, seed, day))
    met = {(a, b) for each in projects for a in each.members for b in each.members}
    met |= {pair for each in requests for pair in ((each.asker, each.asked), (each.asked, each.asker))}
    calls = draw_calls(seed, day)
    return Synthetic(
        day=day.isoformat(),
        members=members,
        projects=projects,
        requests=requests,
        calls=calls,
        choices={number: tuple(wishes.best[number].tolist()) for number in range(organisations)},
        mutual=suited,
        to_meet={number: frozenset(o for o in others if (number, o) not in met) for number, others in suited.items()},
        eligible={call.number: eligible(call, members) for call in calls},
    )
