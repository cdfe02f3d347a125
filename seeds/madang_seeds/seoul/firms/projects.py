"""Who worked with whom: invented joint projects and memberships in the example programmes.

Partners are drawn from one field and, more often than not, from one neighbourhood, so that communities form; every
eighth project joins two fields and ties communities together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.records import NodeRecord, Record, edge, named
from madang_seeds.seoul.demo_calls import example_programmes
from madang_seeds.seoul.firms.fields import Field, all_fields
from madang_seeds.seoul.firms.firm import Firm
from madang_seeds.seoul.firms.organisations import SEED
from madang_seeds.seoul.firms.tables import before, firms, organisation_id
from madang_seeds.seoul.firms.wording import fill
from madang_seeds.seoul.people import SME_KEY, STARTUP_KEY
from madang_seeds.seoul.sources import DEMO, stated
from madang_seeds.seoul.vocabularies import technology_id

_PROJECTS = 440
_SIZES, _SIZE_WEIGHTS = (2, 3, 4, 5, 6, 7, 8), (30, 26, 18, 11, 7, 5, 3)
_FORMS = (
    ("{customer|을} 위한 {product} 공동 실증", "Joint pilot of {product} for {customer}"),
    ("{outcome} 공동 연구", "Joint research on {outcome}"),
    ("{product} 고도화 협력", "Cooperation on {product}"),
    ("{customer} {outcome} 시범 사업", "Pilot for {customer}: {outcome}"),
)
_MEMBERSHIPS = 260


def _groups() -> dict[str, list[Firm]]:
    found: dict[str, list[Firm]] = defaultdict(list)
    for firm in firms():
        if not firm.key.startswith("owner/") and firm.stage != "idea" and firm.key != STARTUP_KEY:
            found[firm.field.key].append(firm)
    return found


def rows(day: date) -> Iterator[Row]:
    """Yield the joint projects with their partners."""
    groups, fields = _groups(), all_fields()
    programmes = [id_ for ids in example_programmes().values() for id_ in ids]
    weights = [len(groups[field.key]) for field in fields]
    for number in range(_PROJECTS):
        random = Random(f"{SEED}/project/{number}")
        field = random.choices(fields, weights)[0]
        pool = groups[field.key]
        if number % 8 == 0:
            pool = [*pool, *groups[random.choice(fields).key]]
        partners = _partners(random, pool)
        funded = random.choice(programmes) if random.random() < 0.35 else None
        yield Row(number + 1, _project(random, number, field, partners, funded_by=funded, day=day))


def _partners(random: Random, pool: Sequence[Firm]) -> list[Firm]:
    """Draw one partner at random, the others with a preference for its gu and innovation district."""
    first = random.choice(pool)
    size = min(random.choices(_SIZES, _SIZE_WEIGHTS)[0], len(pool))
    chosen = {first.key: first}
    while len(chosen) < size:
        candidate = random.choice(pool)
        near = candidate.gu == first.gu or (
            first.innovation_district is not None and candidate.innovation_district == first.innovation_district
        )
        if near or random.random() < 0.3:
            chosen[candidate.key] = candidate
    return list(chosen.values())


def _project(
    random: Random, number: int, field: Field, partners: Sequence[Firm], *, funded_by: str | None, day: date
) -> list[Record]:
    product, customer = random.choice(field.products), random.choice(field.customers)
    outcome, form = random.choice(field.outcomes), random.choice(_FORMS)
    begun = random.randint(40, 2200)
    started, ended = before(day, begun), before(day, begun - random.choice((180, 270, 365, 540, 730)))
    names = [
        fill(form[i], {"product": product[i], "customer": customer[i], "outcome": outcome[i]}) + f" ({started[:4]})"
        for i in (0, 1)
    ]
    node = NodeRecord(
        "Project",
        stable_id("prj_", "madang-demo", str(number)),
        {
            **named(names[0], names[1]), "started_on": started, "ended_on": ended, "size": len(partners),
            "synthetic": True,
        },
        (stated(DEMO, day.isoformat()),),
    )  # fmt: skip
    records: list[Record] = [node]
    for position, firm in enumerate(partners):
        role = "coordinator" if position == 0 else "participant"
        since = started if firm.founded_days_ago is None else max(started, before(day, firm.founded_days_ago))
        records.append(
            edge(
                "Organisation", "TOOK_PART_IN", "Project", organisation_id(firm.key), node.id, role=role, since_on=since
            )
        )
    topics = random.sample(list(field.technologies), 2)
    records.extend(edge("Project", "ABOUT", "Technology", node.id, technology_id(code)) for code in topics)
    if funded_by:
        records.append(edge("Project", "FUNDED_BY", "Programme", node.id, funded_by))
    return records


def membership_rows(day: date) -> Iterator[Row]:
    """Yield earlier participations in the example programmes."""
    programmes = [id_ for ids in example_programmes().values() for id_ in ids]
    candidates = [firm for firm in firms() if firm.kind in {"startup", "sme"} and firm.key != STARTUP_KEY]
    random = Random(f"{SEED}/memberships")
    drawn = {SME_KEY: random.choice(programmes)}
    while len(drawn) < _MEMBERSHIPS:
        drawn[random.choice(candidates).key] = random.choice(programmes)
    for line, (key, programme) in enumerate(drawn.items(), 1):
        begun = random.randint(120, 1300)
        ended = begun - random.choice((180, 300, 365))
        since, until = before(day, begun), before(day, ended) if ended > 0 else None
        tie = edge(
            "Organisation", "TOOK_PART_IN", "Programme", organisation_id(key), programme,
            role="beneficiary", since_on=since, until_on=until,
        )  # fmt: skip
        yield Row(line, [tie])
