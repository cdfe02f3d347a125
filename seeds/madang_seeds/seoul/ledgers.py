"""What the invented startup of the demo received, applies for and has ready: one entry or two of each list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.records import NodeRecord, edge
from madang_seeds.seoul.firms.tables import before, organisation_id
from madang_seeds.seoul.people import STARTUP_KEY


def rows(day: date) -> Iterator[Row]:
    """Yield each entry with its tie to the startup."""
    recorded = {"version": 1, "recorded_at": f"{day.isoformat()}T00:00:00Z"}
    entries = (
        ("Award", "RECEIVED", "awd_", {
            "name": "초기 검증 바우처 (예시)", "amount_won": 30_000_000, "received_on": before(day, 420),
            "ends_on": before(day, 240), "state": "completed", "regime": "de_minimis", "de_minimis_eur": 20_000,
            "plan": "외관 검사 시제품",
        }),
        ("Application", "APPLIED_WITH", "apl_", {
            "name": "판로 상담회 (예시)", "state": "submitted", "applied_on": before(day, 9),
            "note": "결과는 메일로 온다.",
        }),
        ("Document", "KEEPS", "doc_", {"kind": "business_registration"}),
        ("Document", "KEEPS", "doc_", {"kind": "tax_clearance", "expires_on": (day + timedelta(days=6)).isoformat()}),
    )  # fmt: skip
    for line, (label, tie, prefix, properties) in enumerate(entries, 1):
        node = NodeRecord(label, stable_id(prefix, "madang-demo", f"{STARTUP_KEY}/{line}"), {**properties, **recorded})
        yield Row(line, [node, edge("Organisation", tie, label, organisation_id(STARTUP_KEY), node.id)])
