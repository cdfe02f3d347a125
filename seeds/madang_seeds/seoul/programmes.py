"""The 29 real programmes of the reference file, each with its one known call."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.packed import read_json, read_toml
from madang_seeds.records import NodeRecord, edge, named
from madang_seeds.seoul.awards import programme_id
from madang_seeds.seoul.rules import programme_rules
from madang_seeds.seoul.sources import REFERENCE, stated
from madang_seeds.seoul.topics import technologies_of
from madang_seeds.seoul.vocabularies import technology_id

_EXTRA_TOPICS = {
    "testbed_seoul": ("ai", "robotics", "industrial_iot", "smart_city"),
    "ai_voucher": ("ai",),
    "data_voucher": ("data_platform", "ai"),
    "autonomous_factory": ("manufacturing", "digital_twin", "ai"),
    "smart_factory_ministry": ("manufacturing", "mes", "process_control"),
    "smart_workshop": ("manufacturing", "precision_machining"),
    "innovation_voucher": ("manufacturing", "process_control"),
    "gwanak_s_valley_space": ("ai", "data_platform"),
    "new_business_academy": ("commerce",),
    "tips_deeptech": ("ai", "semiconductor", "drug_discovery"),
}
"""Technologies of programmes whose conditions name none."""

OPENING_TIME, CLOSING_TIME = "00:00:00Z", "09:00:00Z"
"""Calls open at 09:00 and close at 18:00 in Seoul; the sources give days only."""


def rows() -> Iterator[Row]:
    """Yield each programme with its call."""
    english = read_toml("seoul_programmes_en.toml")
    for line, facts in enumerate(read_json("seoul_programmes.json")["programmes"], 1):
        programme = _programme(facts, english[facts["key"]])
        call = _call(facts, english[facts["key"]])
        records = [programme, call, edge("Programme", "HAS_CALL", "Call", programme.id, call.id)]
        for code in _topics(facts):
            records.append(edge("Programme", "ABOUT", "Technology", programme.id, technology_id(code)))
            records.append(edge("Call", "ABOUT", "Technology", call.id, technology_id(code)))
        yield Row(line, records)


def _topics(facts: Mapping[str, Any]) -> list[str]:
    fields: list[str] = []
    for condition in facts["conditions"]:
        structured = condition["structured"] or {}
        if structured.get("field") == "tech_field":
            fields.extend(structured["value"])
    return [*technologies_of(word.replace("_", " ") for word in fields), *_EXTRA_TOPICS.get(facts["key"], ())]


def _note(facts: Mapping[str, Any]) -> str:
    weak = facts["uncertain"]
    return "; ".join(facts["source"]) + (f" [not verified: {'; '.join(weak)}]" if weak else "")


def _shared(facts: Mapping[str, Any], english: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "summary_ko": f"지원 대상: {facts['who']}.",
        "summary_en": f"{english['who']}.",
        "purposes": facts["purpose"],
        "as_of_year": facts["year"],
        "source_note": _note(facts),
        "synthetic": False,
    }


def _programme(facts: Mapping[str, Any], english: Mapping[str, Any]) -> NodeRecord:
    properties = {
        **named(facts["name_ko"], facts["name_en"], facts["owner"], facts["who"]),
        **_shared(facts, english),
        "owner_name": facts["owner"],
        "updated_at": "2026-11-01T00:00:00Z",
    }
    as_of = f"{facts['year']}-01-01"
    return NodeRecord("Programme", programme_id(facts["key"]), properties, (stated(REFERENCE, as_of),))


def _call(facts: Mapping[str, Any], english: Mapping[str, Any]) -> NodeRecord:
    year = facts["year"]
    opens, closes = facts["opens"], facts["closes"]
    rules = programme_rules(facts["key"], facts["conditions"], english["conditions"])
    notes = "; ".join(note for note in (facts["amount_note"], facts["dates_note"]) if note)
    properties = {
        **named(f"{year} {facts['name_ko']}", f"{facts['name_en']} {year}", facts["owner"]),
        **_shared(facts, english),
        "noticed_on": opens,
        "opens_at": f"{opens}T{OPENING_TIME}" if opens else None,
        "closes_at": f"{closes}T{CLOSING_TIME}" if closes else None,
        "rolling": False,
        "amount_max_won": facts["amount_max_won"],
        "own_share": facts["own_share_note"] or None,
        "amount_note": notes or None,
        "rules": json.dumps(rules, ensure_ascii=False),
        "demo_dates": False,
        "updated_at": "2026-11-01T00:00:00Z",
    }
    call_id = stable_id("call_", "seoul-reference", f"{facts['key']}/{year}")
    return NodeRecord("Call", call_id, properties, (stated(REFERENCE, f"{year}-01-01"),))
