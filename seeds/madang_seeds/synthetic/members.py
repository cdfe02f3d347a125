"""Members of the synthetic district: what is true of each, and what its profile says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from madang_seeds.seoul.districts import all_gu
from madang_seeds.seoul.firms.names import BRIGHT, STEADY
from madang_seeds.synthetic.sentences import Statement, need_text, offer_text, summary_texts
from madang_seeds.synthetic.topics import all_topics

YEAR = 365.25
SMALL = 30
"""Fewer people than this is small."""
YOUNG = frozenset({"seed", "early"})
_KINDS, _KIND_WEIGHTS = ("startup", "sme", "corporate", "research"), (48, 38, 6, 8)
_ENDS = (("테크", "Tech"), ("시스템", "Systems"), ("랩", "Lab"), ("웍스", "Works"), ("솔루션", "Solutions"))
_INDUSTRIES = {
    "ai": ("J62", "J58"), "data_cloud": ("J62", "J63"), "manufacturing": ("C25", "C29"), "robotics": ("C29", "C26"),
    "electronics": ("C26", "C28"), "bio_health": ("C21", "C27"), "finance_tech": ("K64", "J58"),
    "mobility": ("C30", "C31"), "logistics": ("H49", "G46"), "climate": ("D35", "E38"), "content": ("J59", "J58"),
    "security": ("J62", "N75"),
}  # fmt: skip
_OTHER_INDUSTRIES = ("M70", "M72")
_UNSAID = {"founded_on": 0.05, "employees": 0.08, "revenue_won": 0.12, "gu": 0.02}
"""How often a profile leaves a true value out."""
_COMPLEMENT_SHARE = 0.6
"""How often a member lacks what the suppliers of its topic's complement supply."""


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation. Topics are places in `all_topics()`."""

    number: int
    kind: str
    name_ko: str
    name_en: str
    founded_on: str
    employees: int
    revenue_won: int
    industry: str
    stage: str
    gu: str
    """Korean name."""
    place: tuple[float, float]
    """Longitude and latitude, degrees."""
    supplies: tuple[int, ...]
    """The first is its own field."""
    lacks: tuple[int, ...]
    wants_small: bool | None
    """Prefers small partners, or large ones; None: no matter."""
    wants_young: bool | None
    wants_near: bool
    appeal: float
    """How much everybody would like it beyond their need, 0 or more; a few are stars."""
    summary_ko: str
    summary_en: str
    needs: tuple[Statement, ...]
    offers: tuple[Statement, ...]
    says: frozenset[str]
    """Topic codes that its profile lists."""
    unsaid: frozenset[str]
    """Fields that its profile leaves out: founded_on, employees, revenue_won, gu."""

    @property
    def is_small(self) -> bool:
        return self.employees < SMALL

    @property
    def is_young(self) -> bool:
        return self.stage in YOUNG


def draw_member(number: int, seed: int, partners: Sequence[int], day: date) -> Member:
    """Draw one member; the same number, seed and day give the same one, however many others there are.

    Args: partners: complement of each topic.
    """
    random = Random(f"{seed}/member/{number}")
    kind = random.choices(_KINDS, _KIND_WEIGHTS)[0]
    years, employees, stage = _size(random, kind)
    supplies, lacks = _topics(random, partners)
    gu = random.choice(list(all_gu().values()))
    name_ko, name_en = _name(random, kind, number)
    wishes = (random.choice((True, False, None)), random.choice((True, False, None)), random.random() < 0.4)
    topics = all_topics()
    own = topics[supplies[0]]
    summary_ko, summary_en = summary_texts(random, kind, own, topics[lacks[0]].community)
    return Member(
        number=number, kind=kind, name_ko=name_ko, name_en=name_en,
        founded_on=(day - timedelta(days=int(years * YEAR))).replace(day=random.randint(1, 28)).isoformat(),
        employees=employees, revenue_won=round(employees * random.lognormvariate(18.6, 0.4) / 1e6) * 1_000_000,
        industry=random.choice(_INDUSTRIES.get(own.community, _OTHER_INDUSTRIES)), stage=stage, gu=gu.name_ko,
        place=(round(gu.place[0] + random.gauss(0, 0.012), 5), round(gu.place[1] + random.gauss(0, 0.009), 5)),
        supplies=supplies, lacks=lacks, wants_small=wishes[0], wants_young=wishes[1], wants_near=wishes[2],
        appeal=random.expovariate(1.0), summary_ko=summary_ko, summary_en=summary_en,
        needs=tuple(need_text(random, topics[each], wishes) for each in lacks),
        offers=tuple(offer_text(random, topics[each]) for each in supplies if random.random() < 0.9),
        says=frozenset(topics[each].code for each in supplies if random.random() < 0.8),
        unsaid=frozenset(name for name, chance in _UNSAID.items() if random.random() < chance),
    )  # fmt: skip


def _topics(random: Random, partners: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what it supplies and what it lacks: topics that it does not supply itself."""
    count = len(partners)
    own = random.randrange(count)
    supplies = [own]
    if random.random() < 0.5:
        community = [place for place, each in enumerate(all_topics()) if each.community == all_topics()[own].community]
        supplies.append(random.choice(community))
    lacks = [partners[own] if random.random() < _COMPLEMENT_SHARE else random.randrange(count)]
    if random.random() < 0.4:
        lacks.append(random.randrange(count))
    lacking = tuple(dict.fromkeys(each for each in lacks if each not in supplies))
    return tuple(dict.fromkeys(supplies)), lacking or ((own + 1) % count,)


def _size(random: Random, kind: str) -> tuple[float, int, str]:
    """Return years since founding, people and stage."""
    if kind == "startup":
        years = min(0.2 + random.expovariate(1 / 3.5), 12.0)
        people = max(1, round(random.lognormvariate(0.9 + 0.3 * min(years, 6), 0.6)))
        return years, people, "seed" if years < 1.5 else "early" if years < 4.5 else "growth"
    low, high, mean = {"sme": (2, 40, 3.1), "corporate": (12, 60, 6.8), "research": (3, 50, 4.0)}[kind]
    years = random.triangular(low, high)
    return years, max(2, round(random.lognormvariate(mean, 0.7))), "mature" if years > 12 else "growth"


def _name(random: Random, kind: str, number: int) -> tuple[str, str]:
    """Return names that carry their number, so that nobody takes them for a real firm's."""
    root, end = random.choice(BRIGHT if kind == "startup" else STEADY), random.choice(_ENDS)
    return f"{root[0]}{end[0]} {number + 1}", f"{root[1]} {end[1]} {number + 1}"
