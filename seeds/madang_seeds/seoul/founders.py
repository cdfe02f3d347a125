"""The invented founders of the invented startups: people with a name, who cannot sign in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.records import NodeRecord, Record, edge
from madang_seeds.seoul.firms.organisations import SEED, all_firms
from madang_seeds.seoul.firms.tables import before, organisation_id

_FAMILY_NAMES = "김이박최정강조윤장임한오서신권황안송홍유고문양손배백허남심노"
_FIRST = "가나다도라로마미민보새서소수시아연예온우유은이재정주지진채태하한해현혜"
_SECOND = "경규나늘다람린민별빈석선솔슬아안연영온완우욱원윤은인찬철현형호훈희"
_SECOND_FOUNDER = 0.3


def rows(day: date) -> Iterator[Row]:
    """Yield one or two founders for each invented startup; without e-mail and password, so that nobody is they."""
    for line, firm in enumerate((firm for firm in all_firms() if firm.kind == "startup"), 1):
        random = Random(f"{SEED}/founders/{firm.key}")
        count = 2 if random.random() < _SECOND_FOUNDER else 1
        since = f"{before(day, firm.founded_days_ago or 0)}T00:00:00Z"
        records: list[Record] = []
        for number in range(count):
            name = random.choice(_FAMILY_NAMES) + random.choice(_FIRST) + random.choice(_SECOND)
            person = NodeRecord(
                "Person",
                stable_id("per_", "madang-demo", f"founder/{firm.key}/{number}"),
                {"name": f"{name} (가상)", "language": "ko", "admin": False, "demo": False, "created_at": since},
            )
            records.append(person)
            organisation = organisation_id(firm.key)
            records.append(
                edge("Person", "ACTS_FOR", "Organisation", person.id, organisation, role="owner", since_at=since)
            )
        yield Row(line, records)
