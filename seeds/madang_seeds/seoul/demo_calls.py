"""Example calls whose dates are counted from the day of loading, so that some are open, upcoming, closed, rolling."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.packed import read_toml
from madang_seeds.records import NodeRecord, Record, edge, named
from madang_seeds.seoul.awards import programme_id
from madang_seeds.seoul.programmes import CLOSING_TIME, OPENING_TIME
from madang_seeds.seoul.readings import statement
from madang_seeds.seoul.sources import DEMO, stated
from madang_seeds.seoul.vocabularies import technology_id

_DEFAULTS: dict[str, dict[str, Any]] = {
    "firm_age": {"max_years": None, "min_years": None, "reference": "unknown"},
    "region": {"site": "head_office"},
    "industry": {"include": [], "exclude": []},
    "size": {"employees_min": None, "employees_max": None, "revenue_min_won": None, "revenue_max_won": None},
}


def rows(day: date) -> Iterator[Row]:
    """Yield each example call, with its example programme where it has no real one."""
    for line, facts in enumerate(read_toml("seoul_demo_calls.toml")["call"], 1):
        call = _call(facts, day)
        records: list[Record] = [call]
        owner = facts.get("programme")
        if owner is None:
            programme = _programme(facts, day)
            records.insert(0, programme)
            records.append(edge("Programme", "HAS_CALL", "Call", programme.id, call.id))
            records.extend(
                edge("Programme", "ABOUT", "Technology", programme.id, technology_id(code))
                for code in facts["technologies"]
            )
        else:
            records.append(edge("Programme", "HAS_CALL", "Call", programme_id(owner), call.id))
        records.extend(
            edge("Call", "ABOUT", "Technology", call.id, technology_id(code)) for code in facts["technologies"]
        )
        yield Row(line, records)


@cache
def example_programmes() -> dict[str, tuple[str, ...]]:
    """Return the ids of the example programmes, by the Korean name of their owner."""
    found: dict[str, tuple[str, ...]] = {}
    for facts in read_toml("seoul_demo_calls.toml")["call"]:
        if "programme" not in facts:
            found[facts["owner"]] = (*found.get(facts["owner"], ()), _example_id(facts["key"]))
    return found


def _example_id(key: str) -> str:
    return stable_id("prg_", "madang-demo", key)


def _shared(facts: Mapping[str, Any], day: date) -> dict[str, Any]:
    return {
        "summary_ko": facts["summary_ko"],
        "summary_en": facts["summary_en"],
        "purposes": facts["purposes"],
        "as_of_year": day.year,
        "source_note": "시연용으로 지어낸 예시 공고 / invented example for the demo district",
        "synthetic": True,
        "updated_at": f"{day.isoformat()}T00:00:00Z",
    }


def _programme(facts: Mapping[str, Any], day: date) -> NodeRecord:
    properties = {
        **named(facts["name_ko"], facts["name_en"], facts["owner"]),
        **_shared(facts, day),
        "owner_name": facts["owner"],
    }
    return NodeRecord("Programme", _example_id(facts["key"]), properties, (stated(DEMO, day.isoformat()),))


def _call(facts: Mapping[str, Any], day: date) -> NodeRecord:
    def after(key: str) -> str | None:
        return (day + timedelta(days=facts[key])).isoformat() if key in facts else None

    opens, closes = after("opens"), after("closes")
    properties = {
        **named(_edition(facts["name_ko"], day), _edition(facts["name_en"], day), facts["owner"]),
        **_shared(facts, day),
        "noticed_on": after("noticed"),
        "opens_at": f"{opens}T{OPENING_TIME}",
        "closes_at": f"{closes}T{CLOSING_TIME}" if closes else None,
        "rolling": facts.get("rolling", False),
        "until_funds": facts.get("rolling", False),
        "amount_max_won": facts.get("amount_won"),
        "own_share": facts.get("own_share_ko"),
        "amount_note": facts["amount_note"],
        "rules": json.dumps({"all": [_completed(rule) for rule in facts["rules"]]}, ensure_ascii=False),
        "documents": _documents(facts),
        "demo_dates": True,
    }
    return NodeRecord(
        "Call", stable_id("call_", "madang-demo", facts["key"]), properties, (stated(DEMO, day.isoformat()),)
    )


def _documents(facts: Mapping[str, Any]) -> list[str]:
    """Papers of an example: what calls of its kind ask for, where it says nothing of its own."""
    if "documents" in facts:
        return list(facts["documents"])
    firms = any(rule.get("kind") in ("firm_age", "size", "organisation_kind") for rule in facts["rules"])
    return ["business_plan", *(["business_registration"] if firms else []), "tax_clearance", "local_tax_clearance"]


def _edition(name: str, day: date) -> str:
    return f"{day.year} {name}"


def _completed(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Fill what TOML cannot say (null) and what is always the same."""
    for word in ("all", "any"):
        if word in rule:
            return {word: [_completed(part) for part in rule[word]]}
    if "not" in rule:
        return {"not": _completed(rule["not"])}
    if rule["kind"] == "prose":
        return {"source_text": rule["text_ko"], **rule}
    if rule["kind"] == "statement":
        return {**statement(rule["key"], rule.get("wanted", True)), **rule}
    return {**_DEFAULTS.get(rule["kind"], {}), **rule}
