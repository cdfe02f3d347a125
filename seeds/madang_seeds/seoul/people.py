"""The demo accounts and the organisations that they act for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.packed import read_toml
from madang_seeds.records import NodeRecord, Record, edge
from madang_seeds.seoul.districts import city_id, innovation_district_id
from madang_seeds.seoul.firms.fields import Field, all_fields
from madang_seeds.seoul.firms.firm import Firm, Statement

FOUNDER, PLANT_MANAGER, DISTRICT_MANAGER, ADMINISTRATOR = "founder", "plant", "district", "admin"
PROGRAMME_OWNER = "owner"
STARTUP_KEY, SME_KEY = "demo/startup", "demo/sme"
OWNER_KEY = "owner/서울 실증지원단 (예시)"
"""The invented body that runs example programmes, whose desk the demo shows."""


def person_id(key: str) -> str:
    return stable_id("per_", "madang-demo", key)


@cache
def demo_firms() -> tuple[Firm, ...]:
    """Return the organisations that the demo accounts act for."""
    return tuple(_firm(facts) for facts in read_toml("seoul_demo_firms.toml")["firm"])


def _firm(facts: dict[str, Any]) -> Firm:
    statements = {
        name: tuple(Statement(**{"language": "ko", **statement}) for statement in facts.pop(name))
        for name in ("needs", "offers")
    }
    field = _field(facts["field"])
    place = (facts["place"][0], facts["place"][1])
    unsaid = {"trl": None, "visibility": "public", "profiling": True}
    return Firm(**{**unsaid, **facts, **statements, "field": field, "place": place})


def _field(key: str) -> Field:
    return next(field for field in all_fields() if field.key == key)


_PEOPLE = (
    (FOUNDER, "김하나 (창업자, 시연)", "founder@example.org", False),
    (PLANT_MANAGER, "박정우 (공장장, 시연)", "plant@example.org", False),
    (DISTRICT_MANAGER, "이서연 (지구 담당자, 시연)", "district@example.org", False),
    (ADMINISTRATOR, "최민준 (관리자, 시연)", "admin@example.org", True),
    (PROGRAMME_OWNER, "정다은 (사업 운영자, 시연)", "owner@example.org", False),
)


def rows(day: date) -> Iterator[Row]:
    """Yield the demo accounts; they have no password and are offered in demo mode only."""
    for line, (key, name, email, admin) in enumerate(_PEOPLE, 1):
        node = NodeRecord(
            "Person",
            person_id(key),
            {
                "name": name, "email": email, "language": "ko", "admin": admin, "demo": True,
                "created_at": f"{day.isoformat()}T00:00:00Z",
            },
        )  # fmt: skip
        yield Row(line, [node, *_powers(key, node.id, day)])


def _powers(key: str, id_: str, day: date) -> Iterator[Record]:
    firm = {FOUNDER: STARTUP_KEY, PLANT_MANAGER: SME_KEY, PROGRAMME_OWNER: OWNER_KEY}.get(key)
    if firm:
        organisation = stable_id("org_", "madang-demo", firm)
        since = f"{day.isoformat()}T00:00:00Z"
        yield edge("Person", "ACTS_FOR", "Organisation", id_, organisation, role="owner", since_at=since)
    if key == DISTRICT_MANAGER:
        yield edge("Person", "MANAGES", "District", id_, city_id())
        yield edge("Person", "MANAGES", "District", id_, innovation_district_id("g_valley"))
